import Pixels

/// What share of a plot is plants, and which, by the plant model.
struct PlantSurvey: Sendable {
    let shares: PlantShares

    /// Blocks above which only every second, third… is looked at, spread evenly: more don't make a share surer.
    static let mostBlocks = 16384
    /// Chance of plants from which a block counts for as much; one with less counts for less than it says.
    ///
    /// The model learnt from plots full of plants, and gives bare ground a few per cent everywhere, which add up. Chosen
    /// on a rendered hamlet and seed 2 of the street (the weights learnt from the street, not from the hamlet), where it
    /// lowers the mean error from 0.063 to 0.043; higher values take too much from thin canopy and from seedlings.
    static let sure = 0.65

    /// - Precondition: `inside` has the picture's size and holds a pixel; `bounds` are its bounds.
    /// - Complexity: O(area of the bounds and ``PlantFeatures/reachInPixels`` around them); memory in proportion to
    ///   its width.
    init(of image: RGBImage, inside mask: Mask, bounds: Region, model: PlantModel) {
        let blocks = PlantBlocks(of: image)
        let x = bounds.x / 2, y = bounds.y / 2
        let region = Region(x: x, y: y, width: (bounds.maxX + 1) / 2 - x, height: (bounds.maxY + 1) / 2 - y)
        let census = Census(of: mask, in: region, blocks: blocks)
        var features = PlantFeatures(of: blocks, wanted: region, middle: census.medianLevel)
        var sums = Sums(model: model)
        let step = (census.count + PlantSurvey.mostBlocks - 1) / PlantSurvey.mostBlocks
        var columns: [Int] = []
        for row in region.y..<region.maxY {
            columns.removeAll(keepingCapacity: true)
            // Steps of the golden ratio from row to row spread the chosen blocks evenly.
            let offset = row * 618 * step / 1000
            for column in region.x..<region.maxX
            where census[column, row] > 0 && (column + offset).isMultiple(of: max(step, 1)) {
                columns.append(column)
            }
            features.row(row, columns: columns) { column, values in
                sums.add(values, weight: Float(census[column, row]), model: model)
            }
        }
        shares = sums.total(model: model)
    }

    /// The plot's pixels in each block, and how light its blocks are.
    private struct Census {
        private let region: Region
        private var pixels: [UInt8]
        private(set) var count = 0
        /// Half of the plot's blocks lie at or below it.
        private(set) var medianLevel: Int32 = 0

        init(of mask: Mask, in region: Region, blocks: PlantBlocks) {
            self.region = region
            var pixels = [UInt8](repeating: 0, count: region.width * region.height)
            for y in 2 * region.y..<min(2 * region.maxY, mask.height) {
                let row = (y / 2 - region.y) * region.width - region.x
                for x in 2 * region.x..<min(2 * region.maxX, mask.width) where mask.bytes[y * mask.width + x] != 0 {
                    pixels[row + x / 2] += 1
                }
            }
            self.pixels = pixels
            var histogram = [Int](repeating: 0, count: Int(PlantBlocks.logarithm.last ?? 0) + 1)
            var levels = [Int32](repeating: 0, count: region.width)
            for y in 0..<region.height {
                blocks.levels(region.y + y, columns: region.x..<region.maxX, into: &levels)
                for x in 0..<region.width where pixels[y * region.width + x] > 0 {
                    histogram[Int(levels[x])] += 1
                    count += 1
                }
            }
            let rank = max(count - 1, 0) / 2
            var below = 0
            for (level, found) in histogram.enumerated() {
                below += found
                guard below > rank else { continue }
                medianLevel = Int32(level)
                break
            }
        }

        subscript(x: Int, y: Int) -> UInt8 { pixels[(y - region.y) * region.width + x - region.x] }
    }

    /// Gathers blocks for the model and adds up what it says.
    private struct Sums {
        private var features = [Float](repeating: 0, count: PlantFeatures.count * PlantModel.lanes)
        private var weights = [Float](repeating: 0, count: PlantModel.lanes)
        private var filled = 0
        private var classes = [Double](repeating: 0, count: PlantShares.classCount)
        private var pixels = 0.0
        private var scratch: PlantModel.Scratch
        private var told = [Float](repeating: 0, count: PlantShares.classCount * PlantModel.lanes)

        init(model: PlantModel) { scratch = PlantModel.Scratch(for: model) }

        mutating func add(_ values: UnsafeBufferPointer<Float>, weight: Float, model: PlantModel) {
            for k in 0..<PlantFeatures.count { features[k * PlantModel.lanes + filled] = values[k] }
            weights[filled] = weight
            filled += 1
            if filled == PlantModel.lanes { tell(model) }
        }

        private mutating func tell(_ model: PlantModel) {
            model.shares(&features, &scratch, into: &told)
            for l in 0..<filled {
                let weight = Double(weights[l])
                pixels += weight
                let plants = 1 - Double(told[l])
                let decided = plants * min(plants / PlantSurvey.sure, 1)
                let scale = plants > 0 ? decided / plants : 0
                classes[0] += weight * (1 - decided)
                for j in 1..<PlantShares.classCount {
                    classes[j] += weight * scale * Double(told[j * PlantModel.lanes + l])
                }
            }
            filled = 0
        }

        mutating func total(model: PlantModel) -> PlantShares {
            if filled > 0 { tell(model) }
            return PlantShares(sums: classes, pixels: max(pixels, 1))
        }
    }
}
