import Decoding
import Detection
import Foundation
import Pixels
import Village

/// The pictures of one flight: a folder, with what the files say of time and place.
public struct PatrolFlight: Sendable {
    public struct Picture: Sendable, Equatable {
        /// Relative to the folder.
        public var name: String
        public var path: String
        public var gps: EXIF.GPS?
        public var takenAt: EXIF.DateTime?
    }

    public let pictures: [Picture]
    /// Files that give no picture, with why.
    public let unusable: [(path: String, reason: String)]

    static let endings: Set<String> = ["jpg", "jpeg", "png", "tif", "tiff"]

    static func isPicture(_ name: String) -> Bool {
        endings.contains((name as NSString).pathExtension.lowercased())
            && !(name as NSString).lastPathComponent.hasPrefix(".")
    }

    /// Names of what is called a picture in a folder and those below it, sorted; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter(isPicture).sorted()
    }

    /// - Throws: `InspectionFailure` where the folder cannot be read or holds no picture.
    public init(folder: String) throws(InspectionFailure) {
        func failure(_ message: String) -> InspectionFailure {
            InspectionFailure(subject: folder, stage: .scanning, message: message, disposition: .stopRun)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw failure("there is no such folder")
        }
        var pictures: [Picture] = []
        var unusable: [(path: String, reason: String)] = []
        for name in PatrolFlight.names(in: folder) {
            let path = folder + "/" + name
            guard PictureFile.isPlain(path) else {
                unusable.append((path, PictureFile.notPlain))
                continue
            }
            guard let data = FileManager.default.contents(atPath: path) else {
                unusable.append((path, "the file could not be read"))
                continue
            }
            do {
                let exif = try Decoder().header(of: [UInt8](data)).exif
                pictures.append(
                    Picture(
                        name: name, path: path, gps: exif?.gps, takenAt: exif?.dateTimeOriginal ?? exif?.dateTime))
            } catch {
                unusable.append((path, "\(error.message) (\(error.details))"))
            }
        }
        guard !pictures.isEmpty else { throw failure("the folder holds no picture that can be read") }
        self.pictures = pictures
        self.unusable = unusable
    }
}
