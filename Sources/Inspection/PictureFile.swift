import Decoding
import Foundation
import Pixels

/// A picture file that a person names on the command line.
public struct PictureFile: Sendable {
    public let path: String
    public let decoded: DecodedImage<RGBImage>
    /// The file as it is.
    public let bytes: [UInt8]
    /// What of it cannot be used though it gives a picture; `nil` where it is whole.
    public let warning: String?

    public var image: RGBImage { decoded.content }
    public var exif: EXIF? { decoded.header.exif }

    /// Whether a path leads to a file that ends: no folder, no pipe that nobody fills.
    static func isPlain(_ path: String) -> Bool {
        let real = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = try? FileManager.default.attributesOfItem(atPath: real)[.type] as? FileAttributeType
        return type == .typeRegular
    }

    static let notPlain = "this is no plain file; remove it"

    /// - Throws: `InspectionFailure` with the path and what is wrong.
    public init(_ path: String) throws(InspectionFailure) {
        func failure(_ stage: InspectionFailure.Stage, _ message: String) -> InspectionFailure {
            InspectionFailure(subject: path, stage: stage, message: message, disposition: .stopRun)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw failure(.reading, "there is no such file")
        }
        guard !isFolder.boolValue else { throw failure(.reading, "this is a folder, not a picture") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw failure(.reading, "the file could not be read")
        }
        self.path = path
        bytes = [UInt8](data)
        do {
            decoded = try Decoder().rgb(bytes)
        } catch {
            throw failure(.decoding, "\(error.message) (\(error.details))")
        }
        let rows = decoded.header.size.height
        warning = decoded.truncation.flatMap { truncation in
            truncation.goodRows < rows
                ? "\(path): the file breaks off; \(truncation.goodRows) of \(rows) rows are good, the rest was not used"
                : nil
        }
    }
}
