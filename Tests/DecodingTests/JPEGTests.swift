import Decoding
import Pixels
import TestKit
import Testing

@Suite struct JPEGTests {
    let decoder = Decoder()

    @Test func blocksWrittenByHandHaveTheirComputedBrightness() throws {
        let expected = Plane<UInt8>(width: 16, height: 8, samples: (0..<128).map { $0 % 16 < 8 ? 168 : 128 })
        let grey = try decoder.luma(Samples.twoBlocks)
        #expect(grey.content == expected)
        #expect(grey.truncation == nil)
        #expect(grey.warnings.isEmpty)
        #expect(try decoder.luma(Samples.twoBlocks, scale: .eighth).content == gray("168 128"))
        #expect(try decoder.rgb(Samples.twoBlocks).content[3, 7] == (168, 168, 168))
        let planes = try decoder.planes(Samples.twoBlocks).content
        #expect(planes.luma == expected)
        #expect(planes.redDifference.samples.allSatisfy { $0 == 128 })
    }

    @Test(arguments: Samples.jpegKinds) func aPartEqualsThatPartOfTheWhole(kind: Encoder.JPEGSettings) throws {
        for (width, height) in [(131, 97), (64, 48)] {
            try checkParts(of: Samples.jpeg(width, height, kind), "\(kind)")
        }
    }

    @Test(arguments: Samples.jpegKinds.filter { $0.isProgressive })
    func soDoesAPartOfAFileWithoutItsLastScans(kind: Encoder.JPEGSettings) throws {
        let file = try Samples.jpeg(131, 97, kind)
        let scans = file.indices.dropLast().filter { file[$0] == 0xFF && file[$0 + 1] == 0xDA }
        try #require(scans.count > 3)
        for end in scans[1...3] {
            try checkParts(of: file[..<end] + [0xFF, 0xD9], "\(kind) up to \(end)")
        }
    }

    private func checkParts(of file: [UInt8], _ what: String) throws {
        var generator = SeededGenerator(seed: 7)
        for scale in Scale.allCases {
            let whole = try decoder.rgb(file, scale: scale).content
            for _ in 0..<25 {
                let x = Int.random(in: 0..<whole.width, using: &generator),
                    y = Int.random(in: 0..<whole.height, using: &generator)
                let region = Region(
                    x: x, y: y, width: Int.random(in: 1...(whole.width - x), using: &generator),
                    height: Int.random(in: 1...(whole.height - y), using: &generator))
                let part = try decoder.rgb(file, scale: scale, region: region)
                #expect(part.region == region)
                #expect(part.content == whole.cropped(to: region), "\(what) \(scale) \(region)")
            }
        }
    }

    @Test func scaledSizesAreRoundedUp() throws {
        for side in 1...20 {
            let file = try Samples.jpeg(side, 21 - side)
            for scale in Scale.allCases {
                let expected = Size(
                    width: (side * scale.rawValue + 7) / 8, height: ((21 - side) * scale.rawValue + 7) / 8)
                #expect(try decoder.rgb(file, scale: scale).content.size == expected)
                #expect(try decoder.luma(file, scale: scale).content.size == expected)
                #expect(try decoder.planes(file, scale: scale).content.luma.size == expected)
            }
        }
    }

    /// Sampling that no camera writes, put into the header of a good file: luma is of the picture's size, or refused.
    @Test(arguments: [[0x11, 0x23, 0x11], [0x42, 0x11, 0x14], [0x21, 0x12, 0x11]])
    func lumaOfLessThanThePicturesSizeIsRefused(factors: [Int]) throws {
        var file = try Samples.jpeg(67, 61, .init(subsampling: Size(width: 1, height: 1)))
        let header = try #require(file.indices.dropLast(20).first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
        for (k, factor) in factors.enumerated() { file[header + 11 + 3 * k] = UInt8(factor) }
        #expect(throws: DecodingError.self, "\(factors)") { try decoder.planes(file) }
    }

    @Test(arguments: Samples.jpegKinds.filter { !$0.keepsComponents }) func planesAndLumaAreOneAndTheSame(
        kind: Encoder.JPEGSettings
    ) throws {
        let file = try Samples.jpeg(75, 53, kind)
        for scale in Scale.allCases {
            let planes = try decoder.planes(file, scale: scale).content
            #expect(planes.luma == (try decoder.luma(file, scale: scale).content))
        }
        let full = try decoder.planes(file).content
        let across = kind.subsampling.width, down = kind.subsampling.height
        #expect(full.blueDifference.size == Size(width: (75 + across - 1) / across, height: (53 + down - 1) / down))
        let header = try decoder.header(of: file)
        #expect(header.subsampling == kind.subsampling)
        #expect(header.isProgressive == kind.isProgressive)
    }

    /// JFIF's conversion, in floating point: the codec's fixed-point one may differ by 1.
    @Test func fullPlanesConvertToTheSameColours() throws {
        let file = try Samples.jpeg(40, 30, .init(subsampling: Size(width: 1, height: 1)))
        let planes = try decoder.planes(file).content, rgb = try decoder.rgb(file).content
        for i in 0..<(40 * 30) {
            let y = Double(planes.luma.samples[i])
            let cb = Double(planes.blueDifference.samples[i]) - 128, cr = Double(planes.redDifference.samples[i]) - 128
            let expected = [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb]
            for channel in 0..<3 {
                #expect(abs(Double(rgb.bytes[3 * i + channel]) - min(max(expected[channel], 0), 255)) <= 1)
            }
        }
    }

    /// R = white − ink·white/255 with inverted inks: what the colour must come back as, within the loss of compression.
    @Test(arguments: [false, true]) func inksBecomeColours(keepsComponents: Bool) throws {
        let inks: [(cmyk: [UInt8], rgb: [Int])] = [
            ([255, 255, 255, 255], [255, 255, 255]), ([255, 255, 255, 0], [0, 0, 0]),
            ([0, 255, 255, 255], [0, 255, 255]),
            ([255, 0, 255, 128], [128, 0, 128]), ([200, 100, 50, 204], [160, 80, 40]),
        ]
        for (cmyk, rgb) in inks {
            let pixels = (0..<(16 * 16)).flatMap { _ in cmyk }
            let settings = Encoder.JPEGSettings(
                quality: 100, subsampling: Size(width: 1, height: 1), keepsComponents: keepsComponents)
            let file = try Encoder.jpeg(pixels, size: Size(width: 16, height: 16), components: 4, settings)
            let decoded = try decoder.rgb(file)
            #expect(decoded.header.components == 4)
            let pixel = decoded.content[5, 5]
            for (got, want) in zip([pixel.red, pixel.green, pixel.blue], rgb) {
                #expect(abs(Int(got) - want) <= 2, "\(cmyk)")
            }
            let luma = Double(try decoder.luma(file).content[5, 5])
            #expect(
                abs(luma - (0.299 * Double(pixel.red) + 0.587 * Double(pixel.green) + 0.114 * Double(pixel.blue))) <= 1)
            #expect(throws: DecodingError.self) { try decoder.planes(file) }
        }
    }

    @Test func aRegionBeyondThePictureIsRefused() throws {
        let file = try Samples.jpeg(20, 10)
        let tooFar: [Region] = [
            Region(x: 0, y: 0, width: 21, height: 1), Region(x: -1, y: 0, width: 5, height: 5),
            Region(x: 3, y: 3, width: 0, height: 2),
            Region(x: 19, y: 9, width: 1, height: 2),
        ]
        for region in tooFar {
            #expect(throws: DecodingError.regionOutside(region, size: Size(width: 20, height: 10))) {
                try decoder.rgb(file, region: region)
            }
        }
    }
}
