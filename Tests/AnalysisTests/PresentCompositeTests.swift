import Analysis
import Pixels
import TestKit
import Testing

/// A street of two greys with a kerb, and somebody in dark clothes for some of the time.
@Suite struct PresentCompositeTests {
    static let size = Size(width: 96, height: 72)
    static let person = Region(x: 30, y: 20, width: 16, height: 34)

    private static func picture(_ number: Int, person: Region?) -> RGBImage {
        var generator = SeededGenerator(seed: UInt64(number + 1))
        var bytes: [UInt8] = []
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isPerson = person.map { x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY } ?? false
                let level = isPerson ? 40 : (y < 44 ? 170 : 120) + (x / 12 % 2) * 8
                bytes += (0..<3).map { _ in UInt8(level + Int.random(in: -4...4, using: &generator)) }
            }
        }
        return RGBImage(width: size.width, height: size.height, bytes: bytes)
    }

    private static func composite(_ count: Int, person: (Int) -> Region?) -> PresentComposite {
        PresentComposite(
            images: (0..<count).map { picture($0, person: person($0)) }, valid: Array(repeating: nil, count: count))
    }

    private static func error(of image: RGBImage) -> Double {
        let empty = picture(1000, person: nil)
        let sum = zip(image.bytes, empty.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(image.bytes.count)
    }

    @Test(arguments: [12, 20, 31]) func whoStoodLongAndLeftIsGone(count: Int) {
        let stays = count * 6 / 10
        let found = Self.composite(count) { $0 < stays ? Self.person : nil }
        #expect(Self.error(of: found.image) < 4)
        let plain = MedianComposite(
            images: (0..<count).map { Self.picture($0, person: $0 < stays ? Self.person : nil) },
            valid: Array(repeating: nil, count: count))
        #expect(Self.error(of: plain.image) > 8)
        #expect(found.corrected.count >= Self.person.area)
    }

    /// In the middle of the time, too.
    @Test func whoCameAndLeftIsGone() {
        #expect(Self.error(of: Self.composite(20) { (3..<14).contains($0) ? Self.person : nil }.image) < 4)
    }

    /// Somebody who comes early and shifts about on one spot until the end is no state: the empty place is commoner.
    @Test func whoShiftsAboutUntilTheEndIsGone() {
        let count = 20
        let pictures = (0..<count).map { number -> RGBImage in
            guard number >= 8 else { return Self.picture(number, person: nil) }
            // Clothes of another grey each time.
            let image = Self.picture(number, person: Self.person)
            let level = 20 + (number - 8) * 7
            return RGBImage(
                width: image.width, height: image.height,
                bytes: image.bytes.enumerated().map { i, byte in
                    let x = i / 3 % Self.size.width, y = i / 3 / Self.size.width
                    let p = Self.person
                    let isInside = x >= p.x && x < p.maxX && y >= p.y && y < p.maxY
                    return isInside ? UInt8(level) : byte
                })
        }
        let found = PresentComposite(images: pictures, valid: Array(repeating: nil, count: count))
        #expect(Self.error(of: found.image) < 4)
        let plain = MedianComposite(images: pictures, valid: Array(repeating: nil, count: count))
        #expect(Self.error(of: plain.image) > 5)
    }

    /// What is built in the middle of the time and stands is the majority's.
    @Test func whatHasStoodStillSinceIsKept() {
        let found = Self.composite(20) { $0 >= 8 ? Self.person : nil }
        #expect(found.corrected.count == 0 && Self.error(of: found.image) > 5)
    }

    /// What has only come is not taken in before the majority shows it.
    @Test func aNewcomerIsNotTakenIn() {
        let found = Self.composite(20) { $0 >= 14 ? Self.person : nil }
        #expect(Self.error(of: found.image) < 4 && found.corrected.count == 0)
    }

    /// A bag that is set down early and stays is no part of the place.
    @Test(arguments: [12, 20, 31]) func whatWasSetDownIsLeftOut(count: Int) {
        let bag = Region(x: 30, y: 50, width: 10, height: 8)
        let came = Self.composite(count) { $0 >= count / 3 ? bag : nil }
        #expect(came.corrected.count > 0 && Self.error(of: came.image) < 4)
    }

    /// One that was there first and was taken away is not put back.
    @Test(arguments: [12, 20, 31]) func whatWasTakenAwayIsNotPutBack(count: Int) {
        let bag = Region(x: 30, y: 50, width: 10, height: 8)
        let left = Self.composite(count) { $0 < count / 3 ? bag : nil }
        #expect(left.corrected.count == 0 && Self.error(of: left.image) < 4)
    }

    /// Somebody darker than the street who passes does not pull the median: those that agree are asked alone.
    @Test func thoseWhoPassDoNotPull() {
        let passing = Self.composite(20) {
            $0 % 2 == 0 && $0 > 3 ? Region(x: 3 * $0, y: 40, width: 16, height: 20) : nil
        }
        let plain = MedianComposite(
            images: (0..<20).map {
                Self.picture($0, person: $0 % 2 == 0 && $0 > 3 ? Region(x: 3 * $0, y: 40, width: 16, height: 20) : nil)
            }, valid: Array(repeating: nil, count: 20))
        #expect(Self.error(of: passing.image) <= Self.error(of: plain.image))
    }

    /// The sun goes behind a cloud for the last pictures: that is no thing that left.
    @Test func weatherIsNotTakenIn() {
        let images = (0..<20).map { number -> RGBImage in
            let image = Self.picture(number, person: nil)
            guard number >= 14 else { return image }
            return RGBImage(
                width: image.width, height: image.height, bytes: image.bytes.map { UInt8(Int($0) * 7 / 10) })
        }
        let found = PresentComposite(images: images, valid: Array(repeating: nil, count: 20))
        #expect(found.corrected.count == 0 && Self.error(of: found.image) < 4)
    }

    @Test(arguments: [1, 2, 9]) func fewPicturesMakeAPlainMedian(count: Int) {
        let images = (0..<count).map { Self.picture($0, person: $0 == 0 ? Self.person : nil) }
        let valid: [Mask?] = Array(repeating: nil, count: count)
        #expect(
            PresentComposite(images: images, valid: valid).image == MedianComposite(images: images, valid: valid).image)
    }

    /// Pixels that no picture shows do not make an answer.
    @Test func whatIsHiddenIsLeftAlone() {
        var valid = Mask(width: Self.size.width, height: Self.size.height, inside: true)
        for y in 0..<30 { for x in 0..<40 { valid[x, y] = false } }
        let images = (0..<16).map { Self.picture($0, person: nil) }
        let found = PresentComposite(images: images, valid: images.indices.map { $0 >= 11 ? valid : nil })
        #expect(Self.error(of: found.image) < 4 && found.corrected.count == 0)
    }
}
