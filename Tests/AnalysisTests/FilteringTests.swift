import Analysis
import Pixels
import Testing

@Suite struct FilteringTests {
    static let sizes = [(0, 0), (0, 5), (4, 0), (1, 1), (1, 9), (13, 1), (31, 17)]

    @Test(arguments: sizes) func boxMeanAgainstPlainSums(width: Int, height: Int) {
        var noise = Noise(seed: 5)
        let plane = Plane(width: width, height: height, samples: noise.bytes(width * height)).floats
        for radius in [0, 1, 3, 40] {
            let means = plane.boxMean(radius: radius)
            for y in 0..<height {
                for x in 0..<width {
                    var values: [Float] = []
                    for v in max(0, y - radius)...min(height - 1, y + radius) {
                        for u in max(0, x - radius)...min(width - 1, x + radius) { values.append(plane[u, v]) }
                    }
                    #expect(abs(means[x, y] - values.reduce(0, +) / Float(values.count)) < 1e-3)
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3, 10, 257, 511, 512, 1000, 5000]) func rankedElementAgainstSorting(count: Int) {
        var noise = Noise(seed: UInt64(count))
        for (spread, middle) in [(1, 0), (3, 0), (255, 0), (255, 128), (7, 3)] {
            let values = noise.bytes(count).map { Float(Int($0) % (spread + 1) - middle) / 7 * -1 }
            for rank in Set([0, count / 3, count / 2, count - 1]) {
                var reordered = values
                #expect(reordered.element(ofRank: rank) == values.sorted()[rank])
                #expect(reordered.sorted() == values.sorted())
            }
        }
    }

    @Test(arguments: sizes) func blurKeepsAConstantAndTheSize(width: Int, height: Int) {
        let plane = Plane<Float>(width: width, height: height, repeating: 77)
        for sigma: Float in [0, 0.5, 2, 9] {
            let blurred = plane.blurred(sigma: sigma)
            #expect(blurred.size == plane.size && blurred.samples.allSatisfy { abs($0 - 77) < 1e-3 })
        }
    }

    @Test func blurOfAPointIsTheGaussian() {
        var plane = Plane<Float>(width: 31, height: 31, repeating: 0)
        plane[15, 15] = 1
        let blurred = plane.blurred(sigma: 2)
        #expect(abs(blurred.samples.reduce(0, +) - 1) < 1e-4)
        #expect(abs(blurred[15, 15] - 1 / (2 * .pi * 4)) < 5e-4)
        #expect(abs(blurred[17, 15] - blurred[15, 13]) < 1e-7 && abs(blurred[18, 14] - blurred[12, 16]) < 1e-7)
    }

    @Test(arguments: [Gradient.Operator.sobel, .scharr, .central]) func gradientOfARampIsItsSlope(
        kind: Gradient.Operator
    ) {
        var plane = Plane<Float>(width: 9, height: 7, repeating: 0)
        for y in 0..<7 { for x in 0..<9 { plane[x, y] = 3 * Float(x) - 2 * Float(y) } }
        let gradient = Gradient(of: plane, by: kind)
        for y in 1..<6 {
            for x in 1..<8 { #expect(abs(gradient.dx[x, y] - 3) < 1e-5 && abs(gradient.dy[x, y] + 2) < 1e-5) }
        }
        #expect(Gradient(of: Plane(width: 1, height: 1, repeating: 4), by: kind).dx.samples == [0])
        #expect(Gradient(of: Plane(width: 0, height: 3, repeating: 4), by: kind).dx.samples.isEmpty)
    }

    @Test func integralSumsAnyRegion() {
        var noise = Noise(seed: 8)
        let plane = Plane(width: 23, height: 19, samples: noise.bytes(23 * 19)), integral = IntegralImage(of: plane)
        for region in [
            Region(x: 0, y: 0, width: 23, height: 19), Region(x: -5, y: 3, width: 9, height: 50),
            Region(x: 22, y: 18, width: 1, height: 1),
        ] {
            var sum = 0
            for y in max(0, region.y)..<min(19, region.maxY) {
                for x in max(0, region.x)..<min(23, region.maxX) { sum += Int(plane[x, y]) }
            }
            #expect(integral.sum(over: region) == Double(sum))
        }
        #expect(integral.mean(over: Region(x: 30, y: 0, width: 2, height: 2)) == nil)
    }

    @Test func correlationIgnoresGainAndOffset() {
        var noise = Noise(seed: 9)
        let plane = Plane(width: 40, height: 30, samples: noise.bytes(1200)).floats
        var light = plane, inverse = plane
        for i in plane.samples.indices {
            light.samples[i] = 0.4 * plane.samples[i] + 60
            inverse.samples[i] = 255 - plane.samples[i]
        }
        let same = LocalCorrelation(of: plane, with: light, radius: 3),
            other = LocalCorrelation(of: plane, with: inverse, radius: 3)
        #expect(
            same.correlation.samples.allSatisfy { $0 > 0.999 } && other.correlation.samples.allSatisfy { $0 < -0.999 })
        #expect(zip(same.firstDeviation.samples, same.secondDeviation.samples).allSatisfy { abs(0.4 * $0 - $1) < 0.02 })
        #expect(zip(same.firstMean.samples, plane.boxMean(radius: 3).samples).allSatisfy { abs($0 - $1) < 0.01 })
    }

    @Test(arguments: [1, 2, 3, 5]) func downscaleIsTheRoundedMean(factor: Int) {
        var noise = Noise(seed: UInt64(factor))
        let image = noise.image(17, 13), small = image.downscaled(by: factor)
        #expect(small.width == 17 / factor && small.height == 13 / factor)
        for y in 0..<small.height {
            for x in 0..<small.width {
                var sum = 0
                for v in 0..<factor { for u in 0..<factor { sum += Int(image[x * factor + u, y * factor + v].green) } }
                #expect(Int(small[x, y].green) == (sum + factor * factor / 2) / (factor * factor))
            }
        }
    }

    @Test func resizeCoversEveryPixelOnce() {
        var noise = Noise(seed: 4)
        let plane = Plane(width: 30, height: 20, samples: noise.bytes(600))
        #expect(plane.resized(to: plane.size) == plane)
        #expect(plane.resized(to: Size(width: 15, height: 10)) == plane.downscaled(by: 2))
        let one = plane.resized(to: Size(width: 1, height: 1))
        #expect(abs(Double(one.samples[0]) - Double(plane.samples.reduce(0) { $0 + Int($1) }) / 600) <= 0.51)
    }

    @Test func whatGrowsLiesBetweenItsNeighbours() {
        let ramp = Plane<UInt8>(width: 3, height: 1, samples: [0, 80, 160])
        // Middles of the new pixels at −0.25, 0.25, 0.75, … of the old ones.
        #expect(
            ramp.resized(to: Size(width: 6, height: 2)).samples == [0, 20, 60, 100, 140, 160, 0, 20, 60, 100, 140, 160])
        let dot = Plane<UInt8>(width: 1, height: 1, samples: [7])
        #expect(dot.resized(to: Size(width: 5, height: 3)) == Plane(width: 5, height: 3, repeating: 7))
        var noise = Noise(seed: 5)
        let plane = Plane(width: 9, height: 40, samples: noise.bytes(360))
        // One axis shrinks while the other grows.
        let mixed = plane.resized(to: Size(width: 18, height: 20))
        #expect(mixed.size == Size(width: 18, height: 20))
        #expect(mixed.samples.max() ?? 255 <= plane.samples.max() ?? 0)
        #expect(mixed.samples.min() ?? 0 >= plane.samples.min() ?? 255)
    }
}
