import Analysis
import Kernels
import Pixels
import Testing

@Suite struct MeasuredColorTests {
    /// Known answers: percentile, std and corrcoef of numpy 2.
    @Test func fourPixels() throws {
        let image = RGBImage(width: 2, height: 2, bytes: [1, 10, 0, 2, 20, 255, 3, 30, 7, 4, 41, 7])
        let color = try #require(
            MeasuredColor(of: image, inside: Mask(width: 2, height: 2, inside: true), kernels: .best))
        #expect(color.pixelCount == 4)
        #expect(color.red.mean == 2.5)
        #expect(abs(color.red.standardDeviation - 1.118033988749895) < 1e-15)
        #expect(zip(color.red.quantiles, [1.15, 1.3, 1.75, 2.5, 3.25, 3.7, 3.85]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(color.clippedShare == 0.5)
        #expect(abs(color.redGreenCorrelation - 0.999717341116509) < 1e-12)
    }

    @Test func nothingInsideIsNothingMeasured() {
        let image = RGBImage(width: 3, height: 1, bytes: [UInt8](repeating: 9, count: 9))
        #expect(MeasuredColor(of: image, inside: Mask(width: 3, height: 1, inside: false), kernels: .best) == nil)
        let empty = RGBImage(width: 0, height: 4, bytes: [])
        #expect(MeasuredColor(of: empty, inside: Mask(width: 0, height: 4, inside: true), kernels: .best) == nil)
    }

    @Test func aConstantChannelHasNoCorrelation() throws {
        let image = RGBImage(width: 2, height: 1, bytes: [5, 10, 20, 5, 30, 10])
        let color = try #require(
            MeasuredColor(of: image, inside: Mask(width: 2, height: 1, inside: true), kernels: .best))
        #expect(color.redGreenCorrelation.isNaN && color.blueRedCorrelation.isNaN)
        #expect(color.greenBlueCorrelation == -1)
        #expect(color.red.standardDeviation == 0)
    }

    @Test(arguments: [(1, 1), (17, 3), (64, 33), (5, 40)]) func againstPlainSums(width: Int, height: Int) throws {
        var noise = Noise(seed: UInt64(width))
        let image = noise.image(width, height)
        var mask = noise.mask(width, height)
        mask[width / 2, height / 2] = true
        let inside = mask.bytes.indices.filter { mask.bytes[$0] != 0 }
        let channels = (0..<3).map { c in inside.map { Double(image.bytes[3 * $0 + c]) } }
        let means = channels.map { $0.reduce(0, +) / Double($0.count) }
        func covariance(_ a: Int, _ b: Int) -> Double {
            zip(channels[a], channels[b]).map { ($0 - means[a]) * ($1 - means[b]) }.reduce(0, +) / Double(inside.count)
        }
        let found = KernelSet.all.map { MeasuredColor(of: image, inside: mask, kernels: $0) }
        let color = try #require(found[0])
        for (c, channel) in [color.red, color.green, color.blue].enumerated() {
            #expect(abs(channel.mean - means[c]) < 1e-9)
            #expect(abs(channel.standardDeviation - covariance(c, c).squareRoot()) < 1e-9)
            let sorted = channels[c].sorted()
            for (q, percent) in zip(channel.quantiles, MeasuredChannel.probabilities) {
                let position = Double(sorted.count - 1) * Double(percent) / 100, k = Int(position)
                let expected = sorted[k] + (sorted[min(k + 1, sorted.count - 1)] - sorted[k]) * (position - Double(k))
                #expect(abs(q - expected) < 1e-9)
            }
        }
        if inside.count > 2 {
            let expected = covariance(0, 1) / (covariance(0, 0) * covariance(1, 1)).squareRoot()
            #expect(abs(color.redGreenCorrelation - expected) < 1e-9)
            #expect(found.allSatisfy { $0 == color }, "the choice of kernels changes nothing")
        }
    }

    @Test func otsuSplitsTwoHumpsAndSaysHowWell() throws {
        let plane = Plane<UInt8>(width: 4, height: 2, samples: [10, 12, 11, 10, 200, 202, 201, 199])
        let split = try #require(Histogram(of: plane).otsu)
        #expect((12..<199).contains(split.threshold) && split.upperShare == 0.5 && split.separability > 0.99)
        #expect(Histogram(of: Plane<UInt8>(width: 3, height: 1, repeating: 7)).otsu == nil)
    }

    @Test func luminanceIsRec601Rounded() {
        var noise = Noise(seed: 3)
        let image = noise.image(37, 11), plane = Plane(luminanceOf: image)
        for i in 0..<37 * 11 {
            let sum =
                299 * Int(image.bytes[3 * i]) + 587 * Int(image.bytes[3 * i + 1]) + 114 * Int(image.bytes[3 * i + 2])
            #expect(Int(plane.samples[i]) == (sum + 500) / 1000)
        }
    }
}
