import Pixels
import TestKit
import Testing

@Suite struct RegionTests {
    private func pixels(_ region: Region) -> Set<[Int]> {
        var all: Set<[Int]> = []
        for y in region.y..<max(region.y, region.maxY) {
            for x in region.x..<max(region.x, region.maxX) { all.insert([x, y]) }
        }
        return all
    }

    @Test func intersectionsHoldThePixelsOfBoth() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<500 {
            func any() -> Region {
                Region(
                    x: .random(in: -6...6, using: &generator), y: .random(in: -6...6, using: &generator),
                    width: .random(in: 0...7, using: &generator), height: .random(in: 0...7, using: &generator))
            }
            let a = any(), b = any()
            #expect(pixels(a.intersection(b)) == pixels(a).intersection(pixels(b)), "\(a) \(b)")
            #expect(pixels(a.union(b)).isSuperset(of: pixels(a).union(pixels(b))), "\(a) \(b)")
            #expect(a.area == pixels(a).count)
            #expect(a.expanded(by: 2).expanded(by: -2) == a)
        }
    }
}
