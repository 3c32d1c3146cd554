import Decoding
import Foundation
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PlantOutlineTests {
    /// Seedlings against masks drawn by hand, block by block: intersection over union where a block is a plant from a
    /// half on. Two drawings of such a mask differ by about a tenth of their union.
    @Test(.enabled(if: RealData.isPresent, "PLOTWATCH_DATA is not set")) func seedlingsAreOutlined() throws {
        let folder = try #require(RealData.folder).appending(path: "canopy-cover")
        var agreements: [Double] = []
        for number in [3438, 3444, 3452, 3459, 3465, 3470, 3475] {
            func picture(_ path: String) throws -> RGBImage {
                try Decoder().rgb([UInt8](Data(contentsOf: folder.appending(path: path))), scale: .half).content
            }
            let image = try picture("images/IMG_\(number).JPG")
            let drawn = try picture("vegetation_masks/IMG_\(number).png")
            try #require(drawn.size == image.size)
            var both = 0, either = 0
            plants(in: image) { x, y, share in
                let corners = [(0, 0), (1, 0), (0, 1), (1, 1)].map { i, j in
                    Int(drawn.bytes[3 * ((2 * y + j) * drawn.width + 2 * x + i)])
                }
                let isDrawn = corners.reduce(0, +) >= 2 * 255, isFound = share >= 0.5
                both += isDrawn && isFound ? 1 : 0
                either += isDrawn || isFound ? 1 : 0
            }
            agreements.append(Double(both) / Double(either))
        }
        let mean = agreements.reduce(0, +) / Double(agreements.count)
        #expect(mean >= 0.90 && agreements.allSatisfy { $0 > 0.87 }, "\(mean): \(agreements)")
    }

    /// The share of plants of every third block of every third row.
    private func plants(in image: RGBImage, give: (Int, Int, Float) -> Void) {
        let area = PlotArea(mask: Mask(width: image.width, height: image.height, inside: true)).blocks
        var features = PlantFeatures(of: image, in: area, kernels: .best)
        var blocks = LaneGroups(capacity: 0), places: [(x: Int, y: Int)] = []
        for y in stride(from: area.region.y, to: area.region.maxY, by: 3) {
            let columns = Array(stride(from: area.region.x, to: area.region.maxX, by: 3))
            features.row(y, columns: columns) { x, values in
                blocks.add(values)
                places.append((x, y))
            }
        }
        blocks.lower(by: features.medianLevel())
        let network = GrowthMeasurementTests.plants.network.adapted(
            to: blocks.values.span, count: blocks.count, kernels: .best)
        var scratch = Perceptron.Scratch(for: network)
        let lanes = Perceptron.lanes, length = PlantFeatures.count * lanes
        var told = [Float](repeating: 0, count: PlantShares.classCount * lanes)
        for first in stride(from: 0, to: places.count, by: lanes) {
            let at = first / lanes * length
            network.shares(blocks.values.span.extracting(at..<at + length), &scratch, into: &told, kernels: .best)
            for l in 0..<min(lanes, places.count - first) {
                give(places[first + l].x, places[first + l].y, 1 - told[l])
            }
        }
    }
}
