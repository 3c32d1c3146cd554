import CImageCodecs
import Decoding
import Pixels
import TestKit
import Testing

/// Means of blocks from a long scan, which two readers share: what one reader gives, whatever the file holds.
@Suite struct TwoReadersTests {
    private struct Result: Equatable {
        var status: UInt32
        var pixels: [UInt8]
        var isOwn: Bool
        var offset: UInt64
    }

    private func read(_ file: [UInt8], byOne: Bool) -> Result? {
        file.withUnsafeBufferPointer { file in
            var limits = pw_limits(
                max_width: 4096, max_height: 4096, max_pixels: 1 << 24, max_scans: 50, max_chunk_bytes: 1 << 20)
            var header = pw_header(), report = pw_report()
            guard let start = file.baseAddress,
                pw_jpeg_header(start, file.count, &limits, &header, &report) == PW_OK
            else { return nil }
            let width = (header.width + 7) / 8, height = (header.height + 7) / 8
            var request = pw_request(
                scale: 1, channels: 3, region: pw_region(x: 0, y: 0, width: width, height: height),
                only_libjpeg: false, block_means: true, by_one_reader: byOne)
            let count = 3 * Int(width) * Int(height)
            var pixels = [UInt8](repeating: 7, count: count)
            let status = pw_jpeg_read(start, file.count, &limits, &request, &pixels, count, &report)
            return Result(
                status: status.rawValue, pixels: status == PW_OK ? pixels : [], isOwn: report.by_own_decoder,
                offset: report.offset)
        }
    }

    /// - Returns: whether the own decoder did it.
    @discardableResult private func compare(_ file: [UInt8], _ what: String) -> Bool {
        let one = read(file, byOne: true), two = read(file, byOne: false)
        #expect(one == two, "\(what)")
        return two?.isOwn ?? false
    }

    /// Noise of a place, 0…255.
    private static func noise(_ x: Int, _ y: Int, _ seed: Int) -> Int {
        var bits = UInt64(truncatingIfNeeded: x &* 0x9E37_79B1 &+ y &* 0x85EB_CA77 &+ seed)
        bits = (bits ^ bits >> 15) &* 0xD6E8_FEB8_6659_FD93
        return Int(bits >> 32 & 255)
    }

    /// Flat parts and coloured noise in bands, so that blocks are of all lengths.
    private static func picture(_ size: Size, seed: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 3 * size.area) { out, count in
            count = 3 * size.area
            for y in 0..<size.height {
                let strength = [0, 6, 40, 120][y / 40 % 4]
                for i in 0..<3 * size.width {
                    let level = 60 + (i / 21 + y / 5) % 60
                    out[y * 3 * size.width + i] = UInt8(level + noise(i, y, seed) * strength / 256)
                }
            }
        }
    }

    private static func file(
        _ size: Size, quality: Int, subsampling: Size, restarts: Int = 0, seed: Int = 1
    ) throws -> [UInt8] {
        try Encoder.jpeg(
            picture(size, seed: seed), size: size, components: 3,
            .init(quality: quality, subsampling: subsampling, restartInterval: restarts))
    }

    static let subsamplings = [Size(width: 1, height: 1), Size(width: 2, height: 1), Size(width: 2, height: 2)]

    @Test(arguments: subsamplings, [30, 75, 95]) func bothGiveTheSame(subsampling: Size, quality: Int) throws {
        for (width, height) in [(800, 608), (3000, 160), (97, 1801), (611, 533)] {
            let size = Size(width: width, height: height)
            let file = try Self.file(size, quality: quality, subsampling: subsampling, seed: width)
            #expect(compare(file, "\(width) × \(height)"))
            // With restarts every row is read by itself.
            let restarting = try Self.file(
                size, quality: quality, subsampling: subsampling, restarts: 5, seed: width)
            #expect(read(restarting, byOne: false)?.pixels == read(file, byOne: false)?.pixels)
        }
    }

    /// Nearly all MCUs in one half of the bytes, and no second half at all.
    @Test func halvesOfBytesNeedNotBeHalvesOfThePicture() throws {
        for noisy in [0..<100, 1400..<1500, 700..<800, 0..<1500] {
            let size = Size(width: 640, height: 1500)
            let pixels = (0..<3 * size.area).map { i -> UInt8 in
                noisy.contains(i / 3 / size.width) ? UInt8(Self.noise(i, i / 3 / size.width, 5)) : 90
            }
            let file = try Encoder.jpeg(pixels, size: size, components: 3, .init(quality: 90))
            #expect(compare(file, "noise in rows \(noisy)"))
        }
    }

    @Test func bytesThatAreWrongAreWrongForBoth() throws {
        let whole = try Self.file(Size(width: 640, height: 480), quality: 80, subsampling: Size(width: 2, height: 2))
        #expect(whole.count > 50_000)
        var generator = SeededGenerator(seed: 9), own = 0
        for number in 0..<400 {
            var file = whole
            for _ in 0...number % 3 {
                let at = Int.random(in: 700..<file.count - 2, using: &generator)
                file[at] = number % 2 == 0 ? UInt8.random(in: 0..<255, using: &generator) : file[at] ^ 1
            }
            if compare(file, "change \(number)") { own += 1 }
        }
        // Most changes leave too many bits or too few; then libjpeg decodes.
        #expect(own < 200)
        for length in stride(from: 700, to: whole.count, by: 3331) {
            #expect(!compare(Array(whole[..<length]), "\(length) bytes"))
            #expect(!compare(Array(whole[..<length]) + [0xFF, 0xD9], "\(length) bytes and an end"))
        }
        // A part twice, and one left out.
        let middle = whole.count / 2
        #expect(!compare(Array(whole[..<middle]) + whole[(middle - 5000)...], "5,000 bytes twice"))
        #expect(!compare(Array(whole[..<(middle - 2500)]) + whole[(middle + 2500)...], "5,000 bytes gone"))
    }
}
