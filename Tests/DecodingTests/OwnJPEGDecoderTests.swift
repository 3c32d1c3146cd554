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

    /// - Parameter part: of the picture's width and height, in hundredths; `nil` = all of it.
    private func read(_ file: [UInt8], _ part: Region? = nil, onlyLibJPEG: Bool) -> (result: Result?, isOwn: Bool) {
        file.withUnsafeBufferPointer { file in
            var limits = pw_limits(
                max_width: 4096, max_height: 4096, max_pixels: 1 << 22, max_scans: 50, max_chunk_bytes: 1 << 20)
            var header = pw_header(), report = pw_report()
            guard let start = file.baseAddress,
                pw_jpeg_header(start, file.count, &limits, &header, &report) == PW_OK
            else { return (nil, false) }
            let size = Size(width: Int(header.width), height: Int(header.height)), region = Self.region(part, of: size)
            var request = pw_request(
                scale: 8, channels: 3,
                region: pw_region(
                    x: UInt32(region.x), y: UInt32(region.y), width: UInt32(region.width),
                    height: UInt32(region.height)),
                only_libjpeg: onlyLibJPEG, block_means: false, by_one_reader: false)
            let count = 3 * region.area
            var pixels = [UInt8](repeating: 7, count: count)
            let status = pw_jpeg_read(start, file.count, &limits, &request, &pixels, count, &report)
            let result = Result(
                status: status.rawValue, pixels: status == PW_OK ? pixels : [], isDamaged: report.damaged,
                rows: [report.rows_good, report.rows_coarse], offset: report.offset)
            return (result, report.by_own_decoder)
        }
    }

    private static func region(_ part: Region?, of size: Size) -> Region {
        guard let part else { return Region(size) }
        let x = min(part.x * size.width / 100, size.width - 1), y = min(part.y * size.height / 100, size.height - 1)
        return Region(
            x: x, y: y, width: max(1, part.width * (size.width - x) / 100),
            height: max(1, part.height * (size.height - y) / 100))
    }

    /// - Returns: whether the own decoder did it.
    @discardableResult private func compare(_ file: [UInt8], _ what: String, part: Region? = nil) -> Bool {
        let own = read(file, part, onlyLibJPEG: false), plain = read(file, part, onlyLibJPEG: true)
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

    /// Every pixel, so that each one is once at each side of a region.
    @Test(arguments: [1, 2]) func anyPartIsThatPartOfTheWhole(down: Int) throws {
        for size in [Size(width: 70, height: 53), Size(width: 49, height: 33)] {
            let file = try Samples.jpeg(
                size.width, size.height, .init(subsampling: Size(width: 2, height: down), restartInterval: 3))
            let whole = try #require(read(file, onlyLibJPEG: true).result).pixels
            let image = RGBImage(width: size.width, height: size.height, bytes: whole)
            for x in 0..<size.width {
                for y in stride(from: x % 3, to: size.height, by: 3) {
                    let most = Region(x: x, y: y, width: size.width - x, height: size.height - y)
                    for (width, height) in [(1, 1), (2, 3), (17, 16), (most.width, 1), (1, most.height)] {
                        let part = Region(x: x, y: y, width: width, height: height).intersection(most)
                        let got = try Decoder().rgb(file, region: part)
                        #expect(got.content == image.cropped(to: part), "\(part) of \(size)")
                    }
                }
            }
        }
    }

    @Test func partsOfEveryKindGiveTheSameBytes() throws {
        var generator = SeededGenerator(seed: 5), ownCount = 0
        for kind in Samples.jpegKinds {
            for _ in 0..<40 {
                let file = try Samples.jpeg(
                    .random(in: 3...90, using: &generator), .random(in: 1...90, using: &generator), kind)
                let part = Region(
                    x: .random(in: 0...99, using: &generator), y: .random(in: 0...99, using: &generator),
                    width: .random(in: 1...100, using: &generator), height: .random(in: 1...100, using: &generator))
                if compare(file, "\(kind), \(part)", part: part) { ownCount += 1 }
            }
        }
        if pw_jpeg_has_own_decoder() { #expect(ownCount > 100) }
    }

    @Test(arguments: [0, 2]) func partsOfAFileCutAnywhereAreJudgedAlike(restartInterval: Int) throws {
        let file = try Samples.jpeg(70, 60, .init(restartInterval: restartInterval))
        for end in 0..<file.count {
            compare(Array(file[..<end]), "cut at \(end)", part: Region(x: 30, y: 30, width: 40, height: 50))
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
                    // Most of it is passed over.
                    for x in [0, 40, 99] {
                        let part = Region(x: x, y: 70, width: 10, height: 20)
                        let what = "seed \(seed), quality \(quality), \(part)"
                        #expect(compare(file, what, part: part) == pw_jpeg_has_own_decoder())
                    }
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
                comparePart(changed, "\(kind) \(changed)")
            }
        }
        if pw_jpeg_has_own_decoder() { #expect(ownCount > 100) }
    }

    /// Damage behind a part may be seen by one and not by the other; what neither sees damaged is the same.
    private func comparePart(_ file: [UInt8], _ what: String) {
        let part = Region(x: 35, y: 25, width: 40, height: 40)
        let own = read(file, part, onlyLibJPEG: false), plain = read(file, part, onlyLibJPEG: true)
        if own.isOwn, plain.result?.isDamaged == false { #expect(own.result == plain.result, "\(what)") }
        if !own.isOwn { #expect(own.result == plain.result, "\(what)") }
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
