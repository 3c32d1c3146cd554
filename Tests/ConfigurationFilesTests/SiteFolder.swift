import Foundation

/// A folder with a site's files that goes when the test is over.
final class SiteFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("plotwatch-\(UUID().uuidString)").path
        for folder in ["archive/cam_orchard/2024", "archive/cam_street"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        for file in ["archive/cam_orchard/2024/a.jpg", "m.png", "m.tif"] { try write("", to: file) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func write(bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// Every file and folder below, to see that nothing was written.
    var contents: [String] { (FileManager.default.subpaths(atPath: path) ?? []).sorted() }
}
