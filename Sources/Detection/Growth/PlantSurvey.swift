import Kernels
import Pixels

/// What share of a plot is plants, and which, by the plant model.
struct PlantSurvey: Sendable {
    let shares: PlantShares
    /// The same by the squares of the grid, where one is given.
    let cells: PlantCells?

    /// Blocks above which only some are looked at, spread evenly.
    ///
    /// On 29 plots of 17 photographs and renders the cover of so many was off that of all by 0.0017 at most, 0.0006 in
    /// the mean square (4096: 0.0028 and 0.0010).
    static let mostBlocks = 6144
    /// Blocks of a plot that tell the model what the plot is like, about. It learnt from groups of 256.
    static let contextBlocks = 1024

    /// - Precondition: the area has the picture's size and holds a pixel.
    /// - Complexity: O(area of the plot's bounds and ``PlantFeatures/reachInPixels`` around them), and the model for
    ///   ``mostBlocks`` at most; memory in proportion to the width.
    ///
    /// - Parameters:
    ///   - crop: what is grown there, by the name of its file in `models/crops`; `nil` = not known.
    ///   - shift: how far the picture is displaced against the grid, in blocks.
    init(
        of image: RGBImage, in area: PlotArea, crop: String? = nil, model: PlantModel, kernels: KernelSet,
        grid: CrownGrid? = nil, shift: (x: Int, y: Int) = (0, 0)
    ) {
        let plot = area.blocks, sample = EvenSample(of: plot.count, most: PlantSurvey.mostBlocks)
        var features = PlantFeatures(of: image, in: plot, kernels: kernels)
        var gathered = GatheredBlocks(expected: plot.count / (sample.down * sample.across))
        var columns: [Int] = []
        for (row, first) in sample.rows(of: plot.region.y..<plot.region.maxY) {
            columns.removeAll(keepingCapacity: true)
            for column in stride(from: plot.region.x + first, to: plot.region.maxX, by: sample.across)
            where plot[column, row] > 0 {
                columns.append(column)
            }
            features.row(row, columns: columns) { column, values in
                gathered.add(values, weight: plot[column, row])
                if let grid { gathered.cells.append(Int32(grid.cell(x: column, y: row, shift: shift))) }
            }
        }
        var cells = grid.map { PlantCells(grid: $0, isCropKnown: crop.map { model.network.kinds[$0] != nil } ?? false) }
        shares = gathered.shares(
            by: model.network.known(as: crop), middle: features.medianLevel(), kernels: kernels, cells: &cells)
        self.cells = cells
    }
}

/// The features of the blocks that the model is asked about, until the plot's median light is known.
private struct GatheredBlocks {
    private var blocks: LaneGroups
    private var weights: [UInt8] = []
    /// Every so many-th block tells what the plot is like.
    private var context: LaneGroups
    private let step: Int
    /// Of each block its square, where squares are asked for.
    var cells: [Int32] = []

    /// - Parameter expected: blocks that will be added, about.
    init(expected: Int) {
        step = max((expected + PlantSurvey.contextBlocks - 1) / PlantSurvey.contextBlocks, 1)
        blocks = LaneGroups(capacity: expected)
        context = LaneGroups(capacity: expected / step)
        weights.reserveCapacity(expected)
    }

    mutating func add(_ values: UnsafeBufferPointer<Float>, weight: UInt8) {
        if weights.count.isMultiple(of: step) { context.add(values) }
        blocks.add(values)
        weights.append(weight)
    }

    mutating func shares(by model: Perceptron, middle: Float, kernels: KernelSet, cells squares: inout PlantCells?)
        -> PlantShares
    {
        let lanes = Perceptron.lanes, length = PlantFeatures.count * lanes
        // Levels of light are taken against the plot's.
        context.lower(by: middle)
        blocks.lower(by: middle)
        let network = model.adapted(to: context.values.span, count: context.count, kernels: kernels)
        var scratch = Perceptron.Scratch(for: network)
        var told = [Float](repeating: 0, count: PlantShares.classCount * lanes)
        var classes = [Double](repeating: 0, count: PlantShares.classCount), pixels = 0.0
        for first in stride(from: 0, to: weights.count, by: lanes) {
            let at = first / lanes * length
            network.shares(
                blocks.values.span.extracting(at..<at + length), &scratch, into: &told, kernels: kernels)
            told.withUnsafeBufferPointer { told in
                classes.withUnsafeMutableBufferPointer { classes in
                    for l in 0..<min(lanes, weights.count - first) {
                        let weight = Double(weights[first + l])
                        pixels += weight
                        for j in 0..<PlantShares.classCount { classes[j] += weight * Double(told[j * lanes + l]) }
                        guard squares != nil else { continue }
                        let plants = 1 - told[l], weed = told[2 * lanes + l]
                        squares?.sums[Int(cells[first + l])] +=
                            Float(weight) * SIMD4(1, plants, plants - weed, weed)
                    }
                }
            }
        }
        return PlantShares(sums: classes, pixels: max(pixels, 1))
    }
}

/// Features of blocks as the perceptron takes them: feature k of block n at
/// `(n / lanes * PlantFeatures.count + k) * lanes + n % lanes`.
struct LaneGroups {
    private(set) var values: [Float] = []
    private(set) var count = 0

    init(capacity: Int) { values.reserveCapacity((capacity + Perceptron.lanes) * PlantFeatures.count) }

    mutating func add(_ features: UnsafeBufferPointer<Float>) {
        let lanes = Perceptron.lanes, lane = count % lanes, group = count / lanes
        if lane == 0 { values += repeatElement(0, count: PlantFeatures.count * lanes) }
        values.withUnsafeMutableBufferPointer { values in
            var at = group &* PlantFeatures.count &* lanes &+ lane
            for k in 0..<PlantFeatures.count {
                values[at] = features[k]
                at &+= lanes
            }
        }
        count += 1
    }

    /// Takes `middle` off every block's first feature.
    mutating func lower(by middle: Float) {
        let lanes = Perceptron.lanes
        values.withUnsafeMutableBufferPointer { values in
            for first in stride(from: 0, to: values.count, by: PlantFeatures.count * lanes) {
                for l in 0..<lanes { values[first &+ l] -= middle }
            }
        }
    }
}
