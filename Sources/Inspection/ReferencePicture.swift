import Decoding
import Pixels
import Storage

/// The stored reference of a camera, for what looks at it.
public enum ReferencePicture {
    public static func size(of bytes: [UInt8], path: String) throws(InspectionFailure) -> Size {
        do {
            return try Decoder().header(of: bytes).orientedSize
        } catch {
            throw InspectionFailure(
                subject: path, stage: .decoding,
                message: "the stored reference picture cannot be decoded: \(error.message)",
                disposition: .stopRun)
        }
    }

    public static func image(of bytes: [UInt8], path: String) throws(InspectionFailure) -> RGBImage {
        do {
            return try Decoder().rgb(bytes).content
        } catch {
            throw InspectionFailure(
                subject: path, stage: .decoding,
                message: "the stored reference picture cannot be decoded: \(error.message)",
                disposition: .stopRun)
        }
    }
}

extension ReferencePicture {
    /// The reference of a camera as the store keeps it; `nil` before its first run.
    public static func stored(camera: String, in store: Store) throws -> (path: String, image: RGBImage, size: Size)? {
        guard let stored = try CameraReference.stored(camera: camera, in: store) else { return nil }
        let image = try image(of: stored.bytes, path: stored.path)
        return (stored.path, image, image.size)
    }
}
