import Pixels
import TestKit
import Testing

@Suite struct MaskTests {
    let size = Size(width: 12, height: 9)

    /// Even–odd rule at each pixel centre, one ray to the right: slow and plain.
    private func slow(_ polygon: Polygon, _ size: Size) -> Mask {
        var mask = Mask(width: size.width, height: size.height, inside: false)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let px = Double(x) + 0.5, py = Double(y) + 0.5
                var crossings = 0
                for (index, a) in polygon.vertices.enumerated() {
                    let b = polygon.vertices[(index + 1) % polygon.vertices.count]
                    guard (a.y <= py) != (b.y <= py) else { continue }
                    if a.x + (py - a.y) * (b.x - a.x) / (b.y - a.y) > px { crossings += 1 }
                }
                mask[x, y] = crossings % 2 == 1
            }
        }
        return mask
    }

    @Test(arguments: [(0, 0), (1, 1), (7, 1), (8, 1), (3, 3), (13, 5), (64, 2)]) func bitsHoldTheMask(
        width: Int, height: Int
    ) {
        var generator = SeededGenerator(seed: UInt64(width))
        let bytes = (0..<width * height).map { _ in generator.next() % 3 == 0 ? UInt8(255) : 0 }
        let bits = Mask(width: width, height: height, bytes: bytes).bits
        #expect(bits.count == (width * height + 7) / 8)
        for i in 0..<8 * bits.count {
            #expect(
                bits[i / 8] >> UInt8(i % 8) & 1 == (i < bytes.count && bytes[i] != 0 ? 1 : 0), "bit \(i)")
        }
        #expect(Mask(width: width, height: height, bits: bits).bytes == bytes)
    }

    @Test func aRectangleOfWholePixelsHoldsExactlyThem() {
        let mask = Mask(filling: Polygon([SIMD2(2, 1), SIMD2(5, 1), SIMD2(5, 4), SIMD2(2, 4)]), size: size)
        #expect(mask.count == 9)
        #expect(mask.bounds == Region(x: 2, y: 1, width: 3, height: 3))
    }

    @Test func neighboursShareNoPixelAndLeaveNoneOut() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let cut = (0..<2).map { _ in Double(Int.random(in: 0...24, using: &generator)) / 2 }
            let left = Polygon([SIMD2(0, 0), SIMD2(cut[0], 0), SIMD2(cut[1], 9), SIMD2(0, 9)])
            let right = Polygon([SIMD2(cut[0], 0), SIMD2(12, 0), SIMD2(12, 9), SIMD2(cut[1], 9)])
            let a = Mask(filling: left, size: size), b = Mask(filling: right, size: size)
            #expect(a.intersection(b).count == 0, "\(cut)")
            #expect(a.union(b).count == size.area, "\(cut)")
        }
    }

    @Test func anyPolygonEqualsTheSlowRule() {
        var generator = SeededGenerator(seed: 9)
        for round in 0..<300 {
            let vertices = (0..<Int.random(in: 3...7, using: &generator)).map { _ in
                SIMD2(Double.random(in: -5...17, using: &generator), Double.random(in: -5...14, using: &generator))
            }
            let polygon = Polygon(vertices)
            #expect(Mask(filling: polygon, size: size) == slow(polygon, size), "round \(round)")
        }
    }

    @Test func polygonsWithoutAreaAreEmpty() {
        for vertices in [[], [SIMD2(1, 1)], [SIMD2(1, 1), SIMD2(9, 9)]] as [[SIMD2<Double>]] {
            #expect(Mask(filling: Polygon(vertices), size: size).count == 0)
        }
        #expect(
            Mask(filling: Polygon([SIMD2(1, 1), SIMD2(5, 5), SIMD2(1, 5)]), size: Size(width: 0, height: 0)).bytes
                .isEmpty)
        #expect(Mask(width: 3, height: 2, inside: false).bounds.isEmpty)
    }

    @Test func setAlgebra() {
        let a = Mask(filling: Polygon([SIMD2(0, 0), SIMD2(8, 0), SIMD2(0, 8)]), size: size)
        let b = Mask(filling: Polygon([SIMD2(2, 2), SIMD2(12, 2), SIMD2(12, 9), SIMD2(2, 9)]), size: size)
        #expect(a.union(b).count + a.intersection(b).count == a.count + b.count)
        #expect(a.subtracting(b).count == a.count - a.intersection(b).count)
        #expect(a.subtracting(a).count == 0)
    }

    @Test(arguments: [Region(x: 0, y: 0, width: 7, height: 5), Region(x: 2, y: 1, width: 3, height: 4)])
    func aPartPutBackIsWhereItWas(region: Region) {
        let size = Size(width: 7, height: 5)
        let bytes = (0..<size.area).map { UInt8($0 * 7 % 3 == 0 ? 255 : 0) }
        let whole = Mask(width: size.width, height: size.height, bytes: bytes)
        let placed = whole.cropped(to: region).placed(at: region, in: size)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isIn = x >= region.x && x < region.maxX && y >= region.y && y < region.maxY
                #expect(placed[x, y] == (isIn && whole[x, y]))
            }
        }
    }
}
