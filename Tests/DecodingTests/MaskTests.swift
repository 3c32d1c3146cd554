import Decoding
import Foundation
import Pixels
import TestKit
import Testing

@Suite struct MaskTests {
    let decoder = Decoder()

    /// A TIFF of 4 × 2 samples: 0, the most, 0, half / 1 above 0, 0, the most, the most.
    static func tiff(
        bits: Int, isBigEndian: Bool = false, whiteIsZero: Bool = false, width: Int = 4, orientation: Int = 1
    ) -> [UInt8] {
        var sketch = TIFFSketch(isBigEndian: isBigEndian)
        sketch.long(256, width)
        sketch.long(257, 2)
        sketch.short(258, bits)
        sketch.short(259, 1)
        sketch.short(262, whiteIsZero ? 0 : 1)
        sketch.short(274, orientation)
        sketch.short(277, 1)
        sketch.long(278, 2)
        let most = (1 << bits) - 1
        let values = [0, most, 0, most / 2, 1, 0, most, most]
        let pixels: [UInt8] =
            switch bits {
            case 1: [0b0100_0000, 0b1011_0000]
            case 8: values.map { UInt8($0) }
            default: values.flatMap { sketch.number($0, length: 2) }
            }
        sketch.long(279, pixels.count)
        return sketch.bytes(pixels: pixels)
    }

    @Test(arguments: [8, 16], [false, true]) func zeroIsInsideAndEverythingElseOutside(bits: Int, isBigEndian: Bool)
        throws
    {
        let mask = try decoder.mask(MaskTests.tiff(bits: bits, isBigEndian: isBigEndian), insideIsZero: true)
        #expect(mask.bytes == [255, 0, 255, 0, 0, 255, 0, 0])
        let other = try decoder.mask(MaskTests.tiff(bits: bits, isBigEndian: isBigEndian), insideIsZero: false)
        #expect(other.bytes == [0, 255, 0, 0, 0, 0, 255, 255])
    }

    @Test func oneBitMasksAndInvertedOnes() throws {
        #expect(
            try decoder.mask(MaskTests.tiff(bits: 1), insideIsZero: true).bytes == [255, 0, 255, 255, 0, 255, 0, 0])
        #expect(
            try decoder.mask(MaskTests.tiff(bits: 1, whiteIsZero: true), insideIsZero: false).bytes == [
                255, 0, 255, 255, 0, 255, 0, 0,
            ])
    }

    @Test func aTurnedMaskIsTurned() throws {
        let mask = try decoder.mask(MaskTests.tiff(bits: 8, orientation: 6), insideIsZero: true)
        #expect(mask.size == Size(width: 2, height: 4))
        #expect(mask.bytes == [0, 255, 255, 0, 0, 255, 0, 0])
    }

    @Test func masksComeBackFromOurOwnFiles() throws {
        let polygon = Polygon([SIMD2(3, 2), SIMD2(30, 5), SIMD2(20, 28)])
        let mask = Mask(filling: polygon, size: Size(width: 40, height: 32))
        let file = try Encoder.png(mask)
        #expect(try decoder.mask(file, insideIsZero: false) == mask)
        #expect(try decoder.mask(file, insideIsZero: true).bytes == mask.bytes.map { 255 - $0 })
        let jpeg = try Encoder.jpeg(mask.bytes, size: mask.size, components: 1, .init(quality: 95))
        #expect(try decoder.mask(jpeg, insideIsZero: false) == mask)
        #expect(try decoder.mask(jpeg, insideIsZero: true).bytes == mask.bytes.map { 255 - $0 })
    }

    @Test func classNumbersAreInsideWhereTheyAreNotZero() throws {
        let file = try Encoder.png(gray("0 1 2; 0 0 7"))
        #expect(try decoder.mask(file, insideIsZero: false).bytes == [0, 255, 255, 0, 0, 255])
    }

    @Test func halfAMaskIsNoMask() throws {
        let file = Samples.png(20, 24)
        #expect(throws: DecodingError.self) {
            try decoder.mask(Array(file.prefix(file.count / 2)), insideIsZero: false)
        }
        for end in 0..<MaskTests.tiff(bits: 8).count {
            _ = try? decoder.mask(Array(MaskTests.tiff(bits: 8).prefix(end)), insideIsZero: true)
        }
    }
}
