import Foundation

/// Whatever this machine shows pictures with.
enum PictureViewer {
    static func open(_ path: String) throws {
        guard let program = Machine.program("xdg-open") ?? Machine.program("open") else {
            throw Problem(
                zh: "没有装 xdg-open，打不开 \(path)", en: "no xdg-open is installed to show \(path) with")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Problem(zh: "\(program) 打不开 \(path)", en: "\(program) could not show \(path)")
        }
    }
}
