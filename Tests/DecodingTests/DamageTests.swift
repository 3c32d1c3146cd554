import Decoding
import Pixels
import TestKit
import Testing

@Suite struct DamageTests {
    let decoder = Decoder()

    /// Whatever is decoded of a damaged copy: the rows that are called good equal those of the whole file.
    private func check(_ damaged: [UInt8], against whole: RGBImage, mustComplain: Bool, _ what: String) {
        do {
            let part = try decoder.rgb(damaged)
            #expect(part.content.size == whole.size, "\(what)")
            if mustComplain { #expect(part.truncation != nil, "\(what)") }
            guard let truncation = part.truncation else { return }
            #expect((0...whole.height).contains(truncation.goodRows), "\(what)")
            #expect(truncation.goodRows <= truncation.coarseRows && truncation.coarseRows <= whole.height, "\(what)")
            #expect((0...damaged.count).contains(truncation.offset), "\(what)")
            #expect(!truncation.message.isEmpty, "\(what)")
            let good = part.goodRegion
            if mustComplain, !good.isEmpty {
                #expect(part.content.cropped(to: good) == whole.cropped(to: good), "\(what)")
            }
        } catch {
            #expect(!error.message.isEmpty && !error.details.isEmpty, "\(what)")
        }
    }

    static let kinds: [Encoder.JPEGSettings] = [
        .init(subsampling: Size(width: 1, height: 1)), .init(subsampling: Size(width: 2, height: 2)),
        .init(subsampling: Size(width: 1, height: 2)), .init(isProgressive: true), .init(restartInterval: 1),
    ]

    @Test(arguments: kinds) func jpegCutAtEveryByte(kind: Encoder.JPEGSettings) throws {
        let file = try Samples.jpeg(40, 64, kind)
        let whole = try decoder.rgb(file).content
        for end in 0..<file.count {
            check(
                Corruption.truncate(at: end).applied(to: file), against: whole, mustComplain: true,
                "\(kind) cut at \(end)")
        }
    }

    @Test(arguments: [false, true]) func pngCutAtEveryByte(isInterlaced: Bool) throws {
        let file = Samples.png(20, 24, isInterlaced: isInterlaced)
        let whole = RGBImage.testPicture(width: 20, height: 24)
        #expect(try decoder.rgb(file).content == whole)
        for end in 0..<file.count {
            check(Corruption.truncate(at: end).applied(to: file), against: whole, mustComplain: true, "cut at \(end)")
        }
    }

    @Test(arguments: kinds) func jpegWithZerosFromEveryByteOn(kind: Encoder.JPEGSettings) throws {
        let file = try Samples.jpeg(40, 64, kind)
        let whole = try decoder.rgb(file).content
        for start in stride(from: 0, to: file.count - 1, by: 3) {
            check(
                Corruption.zeroTail(from: start).applied(to: file), against: whole, mustComplain: true,
                "\(kind) zeros from \(start)")
        }
    }

    @Test func pngWithZerosFromEveryByteOn() throws {
        let file = Samples.png(20, 24)
        let whole = RGBImage.testPicture(width: 20, height: 24)
        for start in 0..<(file.count - 1) {
            check(
                Corruption.zeroTail(from: start).applied(to: file), against: whole, mustComplain: true,
                "zeros from \(start)")
        }
    }

    @Test func aHoleOfASectorIsFoundWhereItBegins() throws {
        let file = try Samples.jpeg(300, 200, .init(quality: 95, restartInterval: 20))
        let whole = try decoder.rgb(file).content
        let start = file.count / 2
        let damaged = Corruption.overwrite(offset: start, bytes: [UInt8](repeating: 0, count: 2_000)).applied(to: file)
        let truncation = try #require(try decoder.rgb(damaged).truncation)
        #expect((40..<120).contains(truncation.goodRows))
        check(damaged, against: whole, mustComplain: true, "hole")
    }

    @Test(arguments: kinds) func planesAndPartsOfADamagedFileAreAsGoodAsTheySay(kind: Encoder.JPEGSettings) throws {
        let file = try Samples.jpeg(40, 64, kind)
        let whole = try decoder.planes(file).content.luma, colour = try decoder.rgb(file).content
        let region = Region(x: 11, y: 3, width: 20, height: 50)
        for end in stride(from: 300, to: file.count, by: 7) {
            let damaged = Corruption.truncate(at: end).applied(to: file)
            if let planes = try? decoder.planes(damaged) {
                let count = planes.goodRegion.height * 40
                #expect(planes.content.luma.samples.prefix(count) == whole.samples.prefix(count), "cut at \(end)")
            }
            if let part = try? decoder.rgb(damaged, region: region) {
                let good = region.intersection(part.goodRegion)
                if good.isEmpty { continue }
                let inside = Region(x: good.x - region.x, y: good.y - region.y, width: good.width, height: good.height)
                #expect(part.content.cropped(to: inside) == colour.cropped(to: good), "cut at \(end)")
            }
        }
    }

    @Test func manyThreadsAtOnceGetTheSamePixels() async throws {
        let files = [
            try Samples.jpeg(90, 70), Samples.png(60, 50), MaskTests.tiff(bits: 16),
            try Samples.jpeg(40, 30, .init(isProgressive: true)),
        ]
        let decoder = decoder
        let expected = try files.map { try decoder.rgb($0).content }
        let broken = Array(files[0].prefix(files[0].count / 3))
        await withTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    _ = try? decoder.rgb(broken)
                    return (try? decoder.rgb(files[index % 4]).content) == expected[index % 4]
                }
            }
            for await same in group { #expect(same) }
        }
    }

    @Test func halfAFileGivesAboutHalfAPicture() throws {
        for file in [try Samples.jpeg(160, 128), Samples.png(60, 128)] {
            let part = try decoder.rgb(Array(file.prefix(file.count / 2)))
            let truncation = try #require(part.truncation)
            #expect((32...80).contains(truncation.goodRows))
            let (red, green, blue) = part.content[3, part.content.height - 1]
            #expect([red, green, blue] == [128, 128, 128])
        }
    }

    @Test func aProgressiveFileThatBreaksOffIsCoarseNotGood() throws {
        let file = try Samples.jpeg(160, 128, .init(isProgressive: true))
        let truncation = try #require(try decoder.rgb(Array(file.prefix(file.count / 2))).truncation)
        #expect(truncation.goodRows == 0)
        #expect(truncation.coarseRows == 128)
    }

    @Test func paddingBehindAWholeFileIsNoDamage() throws {
        for file in [try Samples.jpeg(33, 21), Samples.png(33, 21)] {
            let padded = try decoder.rgb(file + [UInt8](repeating: 0, count: 700))
            #expect(padded.truncation == nil)
            #expect(padded.content == (try decoder.rgb(file).content))
        }
    }

    @Test func twoThousandFilesWithFlippedBits() throws {
        let files = [
            try Samples.jpeg(40, 32), try Samples.jpeg(40, 32, .init(isProgressive: true)),
            try Samples.jpeg(40, 32, .init(restartInterval: 1)),
            try Samples.greyJPEG(24, 24), Samples.png(20, 16), Samples.png(20, 16, isInterlaced: true),
            MaskTests.tiff(bits: 8),
        ]
        let small = Decoder(limits: DecodingLimits(maxPixels: 200_000))
        for seed in 0..<2_000 {
            let file = files[seed % files.count]
            let damaged = Corruption.flipBits(count: 1 + seed % 9, from: 3, seed: UInt64(seed)).applied(to: file)
            do {
                let decoded = try small.rgb(damaged)
                #expect(decoded.content.size == decoded.header.orientedSize)
                #expect(decoded.content.bytes.count == 3 * decoded.header.size.area)
                let planes = try small.luma(damaged, scale: .half)
                #expect(planes.content.size == Scale.half.applied(to: planes.header.orientedSize))
                if decoded.header.format == .jpeg, decoded.header.components == 3 {
                    _ = try small.planes(damaged, scale: .quarter)
                }
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test func noiseIsNoPicture() {
        #expect(throws: DecodingError.empty) { try decoder.rgb([]) }
        #expect(throws: DecodingError.notAnImage(firstBytes: [0x47, 0x49, 0x46])) {
            try decoder.header(of: [0x47, 0x49, 0x46])
        }
        let zeros = [UInt8](repeating: 0, count: 50)
        #expect(throws: DecodingError.notAnImage(firstBytes: Array(zeros.prefix(8)))) { try decoder.rgb(zeros) }
        #expect(DecodingError.notAnImage(firstBytes: [0x0A, 0xFF]).details == "first bytes 0A FF")
        var generator = SeededGenerator(seed: 3)
        for start in [[0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0x49, 0x49, 42, 0]]
            as [[UInt8]]
        {
            for length in [0, 1, 5, 50, 3_000] {
                let noise = start + (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
                #expect(throws: DecodingError.self) { try decoder.rgb(noise) }
            }
        }
    }
}
