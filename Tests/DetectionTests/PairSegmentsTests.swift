import Analysis
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PairSegmentsTests {
    static func noise(_ width: Int, _ height: Int, seed: UInt64) -> RGBImage {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<3 * width * height).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        return RGBImage(width: width, height: height, bytes: bytes)
    }

    @Test func twoColoursAreTwoSegments() {
        var image = RGBImage(width: 60, height: 40, bytes: [UInt8](repeating: 60, count: 7200))
        for y in 0..<40 { for x in 30..<60 { image[x, y] = (220, 200, 90) } }
        let segments = ColourSegments(of: ColourView(of: image), coarseness: 1.5, least: 80)
        #expect(segments.count == 2)
        // The blur makes the border soft by a few pixels.
        for y in 0..<40 {
            #expect(segments.labels[y * 60 + 20] == 0)
            #expect(segments.labels[y * 60 + 40] == 1)
        }
    }

    @Test(arguments: [(1, 1), (1, 30), (30, 1), (2, 2), (64, 48)])
    func everyPixelHasASegmentOfTheLeastSize(width: Int, height: Int) {
        let segments = ColourSegments(
            of: ColourView(of: Self.noise(width, height, seed: 3)), coarseness: 0.8, least: 20)
        var areas = [Int](repeating: 0, count: segments.count)
        for label in segments.labels { areas[Int(label)] += 1 }
        #expect(areas.reduce(0, +) == width * height)
        #expect(areas.allSatisfy { $0 >= min(20, width * height) })
        // Numbered in the order of their first pixels.
        var seen: Int32 = -1
        for label in segments.labels where label > seen {
            #expect(label == seen + 1)
            seen = label
        }
    }

    @Test func exposureAndWhiteBalanceCancelInAColourView() {
        var picture = Scene(size: Size(width: 96, height: 64)).picture(Scene.Moment())
        for i in picture.bytes.indices { picture.bytes[i] = 60 + picture.bytes[i] / 4 }
        let brighter = RGBImage(
            width: 96, height: 64,
            bytes: picture.bytes.enumerated().map { UInt8(Double($1) * [1.5, 1.7, 1.4][$0 % 3]) })
        let a = ColourView(of: picture), b = ColourView(of: brighter)
        for (p, q) in [(a.lightness, b.lightness), (a.redness, b.redness), (a.blueness, b.blueness)] {
            #expect(zip(p.samples, q.samples).allSatisfy { abs($0 - $1) < 0.06 })
        }
    }

    @Test func aDumbbellIsCutAtItsNeck() {
        var mask = Mask(width: 80, height: 40, inside: false)
        for y in 10..<30 { for x in 5..<75 where x < 30 || x >= 50 || (18..<22).contains(y) { mask[x, y] = true } }
        let cut = mask.cutAtNecks(above: 100, least: 20)
        #expect(Components(of: cut).pieces.count == 2)
        #expect(cut.subtracting(mask).count == 0)
        #expect(mask.subtracting(cut).count <= 12)
        #expect(mask.cutAtNecks(above: 5000, least: 20) == mask)
        let empty = Mask(width: 80, height: 40, inside: false)
        #expect(empty.cutAtNecks(above: 1, least: 1) == empty)
    }

    @Test func aGammaIsUndone() {
        let picture = Scene(size: Size(width: 160, height: 120)).picture(Scene.Moment())
        let bent = RGBImage(
            width: 160, height: 120,
            bytes: picture.bytes.map { UInt8((255 * (Double($0) / 255) * (Double($0) / 255).squareRoot()).rounded()) })
        let matched = ToneMatch(of: bent, to: picture, inside: Mask(width: 160, height: 120, inside: true)).image
        let errors = zip(matched.bytes, picture.bytes).map { abs(Int($0) - Int($1)) }.sorted()
        #expect(errors[errors.count * 98 / 100] <= 4)
    }

    @Test func theRowsTellALookAcrossFromOneStraightDown() {
        let down = PairChangeTests.picture()
        #expect(PictureLayout(of: down).rowShare < 0.25)
        #expect(PictureLayout(of: PairChangeTests.across(down)).rowShare > 0.4)
    }
}
