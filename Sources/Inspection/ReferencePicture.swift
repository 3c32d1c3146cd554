import Decoding
import Pixels

/// The stored reference of a camera, for what looks at it.
public enum ReferencePicture {
    public static func size(of bytes: [UInt8], path: String) throws(InspectionFailure) -> Size {
        do {
            return try Decoder().header(of: bytes).orientedSize
        } catch {
            throw InspectionFailure(
                subject: path, stage: .decoding, message: "the stored reference picture cannot be decoded: \(error.message)",
                disposition: .stopRun)
        }
    }

    public static func image(of bytes: [UInt8], path: String) throws(InspectionFailure) -> RGBImage {
        do {
            return try Decoder().rgb(bytes).content
        } catch {
            throw InspectionFailure(
                subject: path, stage: .decoding, message: "the stored reference picture cannot be decoded: \(error.message)",
                disposition: .stopRun)
        }
    }
}
