import Decoding
import Pixels
import TestKit

/// Small files that several tests decode.
enum Samples {
    static var jpegKinds: [Encoder.JPEGSettings] { JPEGSamples.kinds }

    static func jpeg(_ width: Int, _ height: Int, _ kind: Encoder.JPEGSettings = .init()) throws -> [UInt8] {
        let picture = RGBImage.testPicture(width: width, height: height)
        return try Encoder.jpeg(picture.bytes, size: picture.size, components: 3, kind)
    }

    static func greyJPEG(_ width: Int, _ height: Int, isProgressive: Bool = false) throws -> [UInt8] {
        let plane = Plane<UInt8>.testPicture(width: width, height: height)
        return try Encoder.jpeg(plane.samples, size: plane.size, components: 1, .init(isProgressive: isProgressive))
    }

    static func png(_ width: Int, _ height: Int, isInterlaced: Bool = false) -> [UInt8] {
        let picture = RGBImage.testPicture(width: width, height: height)
        var sketch = PNGSketch(
            width: width, height: height, color: .rgb, depth: 8, samples: picture.bytes.map(UInt16.init))
        sketch.isInterlaced = isInterlaced
        return sketch.bytes
    }

    /// A JPEG of two grey blocks written by hand. Every DC code is one bit 0 and five bits of value, every AC code one
    /// bit 0 for
    /// "no more". With steps of 16 the first block is 128 + 20 · 16 / 8 = 168, the second 20 steps less: 128.
    static let twoBlocks: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 16, count: 64)
        + [0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0]
        + [0xFF, 0xC4, 0, 20, 0x00, 1] + [UInt8](repeating: 0, count: 15) + [5]
        + [0xFF, 0xC4, 0, 20, 0x10, 1] + [UInt8](repeating: 0, count: 15) + [0]
        + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0b0101_0000, 0b0101_1011, 0xFF, 0xD9]
}
