import Pixels
import TestKit
import Testing

@testable import Detection

/// Drawn leaves with drawn blossoms and fruit of two pixels, in clear air and in haze.
@Suite struct LeafPointsTests {
    static let white: SIMD3<Float> = [225, 222, 210], orange: SIMD3<Float> = [220, 120, 30]
    static let leaf: SIMD3<Float> = [62, 96, 36], yellowLeaf: SIMD3<Float> = [150, 142, 42]

    /// - Parameters:
    ///   - share: of the pixels in points.
    ///   - haze: share of the light that comes from the air.
    func canopy(
        _ ground: [SIMD3<Float>], share: Double = 0, of colour: SIMD3<Float> = white, haze: Float = 0,
        side: Int = 160, seed: UInt64 = 1
    ) -> RGBImage {
        var generator = SeededGenerator(seed: seed)
        var values = [SIMD3<Float>](repeating: .zero, count: side * side)
        let cells = side / 3 + 1
        let leaves = (0..<cells * cells).map { _ in
            ground[Int(generator.next() % UInt64(ground.count))] * (0.6 + Float(generator.next() % 81) / 100)
        }
        for y in 0..<side { for x in 0..<side { values[y * side + x] = leaves[y / 3 * cells + x / 3] } }
        for _ in 0..<Int(share * Double(side * side) / 4) {
            let x = Int(generator.next() % UInt64(side - 1)), y = Int(generator.next() % UInt64(side - 1))
            for i in [0, 1, side, side + 1] { values[y * side + x + i] = colour }
        }
        var image = RGBImage.filled(side, side, (0, 0, 0))
        for i in values.indices {
            let noise = Float(generator.next() % 9) - 4
            for k in 0..<3 {
                let value = (values[i][k] + noise) * (1 - haze) + 170 * haze
                image.bytes[3 * i + k] = UInt8(min(max(value, 0), 255))
            }
        }
        return image
    }

    func points(_ image: RGBImage, _ mask: Mask? = nil) -> LeafPoints {
        let mask = mask ?? Mask(width: image.width, height: image.height, inside: true)
        return LeafPoints(of: image, inside: mask, bounds: mask.bounds)
    }

    @Test(arguments: [0, 0.3] as [Float]) func leavesAloneHoldNeither(haze: Float) {
        let found = points(canopy([Self.leaf], haze: haze))
        #expect(found.blossom < 0.005 && found.ripe < 0.015, "\(found)")
    }

    /// Crisp points count for more than they are, see the type; what matters is that they are seen, in any air.
    @Test(arguments: [0.02, 0.05], [0, 0.3] as [Float]) func pointsAreSeen(share: Double, haze: Float) {
        let blossom = points(canopy([Self.leaf], share: share, of: Self.white, haze: haze))
        #expect(blossom.blossom > 0.7 * share && blossom.blossom < 5 * share, "\(blossom)")
        #expect(blossom.ripe < 0.015, "blossom is no fruit: \(blossom)")
        let fruit = points(canopy([Self.leaf], share: share, of: Self.orange, haze: haze))
        #expect(fruit.ripe > 0.7 * share && fruit.ripe < 5 * share, "\(fruit)")
        #expect(fruit.blossom < 0.005, "fruit is no blossom: \(fruit)")
    }

    @Test func morePointsAreMore() {
        let found = [0, 0.01, 0.03, 0.08].map { points(canopy([Self.leaf], share: $0)).blossom }
        #expect(found == found.sorted() && Set(found).count == 4, "\(found)")
    }

    /// A sick tree is no orange tree: leaves are yellow side by side, not in points on green.
    @Test func yellowLeavesAreNoFruit() {
        let found = points(canopy([Self.yellowLeaf, Self.yellowLeaf, Self.leaf]))
        #expect(found.ripe < 0.02, "\(found)")
    }

    @Test(arguments: [SIMD3<Float>(150, 115, 85), SIMD3(120, 120, 118), SIMD3(228, 226, 224)])
    func withoutLeavesThereIsNoBlossom(ground: SIMD3<Float>) {
        #expect(points(canopy([ground], share: 0.05)).blossom == 0)
    }

    /// A plot of more blocks than are looked at tells the same as a part of it.
    @Test func largePlotsAreSampled() {
        let large = points(canopy([Self.leaf], share: 0.04, side: 640)).blossom
        let part = points(canopy([Self.leaf], share: 0.04, side: 300)).blossom
        #expect(abs(large - part) < 0.3 * part, "\(large) \(part)")
    }

    @Test func onlyThePlotCounts() {
        let image = canopy([Self.leaf], share: 0.05)
        var mask = Mask(width: 160, height: 160, inside: false)
        for y in 40..<120 { for x in 30..<130 { mask[x, y] = true } }
        var other = image
        for y in 0..<160 {
            for x in 0..<160 where !(28..<132).contains(x) || !(38..<122).contains(y) { other[x, y] = (255, 255, 255) }
        }
        #expect(points(image, mask) == points(other, mask))
        let nothing = points(image, Mask(width: 160, height: 160, inside: false))
        #expect(nothing.blossom == 0 && nothing.ripe == 0)
    }
}
