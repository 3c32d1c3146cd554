import Foundation

/// Runs one suite and writes its rows as JSON.
@main
struct Command {
    static let usage = """
        usage: benchmarks kernels
               benchmarks decoding FOLDER
               benchmarks stages FOLDER MODELS "x,y x,y x,y …"
        """

    static func main() {
        do {
            FileHandle.standardOutput.write(try rows(Array(CommandLine.arguments.dropFirst())) + Data("\n".utf8))
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func rows(_ arguments: [String]) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        switch (arguments.first, arguments.count) {
        case ("kernels", 1): return try encoder.encode(KernelBenchmarks().run())
        case ("decoding", 2): return try encoder.encode(DecodingBenchmarks(folder: arguments[1]).run())
        case ("stages", 4):
            let outline = arguments[3].split(separator: " ").compactMap { point -> SIMD2<Double>? in
                let numbers = point.split(separator: ",").compactMap { Double($0) }
                return numbers.count == 2 ? SIMD2(numbers[0], numbers[1]) : nil
            }
            guard outline.count >= 3 else { throw BenchmarkFailure(usage) }
            return try encoder.encode(
                StageBenchmarks(folder: arguments[1], models: arguments[2], outline: outline).run())
        default: throw BenchmarkFailure(usage)
        }
    }
}
