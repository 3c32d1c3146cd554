import CImageCodecs
import Decoding
import Foundation
import Pixels
import TestKit
import Testing

/// A JPEG at an eighth from its first terms alone, and at a quarter without its pixels.
@Suite struct BlockMeansTests {
    let decoder = Decoder()

    static let usual = [Size(width: 1, height: 1), Size(width: 2, height: 1), Size(width: 2, height: 2)]

    static let scales = [Scale.eighth, .quarter]

    private func means(of image: RGBImage) -> [Double] {
        (0..<3).map { channel in
            stride(from: channel, to: image.bytes.count, by: 3).reduce(0) { $0 + Double(image.bytes[$1]) }
                / Double(image.width * image.height)
        }
    }

    /// Without subsampling libjpeg's eighth is of the first terms as well, which it rounds before it makes colours of them.
    @Test(arguments: [5, 60, 90, 100]) func withoutSubsamplingItIsLibJPEGsEighth(quality: Int) throws {
        for (width, height) in [(1, 1), (8, 8), (9, 17), (64, 40), (131, 67)] {
            let file = try Samples.jpeg(
                width, height, .init(quality: quality, subsampling: Size(width: 1, height: 1), restartInterval: 3))
            let own = try decoder.blockMeans(file).content, plain = try decoder.rgb(file, scale: .eighth).content
            #expect(own.size == plain.size)
            for (a, b) in zip(own.bytes, plain.bytes) { #expect(abs(Int(a) - Int(b)) <= 2) }
        }
    }

    /// Every pixel of a quarter is the mean of the 16 that it covers. Subsampled chroma is smoothed between its samples
    /// where the picture is decoded, and not in a mean; over even colours neither matters.
    @Test(arguments: usual, [50, 85, 95]) func aQuarterIsTheMeanOfWhatItCovers(subsampling: Size, quality: Int) throws {
        var generator = SeededGenerator(seed: 11)
        for (width, height) in [(64, 48), (16, 16), (200, 120)] {
            // Strong texture of one tint, so that nothing is clipped; then soft colours.
            let texture = (0..<width * height).flatMap { _ -> [UInt8] in
                let level = UInt8.random(in: 70...180, using: &generator)
                return [level, level, level]
            }
            let colours = (0..<width * height).flatMap { i -> [UInt8] in
                let x = Double(i % width), y = Double(i / width)
                return [90 + 40 * sin(x / 31), 120 + 30 * cos(y / 23), 100 + 35 * sin((x + y) / 37)].map { UInt8($0) }
            }
            for (pixels, bound) in [(texture, 1), (colours, 3)] {
                let file = try Encoder.jpeg(
                    pixels, size: Size(width: width, height: height), components: 3,
                    .init(quality: quality, subsampling: subsampling, restartInterval: 3))
                let own = try decoder.blockMeans(file, scale: .quarter).content
                let full = try decoder.rgb(file).content
                #expect(own.size == Size(width: width / 4, height: height / 4))
                for (i, byte) in own.bytes.enumerated() {
                    let x = i / 3 % (width / 4), y = i / 3 / (width / 4)
                    let sum = (0..<16).reduce(0) {
                        $0 + Int(full.bytes[3 * ((4 * y + $1 / 4) * width + 4 * x + $1 % 4) + i % 3])
                    }
                    #expect(abs(16 * Int(byte) - sum) <= 16 * bound, "\(x), \(y) of \(width) × \(height)")
                }
            }
        }
    }

    /// Half a block, and the corners of one, stand for themselves: no term is taken for another's.
    @Test(arguments: usual) func aQuarterKeepsHalvesApart(subsampling: Size) throws {
        for (right, below) in [(180, 60), (60, 180), (180, 180)] {
            let pixels = (0..<32 * 32).flatMap { i -> [UInt8] in
                let level = i % 8 < 4 && i / 32 % 8 < 4 ? 60 : i % 8 >= 4 && i / 32 % 8 < 4 ? right : below
                return [UInt8(level), UInt8(level), UInt8(level)]
            }
            let file = try Encoder.jpeg(
                pixels, size: Size(width: 32, height: 32), components: 3, .init(quality: 95, subsampling: subsampling))
            let own = try decoder.blockMeans(file, scale: .quarter).content
            for (i, byte) in own.bytes.enumerated() {
                let x = i / 3 % 8, y = i / 24
                let level = x % 2 == 0 && y % 2 == 0 ? 60 : x % 2 == 1 && y % 2 == 0 ? right : below
                #expect(abs(Int(byte) - level) <= 3, "\(x), \(y)")
            }
        }
    }

    /// Subsampled chroma is a block's of its own; over whole MCUs the means agree.
    @Test(arguments: usual, [0, 1, 4]) func overWholeMCUsMeansAgree(subsampling: Size, interval: Int) throws {
        for (width, height) in [(32, 48), (160, 96), (240, 16)] {
            let file = try Samples.jpeg(
                width, height, .init(quality: 90, subsampling: subsampling, restartInterval: interval))
            let full = means(of: try decoder.rgb(file).content)
            for scale in Self.scales {
                let own = means(of: try decoder.blockMeans(file, scale: scale).content)
                for (a, b) in zip(own, full) { #expect(abs(a - b) < 0.5, "\(scale): \(own) \(full)") }
            }
        }
    }

    @Test(arguments: usual) func oneColourIsThatColour(subsampling: Size) throws {
        for colour: [UInt8] in [[0, 0, 0], [255, 255, 255], [200, 30, 60], [12, 140, 250]] {
            let bytes = (0..<50 * 35).flatMap { _ in colour }
            let file = try Encoder.jpeg(
                bytes, size: Size(width: 50, height: 35), components: 3, .init(quality: 95, subsampling: subsampling))
            let full = try decoder.rgb(file).content
            for scale in Self.scales {
                for (i, byte) in try decoder.blockMeans(file, scale: scale).content.bytes.enumerated() {
                    #expect(abs(Int(byte) - Int(full.bytes[i % 3])) <= 1, "\(colour)")
                }
            }
        }
    }

    @Test(arguments: usual, scales) func aPartIsThatPartOfTheWhole(subsampling: Size, scale: Scale) throws {
        let file = try Samples.jpeg(133, 99, .init(subsampling: subsampling, restartInterval: 2))
        let whole = try decoder.blockMeans(file, scale: scale).content
        for x in 0..<whole.width {
            for y in 0..<whole.height {
                for (width, height) in [(1, 1), (3, 2), (whole.width - x, 1), (1, whole.height - y)] {
                    let part = Region(x: x, y: y, width: width, height: height).intersection(Region(whole.size))
                    #expect(
                        try decoder.blockMeans(file, scale: scale, region: part).content == whole.cropped(to: part),
                        "\(part)")
                }
            }
        }
    }

    /// What the own decoder does not take is libjpeg's, or the mean of what it covers.
    @Test func otherFilesAreWhatTheyAreAtThatSize() throws {
        let files = [
            try Samples.jpeg(70, 50, .init(isProgressive: true)), try Samples.greyJPEG(70, 50), Samples.png(70, 50),
        ]
        for file in files {
            for scale in Self.scales {
                #expect(
                    try decoder.blockMeans(file, scale: scale).content == decoder.rgb(file, scale: scale).content)
            }
        }
    }

    /// Cut and changed files are judged as at that size, whichever decoder finds out.
    @Test(arguments: scales) func damageIsFoundAsBySize(scale: Scale) throws {
        let file = try Samples.jpeg(90, 70, .init(restartInterval: 2))
        for end in stride(from: 2, to: file.count, by: 3) {
            let cut = Array(file[..<end])
            let own = Result { try decoder.blockMeans(cut, scale: scale) }
            let plain = Result { try decoder.rgb(cut, scale: scale) }
            switch (own, plain) {
            case (.success(let own), .success(let plain)): #expect(own.truncation == plain.truncation, "\(end)")
            case (.failure, .failure): break
            default: Issue.record("cut at \(end): \(own) \(plain)")
            }
        }
        var generator = SeededGenerator(seed: 4), wholeOnes = 0
        for _ in 0..<3000 {
            var changed = file
            let at = Int.random(in: 2..<file.count, using: &generator)
            changed[at] = UInt8.random(in: 0...255, using: &generator)
            let own = try? decoder.blockMeans(changed, scale: scale), plain = try? decoder.rgb(changed, scale: scale)
            #expect((own == nil) == (plain == nil))
            #expect(own?.content.size == plain?.content.size)
            // Whichever decoder takes the whole takes a part, damaged behind it or not.
            guard let own, own.truncation == nil, own.content.width > 3, own.content.height > 3 else { continue }
            let part = Region(x: 1, y: 0, width: 2, height: 2)
            guard let cut = try? decoder.blockMeans(changed, scale: scale, region: part), cut.truncation == nil else {
                continue
            }
            #expect(cut.content == own.content.cropped(to: part), "\(at): \(changed[at])")
            wholeOnes += 1
        }
        #expect(wholeOnes > 100)
    }
}
