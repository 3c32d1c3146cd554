import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct EvenSampleTests {
    private func places(_ sample: EvenSample, _ width: Int, _ height: Int) -> [SIMD2<Int>] {
        sample.rows(of: 0..<height).flatMap { row, first in
            stride(from: first, to: width, by: sample.across).map { SIMD2($0, row) }
        }
    }

    @Test(arguments: [(0, 10), (1, 1), (10, 10), (9, 100)]) func fewAreAllTaken(count: Int, most: Int) {
        let sample = EvenSample(of: count, most: most)
        #expect(sample.down == 1 && sample.across == 1)
        #expect(places(sample, 7, 5).count == 35)
    }

    /// About as many as wanted, never one twice, and as many in every corner.
    @Test(arguments: [(300, 200, 4096), (1000, 40, 500), (33, 900, 2000), (101, 101, 10_200)])
    func manyAreTakenEvenly(width: Int, height: Int, most: Int) {
        let sample = EvenSample(of: width * height, most: most), taken = places(sample, width, height)
        #expect(Set(taken).count == taken.count)
        #expect(Double(taken.count) < 1.1 * Double(most) && 2.2 * Double(taken.count) > Double(most), "\(taken.count)")
        #expect(taken.allSatisfy { (0..<width).contains($0.x) && (0..<height).contains($0.y) })
        for (left, top) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let part = taken.count { $0.x / ((width + 1) / 2) == left && $0.y / ((height + 1) / 2) == top }
            #expect(abs(Double(part) / Double(taken.count) - 0.25) < 0.04, "\(left), \(top): \(part)")
        }
    }

    /// Planted rows and tiles give their share, as if every place were looked at.
    @Test(arguments: 4...40) func patternsDoNotFallInStep(pitch: Int) {
        let taken = places(EvenSample(of: 675 * 273, most: 4096), 675, 273)
        for isRow in [true, false] {
            let wide = (pitch + 1) / 2
            let part = taken.count { (isRow ? $0.y : $0.x) % pitch < wide }
            let expected = Double((0..<(isRow ? 273 : 675)).count { $0 % pitch < wide }) / (isRow ? 273 : 675)
            // Of a pitch of nine rows, three are seen.
            let tolerance = isRow && pitch.isMultiple(of: 3) ? 0.12 : 0.06
            #expect(abs(Double(part) / Double(taken.count) - expected) < tolerance, "rows \(isRow)")
        }
    }

    /// What a sample says of a plot's colours is what all of its pixels say.
    @Test func coloursOfASampleAreThoseOfAll() {
        var image = Scene(size: Size(width: 640, height: 480), seed: 9).picture(), generator = SeededGenerator(seed: 9)
        for i in 0..<image.width * image.height where generator.next() % 50 == 0 {
            for k in 0..<3 { image.bytes[3 * i + k] = [210, 60, 30][k] }
        }
        var mask = Mask(width: 640, height: 480, inside: false)
        for y in 20..<470 { for x in 10 + y / 3..<600 { mask[x, y] = true } }
        let area = PlotArea(mask: mask), sample = ColourSample(of: image, in: area)
        #expect(sample.count < area.pixelCount / 2 && sample.count > ColourSample.mostPixels / 2)
        var ripe = 0
        for i in mask.bytes.indices where mask.bytes[i] != 0 {
            let p = (0..<3).map { Int(image.bytes[3 * i + $0]) }
            ripe += Int(PlantColours.kinds(Int16(p[0]), Int16(p[1]), Int16(p[2])).ripe)
        }
        #expect(abs(PlantColours(of: sample).ripe - Double(ripe) / Double(area.pixelCount)) < 0.002)
    }

    @Test(arguments: [(5, 4), (6, 5), (1, 1), (2, 7)]) func blocksHoldThePlotsPixels(width: Int, height: Int) {
        var generator = SeededGenerator(seed: UInt64(width * 10 + height))
        var mask = Mask(width: width, height: height, inside: false)
        for i in mask.bytes.indices { mask.bytes[i] = generator.next() % 2 == 0 ? 255 : 0 }
        let blocks = PlotArea(mask: mask).blocks
        var found = 0
        for y in 0..<(height + 1) / 2 {
            for x in 0..<(width + 1) / 2 {
                var expected = 0
                for (u, v) in [(0, 0), (1, 0), (0, 1), (1, 1)] where 2 * x + u < width && 2 * y + v < height {
                    expected += mask[2 * x + u, 2 * y + v] ? 1 : 0
                }
                found += expected > 0 ? 1 : 0
                let isIn = Region(x: x, y: y, width: 1, height: 1).intersection(blocks.region).area == 1
                #expect((isIn ? Int(blocks[x, y]) : 0) == expected)
            }
        }
        #expect(blocks.count == found)
    }
}
