import Decoding
import Foundation
import Pixels

/// Every way of decoding on every file of a folder.
struct DecodingBenchmarks {
    struct Row: Encodable {
        var file: String
        var width: Int
        var height: Int
        var sizeInBytes: Int
        var mode: String
        var milliseconds: Timing
    }

    let folder: String
    static let repetitions = 7

    func run() throws -> [Row] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        guard !names.isEmpty else { throw BenchmarkFailure("\(folder) holds no picture") }
        return try names.flatMap { name in
            guard let data = FileManager.default.contents(atPath: folder + "/" + name) else {
                throw BenchmarkFailure("\(name) cannot be read")
            }
            return try rows(name, [UInt8](data))
        }
    }

    private func rows(_ name: String, _ bytes: [UInt8]) throws -> [Row] {
        let decoder = Decoder()
        let header = try decoder.header(of: bytes)
        let size = header.size
        // A third of the picture, away from its edges.
        let part = Region(x: size.width / 5, y: size.height * 2 / 5, width: size.width * 3 / 5, height: size.height / 2)
        let whole = try decoder.rgb(bytes).content
        guard try decoder.rgb(bytes, region: part).content == whole.cropped(to: part) else {
            throw BenchmarkFailure("a region of \(name) is not that part of the whole")
        }
        var modes: [(String, () throws -> Void)] = Scale.allCases.map { scale in
            ("rgb 1/\(scale.divisor)", { _ = try decoder.rgb(bytes, scale: scale) })
        }
        modes.append(("rgb, region of 30 %", { _ = try decoder.rgb(bytes, region: part) }))
        modes.append(("luma", { _ = try decoder.luma(bytes) }))
        modes.append(("luma 1/8", { _ = try decoder.luma(bytes, scale: .eighth) }))
        if header.format == .jpeg { modes.append(("planes", { _ = try decoder.planes(bytes) })) }
        let timings = try Timing.interleaved(modes.map(\.1), repetitions: DecodingBenchmarks.repetitions)
        return zip(modes, timings).map { mode, timing in
            Row(
                file: name, width: size.width, height: size.height, sizeInBytes: bytes.count, mode: mode.0,
                milliseconds: timing.divided(by: 1e6))
        }
    }
}
