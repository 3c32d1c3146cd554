import CImageCodecs
import Decoding
import Pixels
import TestKit
import Testing

/// The decoder for what cameras write, beside libjpeg: the same bytes and the same words, whatever the file is.
@Suite struct OwnJPEGDecoderTests {
    private struct Result: Equatable {
        var status: UInt32
        var pixels: [UInt8]
        var isDamaged: Bool
        var rows: [UInt32]
        var offset: UInt64
    }

    private func read(_ file: [UInt8], onlyLibJPEG: Bool) -> (result: Result?, isOwn: Bool) {
        file.withUnsafeBufferPointer { file in
            var limits = pw_limits(
                max_width: 4096, max_height: 4096, max_pixels: 1 << 22, max_scans: 50, max_chunk_bytes: 1 << 20)
            var header = pw_header(), report = pw_report()
            guard let start = file.baseAddress,
                pw_jpeg_header(start, file.count, &limits, &header, &report) == PW_OK
            else { return (nil, false) }
            var request = pw_request(
                scale: 8, channels: 3, region: pw_region(x: 0, y: 0, width: header.width, height: header.height),
                only_libjpeg: onlyLibJPEG)
            let count = 3 * Int(header.width) * Int(header.height)
            var pixels = [UInt8](repeating: 7, count: count)
            let status = pw_jpeg_read(start, file.count, &limits, &request, &pixels, count, &report)
            let result = Result(
                status: status.rawValue, pixels: status == PW_OK ? pixels : [], isDamaged: report.damaged,
                rows: [report.rows_good, report.rows_coarse], offset: report.offset)
            return (result, report.by_own_decoder)
        }
    }

    /// - Returns: whether the own decoder did it.
    @discardableResult private func compare(_ file: [UInt8], _ what: String) -> Bool {
        let own = read(file, onlyLibJPEG: false), plain = read(file, onlyLibJPEG: true)
        #expect(own.result == plain.result, "\(what)")
        #expect(!plain.isOwn)
        if own.isOwn { #expect(own.result?.isDamaged == false, "\(what)") }
        return own.isOwn
    }

    static let sizes = [1, 2, 3, 5, 8, 9, 15, 16, 17, 31, 33, 64, 65, 130]

    @Test(arguments: Samples.jpegKinds) func everyKindGivesTheSameBytes(kind: Encoder.JPEGSettings) throws {
        let usual = [Size(width: 1, height: 1), Size(width: 2, height: 1), Size(width: 2, height: 2)]
        let isUsual = usual.contains(kind.subsampling) && !kind.isProgressive && !kind.keepsComponents
        for quality in [3, 60, 90, 100] {
            for width in Self.sizes {
                for height in [1, 2, 8, 15, 17, 50] {
                    var settings = kind
                    settings.quality = quality
                    let isOwn = compare(
                        try Samples.jpeg(width, height, settings), "\(settings) \(width) × \(height)")
                    // Chroma of two columns is not smoothed.
                    let isWide = width > 2 * kind.subsampling.width
                    #expect(isOwn == (isUsual && isWide && pw_jpeg_has_own_decoder()), "\(settings) \(width)")
                }
            }
        }
    }

    /// Terms of every length, and blocks that are full to their last one.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8]) func noiseAndHardEdgesGiveTheSameBytes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let width = 83, height = 41
        let noise = (0..<3 * width * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let edges = noise.map { $0 < 128 ? UInt8(0) : 255 }
        for samples in [noise, edges] {
            for quality in [5, 50, 95, 100] {
                for across in [1, 2] {
                    let file = try Encoder.jpeg(
                        samples, size: Size(width: width, height: height), components: 3,
                        .init(
                            quality: quality, subsampling: Size(width: across, height: across),
                            restartInterval: Int(seed % 4)))
                    #expect(compare(file, "seed \(seed), quality \(quality)") == pw_jpeg_has_own_decoder())
                }
            }
        }
    }

    @Test(arguments: [0, 1, 3]) func aFileCutAnywhereIsSaidToBeCutInTheSameWords(restartInterval: Int) throws {
        let file = try Samples.jpeg(70, 40, .init(restartInterval: restartInterval))
        for end in 0..<file.count { compare(Array(file[..<end]), "cut at \(end)") }
    }

    @Test func changedBytesAreTakenAsLibJPEGTakesThem() throws {
        var generator = SeededGenerator(seed: 11), ownCount = 0
        for kind in Samples.jpegKinds {
            let file = try Samples.jpeg(45, 37, kind)
            for _ in 0..<300 {
                var changed = file
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let at = Int.random(in: 2..<changed.count, using: &generator)
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: changed.remove(at: at)
                    case 1: changed.insert(UInt8.random(in: 0...255, using: &generator), at: at)
                    case 2: changed[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                    default: changed[at] = UInt8.random(in: 0...255, using: &generator)
                    }
                }
                if compare(changed, "\(kind) \(changed)") { ownCount += 1 }
            }
        }
        if pw_jpeg_has_own_decoder() { #expect(ownCount > 100) }
    }

    /// Bytes behind the last block, or none of the marker that ends a picture, are libjpeg's to judge.
    @Test func whatFollowsTheLastBlockIsNotPassedOver() throws {
        let file = try Samples.jpeg(64, 48)
        #expect(!compare(Array(file.dropLast(2)), "no end"))
        #expect(!compare(Array(file.dropLast(2)) + [1, 2, 3, 0xFF, 0xD9], "bytes before the end"))
        #expect(!compare(Array(file.dropLast(2)) + [0xFF, 0xFF, 0xD9], "a filled marker"))
        #expect(compare(file + [9, 9, 9], "bytes behind the end") == pw_jpeg_has_own_decoder())
    }
}
