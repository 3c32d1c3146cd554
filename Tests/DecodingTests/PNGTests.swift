import Decoding
import Pixels
import TestKit
import Testing

@Suite struct PNGTests {
    let decoder = Decoder()

    struct Kind: Sendable, CustomStringConvertible {
        var color: PNGSketch.ColorType
        var depth: Int
        var isInterlaced: Bool
        var description: String { "\(color) \(depth)\(isInterlaced ? " interlaced" : "")" }
    }

    static let kinds = PNGSketch.ColorType.allCases.flatMap { color in
        color.depths.flatMap { depth in [false, true].map { Kind(color: color, depth: depth, isInterlaced: $0) } }
    }

    static func sketch(_ kind: Kind, width: Int, height: Int) -> PNGSketch {
        var generator = SeededGenerator(seed: 11)
        let samples = (0..<(width * height * kind.color.channels)).map { _ in
            UInt16.random(in: 0...UInt16((1 << kind.depth) - 1), using: &generator)
        }
        var sketch = PNGSketch(width: width, height: height, color: kind.color, depth: kind.depth, samples: samples)
        sketch.isInterlaced = kind.isInterlaced
        if kind.color == .palette {
            sketch.palette = (0..<(3 << kind.depth)).map { UInt8(($0 * 37 + 11) % 256) }
            sketch.chunks = [("tRNS", [0, 128, 255].prefix(1 << kind.depth).map { UInt8($0) })]
        }
        if kind.color == .grey { sketch.chunks = [("tRNS", [0, 0])] }
        return sketch
    }

    /// The pixel by the PNG specification: low depths stretched to 0…255, the upper byte of 16 bits, alpha ignored.
    private func expected(_ sketch: PNGSketch, _ pixel: Int) -> [UInt8] {
        let values = (0..<sketch.color.channels).map { sketch.samples[pixel * sketch.color.channels + $0] }
        func byte(_ value: UInt16) -> UInt8 {
            sketch.depth == 16 ? UInt8(value >> 8) : UInt8(Int(value) * 255 / ((1 << sketch.depth) - 1))
        }
        switch sketch.color {
        case .palette: return (0..<3).map { sketch.palette[3 * Int(values[0]) + $0] }
        case .grey, .greyAlpha: return [byte(values[0]), byte(values[0]), byte(values[0])]
        case .rgb, .rgba: return values.prefix(3).map(byte)
        }
    }

    @Test(arguments: kinds) func everyKindGivesTheSpecifiedPixels(kind: Kind) throws {
        for (width, height) in [(1, 1), (3, 2), (21, 13)] {
            let sketch = PNGTests.sketch(kind, width: width, height: height)
            let decoded = try decoder.rgb(sketch.bytes)
            #expect(decoded.content.bytes == (0..<(width * height)).flatMap { expected(sketch, $0) })
            #expect(decoded.truncation == nil && decoded.warnings.isEmpty)
            #expect(decoded.header.bitDepth == kind.depth && decoded.header.isProgressive == kind.isInterlaced)
            let luma = try decoder.luma(sketch.bytes).content
            for i in 0..<(width * height) {
                let rgb = expected(sketch, i).map(Double.init)
                #expect(abs(Double(luma.samples[i]) - (0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2])) <= 0.51)
            }
        }
    }

    @Test func smallerScalesAreMeansOfWhatTheyCover() throws {
        let plane = gray(
            """
            10 20 30 40 50
            20 30 40 50 61
            0 0 255 255 7
            """)
        let file = try Encoder.png(plane)
        #expect(try decoder.luma(file).content == plane)
        #expect(try decoder.luma(file, scale: .half).content == gray("20 40 56; 0 255 7"))
        #expect(try decoder.luma(file, scale: .eighth).content == gray("58"))
        let part = try decoder.rgb(file, scale: .half, region: Region(x: 1, y: 0, width: 2, height: 1))
        #expect(part.content.bytes == [40, 40, 40, 56, 56, 56])
    }

    @Test func aChunkThatLiesAboutItsLengthIsRefused() throws {
        let file = Samples.png(9, 9)
        for length in [0x7FFF_FFFF, 0xFFFF_FFFF, 0x8000_0000] as [UInt32] {
            let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
            #expect(throws: DecodingError.self) {
                try decoder.rgb(Corruption.overwrite(offset: 33, bytes: bytes).applied(to: file))
            }
        }
    }

    @Test func aWrongChecksumCastsDoubtOnItsChunkOnly() throws {
        let file = Samples.png(20, 24)
        let whole = RGBImage.testPicture(width: 20, height: 24)
        let chunkLength = 212, thirdChunk = 33 + 2 * chunkLength
        let damaged =
            Corruption.flipBits(count: 1, from: thirdChunk + 100, seed: 1).applied(
                to: Array(file.prefix(thirdChunk + 150)))
            + file.dropFirst(thirdChunk + 150)
        let part = try decoder.rgb(damaged)
        let rows = try #require(part.truncation).goodRows
        #expect(rows >= 6 && rows < 24)
        #expect(part.content.cropped(to: part.goodRegion) == whole.cropped(to: part.goodRegion))
    }
}
