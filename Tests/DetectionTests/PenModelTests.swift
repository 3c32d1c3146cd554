import Analysis
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PenModelTests {
    /// The pen of `scripts/flocktraining/penvectors.py`.
    static let features: PenFeatures = {
        let pen = PlantModelTests.picture
        var image = pen
        for y in 0..<image.height {
            for x in 20..<48 {
                for k in 0..<3 {
                    let i = 3 * (y * image.width + x) + k
                    image.bytes[i] = UInt8(Int(image.bytes[i]) * 11 / 16)
                }
            }
        }
        for (left, top, level) in [(10, 8, UInt8(225)), (40, 20, 40), (55, 30, 225)] {
            for y in top..<top + 6 {
                for x in left..<left + 9 {
                    let value = y == top + 2 ? level / 2 : level
                    image[x, y] = (value, value, value)
                }
            }
        }
        let spread = Plane<UInt8>(
            width: pen.width, height: pen.height,
            samples: (0..<pen.size.area).map { UInt8((3 * ($0 % pen.width) + 5 * ($0 / pen.width)) % 7) })
        return PenFeatures(
            of: image, against: pen, spread: spread, lengths: (0..<pen.height).map { 5 + 0.05 * Float($0) })
    }()

    @Test func featuresAreThoseOfTheTraining() throws {
        var found: [Int: [Float]] = [:]
        Self.features.forEachDifference { place, values in found[place] = Array(values) }
        #expect(abs(found.count - PenVectors.differing) <= 2)
        for pixel in PenVectors.pixels {
            let values = try #require(found[pixel.y * Self.features.size.width + pixel.x])
            #expect(values.count == PenFeatures.count)
            for (k, pair) in zip(values, pixel.features).enumerated() {
                #expect(abs(pair.0 - pair.1) <= 2e-3, "pixel \(pixel.x), \(pixel.y), feature \(k)")
            }
        }
    }

    @Test func certaintyIsThatOfTheTraining() throws {
        let likely = try PenModel.shipped.get().animals(in: Self.features, kernels: .best)
        for pixel in PenVectors.pixels {
            #expect(abs(likely[pixel.x, pixel.y] - pixel.animal) < 0.01, "pixel \(pixel.x), \(pixel.y)")
        }
    }

    @Test func nothingThatIsAsItWasIsAnAnimal() throws {
        let pen = PlantModelTests.picture
        let features = PenFeatures(
            of: pen, against: pen, spread: Plane(width: pen.width, height: pen.height, repeating: 0),
            lengths: [Float](repeating: 6, count: pen.height))
        #expect(try PenModel.shipped.get().animals(in: features, kernels: .best).samples.allSatisfy { $0 == 0 })
    }

    @Test func sumsOfWindowsAreThoseOfTheirPixels() {
        var random = SeededGenerator(seed: 3)
        for (width, height) in [(1, 1), (1, 9), (13, 1), (17, 11)] {
            let plane = Plane<Float>(
                width: width, height: height,
                samples: (0..<width * height).map { _ in .random(in: -1...1, using: &random) })
            let sums = WindowSums(of: plane)
            for radius in [0, 1, 3, 40] {
                for y in 0..<height {
                    for x in 0..<width {
                        var sum = 0.0, count = 0.0
                        for v in max(0, y - radius)...min(height - 1, y + radius) {
                            for u in max(0, x - radius)...min(width - 1, x + radius) {
                                sum += Double(plane[u, v])
                                count += 1
                            }
                        }
                        #expect(abs(Double(sums.mean(x, y, radius: radius)) - sum / count) < 1e-5)
                    }
                }
            }
        }
    }

    @Test(arguments: ["", "sizes 44 2", "sizes 44 16 3\n"]) func anotherFileIsNotTaken(_ text: String) {
        #expect {
            try PenModel(text: text)
        } throws: { error in
            (error as? PlantModelFault)?.remedy.contains("train-flock") == true || error is PlantModelFault
        }
    }
}
