import Kernels
import Pixels
import Testing

@testable import Analysis

@Suite struct ReductionTests {
    @Test(arguments: [1, 2, 3, 4]) func reducedPicturesAreWhatTheyStandFor(factor: Int) {
        var noise = Noise(seed: UInt64(factor))
        let image = noise.image(61, 47)
        var pictures = ReducedPictures(of: image, kernels: .reference)
        for _ in 0..<2 {
            #expect(pictures.image(by: factor) == image.downscaled(by: factor))
            #expect(pictures.luminance(by: factor) == Plane(luminanceOf: image.downscaled(by: factor)))
        }
    }

    @Test(arguments: [(1, 1, 3), (40, 1, 8), (1, 30, 2), (23, 31, 3), (64, 48, 8), (9, 9, 8)])
    func localNormalizationAgainstItsDefinition(width: Int, height: Int, radius: Int) {
        var noise = Noise(seed: UInt64(width * height))
        // Levels in eighths, as they are taken.
        let levels = noise.bytes(width * height).map { Float($0) - Float($0 % 8) / 8 }
        let plane = Plane(width: width, height: height, samples: levels)
        let found = plane.locallyNormalized(radius: radius, noise: 3, kernels: .best)
        for y in 0..<height {
            for x in 0..<width {
                var sum = 0.0, squares = 0.0, n = 0.0
                for v in max(0, y - radius)...min(height - 1, y + radius) {
                    for u in max(0, x - radius)...min(width - 1, x + radius) {
                        sum += Double(plane[u, v])
                        squares += Double(plane[u, v] * plane[u, v])
                        n += 1
                    }
                }
                let variance = max(squares / n - sum / n * sum / n, 0)
                let expected = (Double(plane[x, y]) - sum / n) / (variance + 9).squareRoot()
                #expect(abs(Double(found[x, y]) - expected) < 2e-3, "\(x), \(y)")
            }
        }
    }

    /// Light that scales and lifts a part leaves next to nothing behind.
    @Test func localNormalizationTakesLightAway() {
        var noise = Noise(seed: 5)
        let levels = noise.bytes(60 * 60).map { Float($0) / 2 }
        let dim = levels.map { ($0 * 0.5 + 60) }
        let a = Plane(width: 60, height: 60, samples: levels).locallyNormalized(
            radius: 5, noise: 0.5, kernels: .reference)
        let b = Plane(width: 60, height: 60, samples: dim).locallyNormalized(radius: 5, noise: 0.5, kernels: .reference)
        for (p, q) in zip(a.samples, b.samples) { #expect(abs(p - q) < 0.02) }
    }

    @Test(arguments: [(64, 48, 24), (33, 40, 20), (20, 17, 8), (16, 16, 8)])
    func sharpnessOfBothPartsIsThatOfEach(width: Int, height: Int, row: Int) {
        var noise = Noise(seed: UInt64(width + height))
        let plane = Plane(width: width, height: height, samples: noise.bytes(width * height))
        let both = Sharpness.whole(plane, below: row)
        #expect(both.whole == Sharpness(of: plane))
        #expect(
            both.below
                == Sharpness(
                    of: Plane(width: width, height: height - row, samples: Array(plane.samples[(row * width)...]))))
    }
}
