import Detection
import Pixels
import TestKit
import Testing
import Village

@Suite struct BlockSharesTests {
    /// Each pixel of the plot with the colour of its block, by the definition.
    @Test(arguments: UInt64(1)...8, [2, 8]) func theMeanIsThatOfThePlotsPixels(seed: UInt64, side: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let size = Size(width: .random(in: 9...70, using: &generator), height: .random(in: 9...50, using: &generator))
        let small = Size(width: size.width / side, height: size.height / side)
        var mask = Mask(width: size.width, height: size.height, inside: false)
        let x0 = Int.random(in: 0..<size.width, using: &generator)
        let y0 = Int.random(in: 0..<size.height, using: &generator)
        for y in y0..<size.height { for x in x0..<size.width { mask[x, y] = generator.next() % 3 > 0 } }
        let image = RGBImage(
            width: small.width, height: small.height,
            bytes: (0..<3 * small.area).map { _ in UInt8.random(in: 0...255, using: &generator) })
        var sums = [0.0, 0.0, 0.0], count = 0.0
        for y in 0..<small.height * side {
            for x in 0..<small.width * side where mask[x, y] {
                let (red, green, blue) = image[x / side, y / side]
                for (k, value) in [red, green, blue].enumerated() { sums[k] += Double(value) }
                count += 1
            }
        }
        let shares = BlockShares(of: mask, side: side)
        #expect(shares.pixelCount == Int(count))
        let mean = shares.mean(of: image, from: Region(small))
        guard count > 0 else {
            #expect(mean == nil)
            return
        }
        let found = try #require(mean)
        for (a, b) in zip([found.red, found.green, found.blue], sums) { #expect(abs(a - b / count) < 1e-9) }
        // A part of the picture that holds the plot is as good.
        let part = image.cropped(to: shares.bounds)
        #expect(shares.mean(of: part, from: shares.bounds) == found)
    }

    @Test func aPlotOfNoPixelsHasNoMean() {
        let shares = BlockShares(of: Mask(width: 20, height: 20, inside: false), side: 8)
        let image = RGBImage(width: 2, height: 2, bytes: [UInt8](repeating: 9, count: 12))
        #expect(shares.pixelCount == 0 && shares.mean(of: image, from: Region(image.size)) == nil)
    }
}
