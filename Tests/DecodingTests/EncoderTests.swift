import Decoding
import Pixels
import TestKit
import Testing

@Suite struct EncoderTests {
    let decoder = Decoder()

    @Test(arguments: [(1, 1), (1, 300), (257, 3), (64, 64)]) func pngComesBackUnchanged(width: Int, height: Int) throws
    {
        let image = RGBImage.testPicture(width: width, height: height)
        let plane = Plane<UInt8>.testPicture(width: width, height: height)
        #expect(try decoder.rgb(Encoder.png(image)).content == image)
        #expect(try decoder.luma(Encoder.png(plane)).content == plane)
        #expect(try decoder.header(of: Encoder.png(plane)).components == 1)
        #expect(try Encoder.png(image) == Encoder.png(image))
    }

    @Test func jpegKeepsThePictureTheBetterTheHigherItsQuality() throws {
        var smooth = RGBImage(width: 96, height: 64, bytes: [UInt8](repeating: 0, count: 3 * 96 * 64))
        for y in 0..<64 {
            for x in 0..<96 { smooth[x, y] = (UInt8(40 + 2 * x), UInt8(30 + 3 * y), UInt8(200 - x - y)) }
        }
        var errors: [Double] = [], lengths: [Int] = []
        for quality in [10, 50, 90, 100] {
            let file = try Encoder.jpeg(smooth, quality: quality)
            let again = try Encoder.jpeg(smooth, quality: quality)
            #expect(file == again)
            let back = try decoder.rgb(file).content.bytes
            errors.append(
                zip(back, smooth.bytes).map { abs(Double($0) - Double($1)) }.reduce(0, +) / Double(back.count))
            lengths.append(file.count)
        }
        #expect(errors == errors.sorted(by: >), "\(errors)")
        #expect(lengths == lengths.sorted(), "\(lengths)")
        #expect(errors[2] < 2)
    }

    @Test func anEmptyPictureCannotBeWritten() {
        let nothing = RGBImage(width: 0, height: 0, bytes: [])
        #expect(throws: EncodingFailure.self) { try Encoder.png(nothing) }
        #expect(throws: EncodingFailure.self) { try Encoder.jpeg(nothing, quality: 90) }
    }
}
