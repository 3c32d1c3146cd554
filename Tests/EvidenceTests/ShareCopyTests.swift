import Decoding
import Foundation
import Pixels
import TestKit
import Testing

@testable import Evidence

@Suite struct ShareCopyTests {
    /// A wall with a gradient, light as given.
    private func place(_ light: Double) -> RGBImage {
        var image = RGBImage(width: 192, height: 128, bytes: [UInt8](repeating: 0, count: 192 * 128 * 3))
        for y in 0..<128 {
            for x in 0..<192 {
                let value = (60 + Double(x) / 2 + Double(y % 16)) * light
                for channel in 0..<3 { image.bytes[3 * (y * 192 + x) + channel] = UInt8(min(255, value)) }
            }
        }
        return image
    }

    private func painted(_ image: RGBImage, _ box: Region, _ color: [UInt8]) -> RGBImage {
        var image = image
        for y in box.y..<(box.y + box.height) {
            for x in box.x..<(box.x + box.width) {
                // Stripes, as a face or a plate has.
                for channel in 0..<3 { image.bytes[3 * (y * 192 + x) + channel] = x % 2 == 0 ? color[channel] : 10 }
            }
        }
        return image
    }

    /// The largest step between neighbours along a row of the box.
    private func detail(_ image: RGBImage, _ box: Region) -> Int {
        var most = 0
        for y in box.y..<(box.y + box.height) {
            for x in (box.x + 1)..<(box.x + box.width) {
                let at = 3 * (y * 192 + x)
                most = max(most, abs(Int(image.bytes[at]) - Int(image.bytes[at - 3])))
            }
        }
        return most
    }

    @Test func whoWalksThroughIsCovered() throws {
        let person = Region(x: 100, y: 60, width: 10, height: 24)
        let picture = painted(place(1), person, [230, 180, 150])
        let copy = try ShareCopy(of: picture, others: [0.8, 0.9, 1.1, 1, 0.7].map { place($0) })
        let shown = try Decoder().rgb(copy.bytes).content
        #expect(detail(picture, person) > 150 && detail(shown, person) < 40, "\(detail(shown, person))")
        #expect(copy.coveredShare > 0 && copy.coveredShare < 0.25, "\(copy.coveredShare)")
    }

    @Test func whatWasBuiltStaysVisibleAndWhoStandsBeforeItDoesNot() throws {
        let wall = Region(x: 20, y: 40, width: 60, height: 60), person = Region(x: 30, y: 60, width: 10, height: 24)
        let built = painted(place(1), wall, [160, 90, 70])
        var works = Mask(width: 192, height: 128, inside: false)
        for y in 40..<100 { for x in 20..<80 { works[x, y] = true } }
        let picture = painted(built, person, [250, 250, 40])
        let copy = try ShareCopy(
            of: picture, others: [place(0.9), place(1), place(1.1)], near: [built, built, built], works: works)
        let shown = try Decoder().rgb(copy.bytes).content
        #expect(detail(shown, Region(x: 60, y: 44, width: 16, height: 8)) > 60, "the wall is to be seen")
        #expect(detail(shown, person) < 60, "the person is not: \(detail(shown, person))")
    }

    @Test(arguments: [0, 1, 2]) func withoutOthersEverythingIsCovered(others: Int) throws {
        let picture = painted(place(1), Region(x: 100, y: 60, width: 10, height: 24), [230, 180, 150])
        let copy = try ShareCopy(of: picture, others: (0..<others).map { _ in place(1) })
        #expect(copy.coveredShare == 1)
        #expect(detail(try Decoder().rgb(copy.bytes).content, Region(x: 100, y: 60, width: 10, height: 24)) < 40)
    }

    /// A camera's position and time do not come along.
    @Test func nothingHiddenComesAlong() throws {
        let copy = try ShareCopy(of: place(1), others: [place(1), place(1), place(1)])
        #expect(copy.coveredShare == 0)
        #expect(!String(decoding: copy.bytes, as: UTF8.self).contains("Exif"))
    }
}
