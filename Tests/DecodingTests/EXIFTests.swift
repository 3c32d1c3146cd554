import Decoding
import Pixels
import TestKit
import Testing

@Suite struct EXIFTests {
    private func full(_ isBigEndian: Bool) -> TIFFSketch {
        var sketch = TIFFSketch(isBigEndian: isBigEndian)
        sketch.text(0x010F, "Acme ")
        sketch.text(0x0110, "C1")
        sketch.short(274, 6)
        sketch.text(0x0131, "v1.2")
        sketch.text(0x0132, "2016:02:29 23:59:59")
        sketch.text(0x9003, "2015:04:30 12:31:37", in: .camera)
        sketch.text(0x9291, "042", in: .camera)
        sketch.text(0x9011, "+08:00", in: .camera)
        sketch.rational(0x829A, (1, 250), in: .camera)
        sketch.rational(0x829D, (28, 10), in: .camera)
        sketch.short(0x8827, 400, in: .camera)
        sketch.short(0xA403, 1, in: .camera)
        sketch.long(0xA002, 4_000, in: .camera)
        sketch.short(0xA003, 2_250, in: .camera)
        sketch.text(1, "S", in: .place)
        sketch.rational(2, (28, 1), (50, 1), (2_400, 100), in: .place)
        sketch.text(3, "E", in: .place)
        sketch.rational(4, (108, 1), (46, 1), (12, 1), in: .place)
        sketch.byte(5, 1, in: .place)
        sketch.rational(6, (305, 10), in: .place)
        sketch.rational(7, (4, 1), (31, 1), (37, 1), in: .place)
        sketch.rational(17, (2_705, 10), in: .place)
        sketch.text(29, "2015:04:30", in: .place)
        return sketch
    }

    @Test(arguments: [false, true]) func everyFieldIsReadInBothByteOrders(isBigEndian: Bool) throws {
        let file = full(isBigEndian).inserted(into: Samples.twoBlocks)
        let exif = try #require(try Decoder().header(of: file).exif)
        #expect(exif.orientation == .quarterClockwise)
        #expect(exif.dateTimeOriginal == EXIF.DateTime(year: 2015, month: 4, day: 30, hour: 12, minute: 31, second: 37))
        #expect(exif.dateTime == EXIF.DateTime(year: 2016, month: 2, day: 29, hour: 23, minute: 59, second: 59))
        #expect(exif.subSecond == "042")
        #expect(exif.offsetTimeOriginal == 28_800)
        #expect(exif.make == "Acme" && exif.model == "C1" && exif.software == "v1.2")
        #expect(exif.exposureTime == 0.004 && exif.fNumber == 2.8 && exif.isoSpeed == 400)
        #expect(exif.hasManualWhiteBalance == true && exif.pixelWidth == 4_000 && exif.pixelHeight == 2_250)
        let gps = try #require(exif.gps)
        #expect(abs(gps.latitude + 28.84) < 1e-9 && abs(gps.longitude - 108.77) < 1e-9)
        #expect(gps.altitude == -30.5 && gps.imageDirection == 270.5)
        #expect(exif.gpsDateTime == EXIF.DateTime(year: 2015, month: 4, day: 30, hour: 4, minute: 31, second: 37))
    }

    @Test(arguments: [
        "0000:00:00 00:00:00", "2015:13:01 00:00:00", "2015:02:29 00:00:00", "2015:04:30 24:00:00",
        "    :  :     :  :  ", "2015:04:30",
        "2015:04:31 10:00:00", "+015:04:30 12:00:00", "",
    ])
    func impossibleTimesAreAbsent(text: String) throws {
        var sketch = TIFFSketch()
        sketch.text(0x9003, text, in: .camera)
        #expect(try #require(EXIF(app1: sketch.bytes())).dateTimeOriginal == nil)
    }

    @Test(arguments: ["+8:00", "08:00", "+19:00", "+08:60", "+08-00", "+0a:00"]) func impossibleOffsetsAreAbsent(
        text: String
    ) throws {
        var sketch = TIFFSketch()
        sketch.text(0x9011, text, in: .camera)
        #expect(try #require(EXIF(app1: sketch.bytes())).offsetTimeOriginal == nil)
    }

    @Test func placesThatAreNonePlace() throws {
        func place(_ latitude: (Int, Int), _ reference: String, _ longitude: (Int, Int)) throws -> EXIF.GPS? {
            var sketch = TIFFSketch()
            sketch.text(1, reference, in: .place)
            sketch.rational(2, latitude, (0, 1), (0, 1), in: .place)
            sketch.text(3, "W", in: .place)
            sketch.rational(4, longitude, (0, 1), (0, 1), in: .place)
            return try #require(EXIF(app1: sketch.bytes())).gps
        }
        #expect(try place((0, 1), "N", (0, 1)) == nil)
        #expect(try place((0, 0), "N", (5, 1)) == nil)
        #expect(try place((91, 1), "N", (5, 1)) == nil)
        #expect(try place((45, 1), "X", (5, 1)) == nil)
        #expect(try place((45, 1), "N", (181, 1)) == nil)
        #expect(try place((0, 1), "N", (5, 1))?.longitude == -5)
    }

    @Test func directoriesThatPointAtThemselvesEnd() throws {
        var cyclic = TIFFSketch()
        cyclic.text(0x010F, "Acme")
        cyclic.raw(0x8769, type: 4, count: 1, pointer: 8)
        cyclic.raw(0x8825, type: 4, count: 1, pointer: 8)
        #expect(try #require(EXIF(app1: cyclic.bytes())).make == "Acme")
    }

    @Test func pointersAndCountsBeyondTheBytesAreLeftOut() throws {
        for count in [0, 5, 0x7FFF_FFFF, 0xFFFF_FFFF] {
            for pointer in [0, 8, 60, 0x7FFF_FFFF, 0xFFFF_FFFF] {
                for type in [0, 1, 2, 3, 4, 5, 7, 10, 12, 65_535] {
                    var sketch = TIFFSketch(isBigEndian: count == 5)
                    for tag in [0x010F, 274, 0x8769, 0x8825, 0x829A, 0x9286, 2, 4] {
                        sketch.raw(tag, type: type, count: count, pointer: pointer)
                    }
                    sketch.text(0x0131, "still read")
                    #expect(EXIF(app1: sketch.bytes())?.software == "still read")
                }
            }
        }
    }

    @Test func everyCutAndManyFlippedBitsAreSurvived() throws {
        let body = full(false).bytes()
        for end in 0..<body.count { _ = EXIF(app1: body.prefix(end)) }
        #expect(EXIF(app1: []) == nil)
        #expect(EXIF(app1: [0x49, 0x49, 42, 0, 8, 0, 0, 0]) == nil)
        for seed in 0..<2_000 {
            let damaged = Corruption.flipBits(count: 1 + seed % 6, from: 4, seed: UInt64(seed)).applied(to: body)
            if let place = EXIF(app1: damaged)?.gps {
                #expect(abs(place.latitude) <= 90 && abs(place.longitude) <= 180)
            }
        }
    }

    @Test func aBrokenSegmentDoesNotSpoilThePicture() throws {
        let file = Samples.twoBlocks
        let broken =
            Array(file.prefix(2)) + [0xFF, 0xE1, 0, 12] + Array("Exif".utf8) + [0, 0, 0x4D, 0x4D, 9, 9]
            + file.dropFirst(2)
        let decoded = try Decoder().luma(broken)
        #expect(decoded.header.exif == nil && decoded.header.orientation == .upright)
        #expect(decoded.content[0, 0] == 168)
    }
}
