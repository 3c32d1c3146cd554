import CLibFuzzer
import Foundation

/// `fuzz TARGET [libFuzzer's arguments]` reads inputs without end; `fuzz seeds FOLDER` writes what to begin with, and
/// prints each target's name and the longest input.
@main
struct Command {
    nonisolated(unsafe) private static var target = FuzzTarget.zip

    static func main() throws {
        let words = CommandLine.arguments
        if words.count == 3, words[1] == "seeds" { return try writeSeeds(to: words[2]) }
        guard words.count >= 2, let target = FuzzTarget.all.first(where: { $0.name == words[1] }) else {
            let names = FuzzTarget.all.map(\.name).joined(separator: "|")
            FileHandle.standardError.write(
                Data("usage: fuzz \(names) [libFuzzer's arguments] | fuzz seeds FOLDER\n".utf8))
            exit(2)
        }
        self.target = target
        var arguments = ([words[0]] + words.dropFirst(2)).map { strdup($0) } + [nil]
        exit(
            arguments.withUnsafeMutableBufferPointer { list in
                var count = CInt(list.count - 1)
                var start = list.baseAddress
                return LLVMFuzzerRunDriver(&count, &start) { data, size in
                    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
                    return Command.target.read(bytes) ? 0 : -1
                }
            })
    }

    private static func writeSeeds(to folder: String) throws {
        for target in FuzzTarget.all {
            let place = URL(fileURLWithPath: folder).appendingPathComponent(target.name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (number, bytes) in try target.seeds().enumerated() where bytes.count <= target.longest {
                try Data(bytes).write(to: place.appendingPathComponent("seed-\(number)"))
            }
            let words = target.words.map { word in
                "\"" + word.utf8.map { "\\x" + String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined() + "\"\n"
            }
            try Data(words.joined().utf8).write(
                to: URL(fileURLWithPath: folder).appendingPathComponent(target.name + ".dict"))
            print(target.name, target.longest)
        }
    }
}
