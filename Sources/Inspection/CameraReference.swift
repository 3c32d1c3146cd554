import Analysis
import Archive
import Decoding
import Detection
import Foundation
import Pixels
import Storage
import Village

/// The picture that a camera's outlines were drawn on, kept in the store from the first run on, as archives forget.
struct CameraReference {
    let camera: Camera
    /// `nil` before the first run.
    let store: Store?
    let reader: FileReader

    struct Found: Sendable {
        var path: String
        var image: RGBImage
        /// Its blocks' means; `nil` where nobody asks for them, and where the picture is turned.
        var blockMeans: RGBImage?
        /// To be stored with the first batch; `nil` where the store has them.
        var newBytes: [UInt8]?
    }

    static let stateName = "reference"

    private static func key(_ camera: String) -> PictureKey { PictureKey(camera: camera, name: "reference") }

    /// The stored bytes of a camera's reference, and its path.
    static func stored(camera: String, in store: Store) throws(StoreError) -> (path: String, bytes: [UInt8])? {
        guard let path = try store.state(camera: camera, name: stateName), let bytes = try store.picture(key(camera))
        else { return nil }
        return (String(decoding: path, as: UTF8.self), [UInt8](bytes))
    }

    /// The named reference, else the stored one, else the first usable new capture; `nil` where no new capture can
    /// serve.
    func find(among items: [WorkItem], inspector: CaptureInspector) throws -> Found? {
        let stored = try store.flatMap { try CameraReference.stored(camera: camera.id, in: $0) }
        if let named = camera.reference {
            if let stored, stored.path == named { return try decoded(stored.bytes, path: named, isNew: false) }
            guard stored == nil else {
                throw InspectionFailure(
                    subject: camera.id, stage: .configuring,
                    message:
                        "the reference was \(stored?.path ?? "") and is now \(named): everything stored is in the former's frame. "
                        + "Give the camera a new id, or start a new store",
                    chinese: "参考照片原来是 \(stored?.path ?? "")，现在写成 \(named)；以前的结果都按原来那张。请改回去，或给摄像头另起编号，或换一个 store",
                    disposition: .stopRun)
            }
            let bytes: FileBytes
            do {
                bytes = try reader.read(path: named)
            } catch {
                throw InspectionFailure(
                    subject: named, stage: .reading,
                    message: "the reference of \(camera.id) cannot be read: \(error.message)",
                    chinese: "\(camera.id) 的参考照片读不了：\(error.message)",
                    disposition: .stopRun)
            }
            return try decoded(bytes.bytes, path: named, isNew: true)
        }
        if let stored { return try decoded(stored.bytes, path: stored.path, isNew: false) }
        for item in items {
            guard case .inspected(let inspected) = inspector.inspect(item), inspected.capture.quality == .ok,
                let image = inspected.picture
            else { continue }
            return Found(
                path: item.file.path, image: image, blockMeans: blockMeans(of: inspected.bytes),
                newBytes: inspected.bytes)
        }
        return nil
    }

    private func blockMeans(of bytes: [UInt8]) -> RGBImage? {
        guard camera.measures == .means, let means = try? Decoder().blockMeans(bytes),
            means.header.orientation == .upright
        else { return nil }
        return means.content
    }

    private func decoded(_ bytes: [UInt8], path: String, isNew: Bool) throws -> Found {
        do {
            return Found(
                path: path, image: try Decoder().rgb(bytes).content, blockMeans: blockMeans(of: bytes),
                newBytes: isNew ? bytes : nil)
        } catch {
            throw InspectionFailure(
                subject: path, stage: .decoding,
                message: "the reference of \(camera.id) cannot be decoded: \(error.message)",
                chinese: "\(camera.id) 的参考照片解不开，请换一张：\(error.message)",
                disposition: .stopRun)
        }
    }

    /// What the first batch stores of it.
    static func records(_ found: Found, camera: String) -> (state: StateRecord, picture: PictureRecord)? {
        guard let bytes = found.newBytes else { return nil }
        return (
            StateRecord(camera: camera, name: stateName, body: Data(found.path.utf8)),
            PictureRecord(key: key(camera), bytes: Data(bytes))
        )
    }
}
