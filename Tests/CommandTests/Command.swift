import Foundation

/// The program as a user starts it.
final class Command {
    struct Result: CustomStringConvertible {
        var status: Int32
        var out: String
        var err: String
        var description: String { "status \(status)\n--- stdout\n\(out.prefix(2000))\n--- stderr\n\(err.prefix(2000))" }
    }

    /// Built beside the tests.
    static var executable: URL {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("plotwatch")
    }

    private let process = Process()
    private let outURL: URL
    private let errURL: URL

    init(_ words: [String], environment: [String: String] = [:], executable: URL = Command.executable) throws {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent(
            "plotwatch-command-\(UUID().uuidString)")
        outURL = base.appendingPathExtension("out")
        errURL = base.appendingPathExtension("err")
        for url in [outURL, errURL] { _ = FileManager.default.createFile(atPath: url.path, contents: nil) }
        process.executableURL = executable
        process.arguments = words
        var all = ProcessInfo.processInfo.environment
        for name in all.keys where name.hasPrefix("PLOTWATCH_") { all[name] = nil }
        process.environment = all.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: outURL)
        process.standardError = try FileHandle(forWritingTo: errURL)
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        for url in [outURL, errURL] { try? FileManager.default.removeItem(at: url) }
    }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var errorsSoFar: String { (try? String(contentsOf: errURL, encoding: .utf8)) ?? "" }

    func end() -> Result {
        process.waitUntilExit()
        let status =
            process.terminationReason == .uncaughtSignal ? 256 + process.terminationStatus : process.terminationStatus
        return Result(status: status, out: (try? String(contentsOf: outURL, encoding: .utf8)) ?? "", err: errorsSoFar)
    }

    /// Waits until stderr holds `text`; `false` where the program ends before.
    func waits(for text: String) -> Bool {
        while process.isRunning {
            if errorsSoFar.contains(text) { return true }
            usleep(2000)
        }
        return errorsSoFar.contains(text)
    }

    @discardableResult
    static func run(_ words: String..., environment: [String: String] = [:]) throws -> Result {
        try Command(words, environment: environment).end()
    }

    static func shell(_ text: String) throws -> Result {
        try Command(["-c", text], executable: URL(fileURLWithPath: "/bin/bash")).end()
    }
}
