import CImageCodecs
import Decoding
import Pixels
import TestKit
import Testing

/// A JPEG at an eighth from its first terms alone.
@Suite struct BlockMeansTests {
    let decoder = Decoder()

    static let usual = [Size(width: 1, height: 1), Size(width: 2, height: 1), Size(width: 2, height: 2)]

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

    /// Subsampled chroma is a block's of its own; over whole MCUs the means agree.
    @Test(arguments: usual, [0, 1, 4]) func overWholeMCUsMeansAgree(subsampling: Size, interval: Int) throws {
        for (width, height) in [(32, 48), (160, 96), (240, 16)] {
            let file = try Samples.jpeg(
                width, height, .init(quality: 90, subsampling: subsampling, restartInterval: interval))
            let own = means(of: try decoder.blockMeans(file).content)
            let full = means(of: try decoder.rgb(file).content)
            for (a, b) in zip(own, full) { #expect(abs(a - b) < 0.5, "\(own) \(full)") }
        }
    }

    @Test(arguments: usual) func oneColourIsThatColour(subsampling: Size) throws {
        for colour: [UInt8] in [[0, 0, 0], [255, 255, 255], [200, 30, 60], [12, 140, 250]] {
            let bytes = (0..<50 * 35).flatMap { _ in colour }
            let file = try Encoder.jpeg(
                bytes, size: Size(width: 50, height: 35), components: 3, .init(quality: 95, subsampling: subsampling))
            let full = try decoder.rgb(file).content, own = try decoder.blockMeans(file).content
            for (i, byte) in own.bytes.enumerated() {
                #expect(abs(Int(byte) - Int(full.bytes[i % 3])) <= 1, "\(colour)")
            }
        }
    }

    @Test(arguments: usual) func aPartIsThatPartOfTheWhole(subsampling: Size) throws {
        let file = try Samples.jpeg(133, 99, .init(subsampling: subsampling, restartInterval: 2))
        let whole = try decoder.blockMeans(file).content
        for x in 0..<whole.width {
            for y in 0..<whole.height {
                for (width, height) in [(1, 1), (3, 2), (whole.width - x, 1), (1, whole.height - y)] {
                    let part = Region(x: x, y: y, width: width, height: height).intersection(Region(whole.size))
                    #expect(try decoder.blockMeans(file, region: part).content == whole.cropped(to: part), "\(part)")
                }
            }
        }
    }

    /// What the own decoder does not take is libjpeg's eighth, or the mean of what it covers.
    @Test func otherFilesAreWhatTheyAreAtAnEighth() throws {
        let files = [
            try Samples.jpeg(70, 50, .init(isProgressive: true)), try Samples.greyJPEG(70, 50), Samples.png(70, 50),
        ]
        for file in files {
            #expect(try decoder.blockMeans(file).content == decoder.rgb(file, scale: .eighth).content)
        }
    }

    /// Cut and changed files are judged as at an eighth, whichever decoder finds out.
    @Test func damageIsFoundAsAtAnEighth() throws {
        let file = try Samples.jpeg(90, 70, .init(restartInterval: 2))
        for end in stride(from: 2, to: file.count, by: 3) {
            let cut = Array(file[..<end])
            let own = Result { try decoder.blockMeans(cut) }, plain = Result { try decoder.rgb(cut, scale: .eighth) }
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
            let own = try? decoder.blockMeans(changed), plain = try? decoder.rgb(changed, scale: .eighth)
            #expect((own == nil) == (plain == nil))
            #expect(own?.content.size == plain?.content.size)
            // Whichever decoder takes the whole takes a part, damaged behind it or not.
            guard let own, own.truncation == nil, own.content.width > 3, own.content.height > 3 else { continue }
            let part = Region(x: 1, y: 0, width: 2, height: 2)
            guard let cut = try? decoder.blockMeans(changed, region: part), cut.truncation == nil else { continue }
            #expect(cut.content == own.content.cropped(to: part), "\(at): \(changed[at])")
            wholeOnes += 1
        }
        #expect(wholeOnes > 100)
    }
}
