import Foundation

/// A folder for an archive that goes when the test is over.
final class TemporaryArchive {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("plotwatch-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        chmod(path, 0o700)
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    func write(_ bytes: [UInt8] = [1], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try makeFolder((name as NSString).deletingLastPathComponent)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }

    func link(_ name: String, to target: String) { symlink(target, "\(path)/\(name)") }
}

/// Whether rights are checked at all: the superuser reads everything.
let rightsAreChecked = geteuid() != 0
