import Decoding
import Foundation
import Pixels
import TestKit
import Testing

@Suite(.enabled(if: RealData.isPresent, "PLOTWATCH_DATA names no folder")) struct RealFileTests {
    let decoder = Decoder()

    @Test func everyPictureIsDecodedWhole() throws {
        let files = RealData.files(endings: ["jpg", "jpeg", "png", "tif", "tiff"])
        #expect(files.count > 500)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            let scale: Scale = ImageFormat(firstBytes: bytes) == .jpeg ? .eighth : .full
            let decoded = try decoder.rgb(bytes, scale: scale)
            #expect(decoded.truncation == nil, "\(file.lastPathComponent)")
            #expect(decoded.content.size == scale.applied(to: decoded.header.orientedSize), "\(file.lastPathComponent)")
        }
    }

    @Test func masksEqualTheirTwins() throws {
        let twins = RealData.files(endings: ["png"]).filter { $0.lastPathComponent.hasSuffix("_inside_white.png") }
        #expect(!twins.isEmpty)
        for twin in twins {
            let original = twin.path.replacing("_inside_white.png", with: ".tif")
            let mask = try decoder.mask([UInt8](try Data(contentsOf: URL(filePath: original))), insideIsZero: true)
            let white = try decoder.mask([UInt8](try Data(contentsOf: twin)), insideIsZero: false)
            #expect(mask == white, "\(twin.lastPathComponent)")
            #expect(mask.count > 0)
        }
    }

    @Test func phonePicturesHeldUpsideDownStandUpright() throws {
        var turned = 0
        for file in RealData.files(in: "canopy-cover", endings: ["jpg", "jpeg"]) {
            let bytes = [UInt8](try Data(contentsOf: file))
            let decoded = try decoder.luma(bytes, scale: .eighth)
            guard decoded.header.orientation == .upsideDown else { continue }
            turned += 1
            let planes = try decoder.planes(bytes, scale: .eighth).content
            #expect(planes.luma == decoded.content)
            // the same file with its orientation entry made 1: the stored picture, which is this one backwards
            let entry: [UInt8] = [0x12, 0x01, 0x03, 0x00, 1, 0, 0, 0, 3],
                other: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 3]
            let found = (0..<4_000).first { bytes[$0...].starts(with: entry) || bytes[$0...].starts(with: other) }
            let at = try #require(found)
            let value = at + (bytes[at] == 0x12 ? 8 : 9)
            let stored = try decoder.luma(
                Corruption.overwrite(offset: value, bytes: [1]).applied(to: bytes), scale: .eighth)
            #expect(stored.header.orientation == .upright)
            #expect(Array(stored.content.samples.reversed()) == decoded.content.samples)
        }
        #expect(turned > 0)
    }
}
