import Decoding
import Pixels
import TestKit
import Testing

@Suite struct OrientationTests {
    let decoder = Decoder()

    /// EXIF 2.3, tag 274: which stored pixel stands at (x, y) of the upright picture of a stored width w and height h.
    static func stored(_ orientation: Int, _ x: Int, _ y: Int, _ w: Int, _ h: Int) -> (Int, Int) {
        switch orientation {
        case 2: (w - 1 - x, y)
        case 3: (w - 1 - x, h - 1 - y)
        case 4: (x, h - 1 - y)
        case 5: (y, x)
        case 6: (y, h - 1 - x)
        case 7: (w - 1 - y, h - 1 - x)
        case 8: (w - 1 - y, x)
        default: (x, y)
        }
    }

    private func turned(_ image: RGBImage, _ orientation: Int) -> RGBImage {
        let size = orientation >= 5 ? Size(width: image.height, height: image.width) : image.size
        var result = RGBImage(
            width: size.width, height: size.height, bytes: [UInt8](repeating: 0, count: image.bytes.count))
        for y in 0..<size.height {
            for x in 0..<size.width {
                let (column, row) = OrientationTests.stored(orientation, x, y, image.width, image.height)
                result[x, y] = image[column, row]
            }
        }
        return result
    }

    @Test(arguments: 1...8, [false, true]) func everyOrientationStandsUpright(orientation: Int, isBigEndian: Bool)
        throws
    {
        let plain = try Samples.jpeg(43, 27)
        var exif = TIFFSketch(isBigEndian: isBigEndian)
        exif.short(274, orientation)
        let file = exif.inserted(into: plain)
        let header = try decoder.header(of: file)
        #expect(header.orientation.rawValue == orientation)
        #expect(header.size == Size(width: 43, height: 27))
        for scale in Scale.allCases {
            let expected = turned(try decoder.rgb(plain, scale: scale).content, orientation)
            let upright = try decoder.rgb(file, scale: scale)
            #expect(upright.content == expected)
            #expect(upright.goodRegion == Region(expected.size))
            #expect(try decoder.luma(file, scale: scale).content.size == expected.size)
            let region = Region(x: 1, y: 2, width: expected.width - 1, height: expected.height - 3)
            if region.isEmpty { continue }
            #expect(try decoder.rgb(file, scale: scale, region: region).content == expected.cropped(to: region))
        }
        #expect(header.orientedSize == turned(try decoder.rgb(plain).content, orientation).size)
        #expect(try decoder.planes(file).content.luma == (try decoder.luma(file).content))
    }

    @Test(arguments: 1...8) func pngCarriesItsOrientationToo(orientation: Int) throws {
        let picture = RGBImage.testPicture(width: 13, height: 9)
        var sketch = PNGSketch(width: 13, height: 9, color: .rgb, depth: 8, samples: picture.bytes.map(UInt16.init))
        var exif = TIFFSketch()
        exif.short(274, orientation)
        sketch.chunks = [("eXIf", exif.bytes())]
        #expect(try decoder.rgb(sketch.bytes).content == turned(picture, orientation))
    }

    @Test(arguments: 1...8) func theGoodPartTurnsWithThePicture(orientation: Int) throws {
        let plain = try Samples.jpeg(40, 64, .init(subsampling: Size(width: 1, height: 1)))
        var exif = TIFFSketch()
        exif.short(274, orientation)
        let file = exif.inserted(into: plain)
        let damaged = Corruption.truncate(at: file.count - plain.count / 3).applied(to: file)
        let whole = try decoder.rgb(file).content, part = try decoder.rgb(damaged)
        let good = part.goodRegion
        #expect(!good.isEmpty && good != Region(whole.size))
        #expect(part.content.cropped(to: good) == whole.cropped(to: good))
    }

    @Test(arguments: Orientation.allCases) func regionsGoThereAndBack(orientation: Orientation) {
        let size = Size(width: 31, height: 17)
        let region = Region(x: 4, y: 3, width: 9, height: 5)
        #expect(orientation.upright(orientation.stored(region, in: size), in: size) == region)
        #expect(orientation.upright(Region(size), in: size) == Region(orientation.applied(to: size)))
    }
}
