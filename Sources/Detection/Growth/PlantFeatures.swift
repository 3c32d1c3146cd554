import Kernels
import Pixels

/// The features of a plot's blocks, row by row: their own values and the means of the squares around them.
///
/// - Border: where the picture ends, the square does. Pixels outside the plot lend context, at most
///   ``reachInPixels`` away.
/// - Exactness: sums are whole numbers, so a block's features depend neither on the plot's place nor on the way to it.
struct PlantFeatures {
    /// Radii of the squares in blocks, the greatest last.
    static let radii = [1, 4, 12]
    /// Level, two colours, spread, least; and eight for each radius.
    static let count = 5 + 8 * radii.count
    static let reachInPixels = 2 * 12 + 1

    private typealias Sums = SIMD8<Int32>

    private var blocks: PlantBlocks
    private let plot: PlotBlocks
    private let kernels: KernelSet
    private let columns: Range<Int>
    /// The last rows of block values, row y at `y % ring`.
    private var rows: [Int16]
    private static let ring = 2 * 12 + 2
    /// The first row that was not worked out yet.
    private var ready: Int
    /// For each radius the sums over its rows of each column, and the rows that they hold.
    private var sums: [[Int32]]
    private var held: [Range<Int>]
    /// Sums from the first column on, for each radius.
    private var running: [[Sums]]
    /// How many of the plot's blocks have each level of light, in the rows worked out so far.
    private var levels: [Int32]

    init(of image: RGBImage, in plot: PlotBlocks, kernels: KernelSet) {
        blocks = PlantBlocks(of: image, kernels: kernels)
        self.plot = plot
        self.kernels = kernels
        let reach = PlantFeatures.ring / 2 - 1
        columns = max(0, plot.region.x - reach)..<min(blocks.size.width, plot.region.maxX + reach)
        rows = [Int16](repeating: 0, count: PlantFeatures.ring * BlockColors.count * columns.count)
        ready = max(0, plot.region.y - reach)
        let none = [Int32](repeating: 0, count: BlockSums.count * columns.count)
        sums = PlantFeatures.radii.map { _ in none }
        held = [Range<Int>](repeating: ready..<ready, count: PlantFeatures.radii.count)
        running = [[Sums]](
            repeating: [Sums](repeating: .zero, count: columns.count + 1), count: PlantFeatures.radii.count)
        levels = [Int32](repeating: 0, count: Int(PlantBlocks.logarithm.last ?? 0) + 1)
    }

    /// The features of the blocks of row `y` that `columns` names, one after the other; the first is the level of light
    /// itself, not yet against ``medianLevel()``.
    ///
    /// - Parameter give: gets the column and `count` features.
    /// - Precondition: rows are asked for from top to bottom.
    mutating func row(_ y: Int, columns wanted: [Int], give: (Int, UnsafeBufferPointer<Float>) -> Void) {
        guard !wanted.isEmpty else { return }
        hold(y)
        for k in PlantFeatures.radii.indices { accumulate(k) }
        let width = columns.count, own = (y % PlantFeatures.ring) * BlockColors.count * width
        withUnsafeTemporaryAllocation(of: Float.self, capacity: PlantFeatures.count) { out in
            for x in wanted {
                let at = x - columns.lowerBound
                for k in 0..<BlockColors.count { out[k] = Float(rows[own + k * width + at]) }
                for (k, radius) in PlantFeatures.radii.enumerated() {
                    let left = max(at - radius, 0), right = min(at + radius + 1, width)
                    PlantFeatures.square(
                        running[k][right] &- running[k][left], count: (right - left) * held[k].count, level: out[0],
                        into: UnsafeMutableBufferPointer(rebasing: out[(5 + 8 * k)...]))
                }
                give(x, UnsafeBufferPointer(out))
            }
        }
    }

    /// Level of light at or below which half of the plot's blocks lie.
    mutating func medianLevel() -> Float {
        while ready < plot.region.maxY { workOut() }
        var below: Int32 = 0
        for (level, found) in levels.enumerated() {
            below += found
            if below > Int32(max(plot.count - 1, 0) / 2) { return Float(level) }
        }
        return 0
    }

    /// Works out the next row, and moves the sums of the greatest squares on.
    private mutating func workOut() {
        let width = columns.count, length = BlockColors.count * width, at = (ready % PlantFeatures.ring) * length
        rows.withUnsafeMutableBufferPointer { rows in
            var row = UnsafeMutableBufferPointer(rebasing: rows[at..<at + length]).mutableSpan
            blocks.row(ready, columns: columns, into: &row)
        }
        let last = PlantFeatures.radii.count - 1
        add(ready, last)
        ready += 1
        if ready - held[last].lowerBound > 2 * PlantFeatures.radii[last] + 1 { takeOff(last) }
        count(ready - 1, at)
    }

    private mutating func count(_ y: Int, _ at: Int) {
        let region = plot.region
        guard y >= region.y, y < region.maxY else { return }
        let first = at + region.x - columns.lowerBound, from = (y - region.y) * region.width
        rows.withUnsafeBufferPointer { rows in
            plot.pixels.withUnsafeBufferPointer { pixels in
                levels.withUnsafeMutableBufferPointer { levels in
                    for x in 0..<region.width { levels[Int(rows[first &+ x])] &+= pixels[from &+ x] > 0 ? 1 : 0 }
                }
            }
        }
    }

    /// Brings the column sums to the rows around `y`.
    private mutating func hold(_ y: Int) {
        let height = blocks.size.height, greatest = PlantFeatures.radii.count - 1
        while ready < min(height, y + PlantFeatures.radii[greatest] + 1) { workOut() }
        for (k, radius) in PlantFeatures.radii.enumerated() {
            let target = max(0, y - radius)..<min(height, y + radius + 1)
            // From the rows held, or anew: whichever takes less.
            if k != greatest, target.lowerBound - held[k].lowerBound > target.count / 2 {
                sums[k].withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
                held[k] = target.lowerBound..<target.lowerBound
            }
            while held[k].upperBound < target.upperBound { add(held[k].upperBound, k) }
            while held[k].lowerBound < target.lowerBound { takeOff(k) }
        }
    }

    private mutating func add(_ y: Int, _ k: Int) {
        change(y, k, isTakenOff: false)
        held[k] = held[k].lowerBound..<y + 1
    }

    private mutating func takeOff(_ k: Int) {
        change(held[k].lowerBound, k, isTakenOff: true)
        held[k] = held[k].lowerBound + 1..<held[k].upperBound
    }

    private mutating func change(_ y: Int, _ k: Int, isTakenOff: Bool) {
        let length = BlockColors.count * columns.count, at = (y % PlantFeatures.ring) * length
        rows.withUnsafeBufferPointer { rows in
            sums[k].withUnsafeMutableBufferPointer { sums in
                var sums = sums.mutableSpan
                kernels.blockSums(UnsafeBufferPointer(rebasing: rows[at..<at + length]).span, isTakenOff, &sums)
            }
        }
    }

    /// The sums of a radius from the first column on.
    private mutating func accumulate(_ k: Int) {
        let width = columns.count
        sums[k].withUnsafeBufferPointer { s in
            running[k].withUnsafeMutableBufferPointer { running in
                var sum = Sums.zero
                for x in 0..<width {
                    sum &+= Sums(
                        s[x], s[x &+ width], s[x &+ 2 &* width], s[x &+ 3 &* width], s[x &+ 5 &* width],
                        s[x &+ 6 &* width], s[x &+ 7 &* width], s[x &+ 4 &* width])
                    running[x &+ 1] = sum
                }
            }
        }
    }

    /// Features of one square from the sums over its blocks.
    private static func square(_ sums: Sums, count: Int, level: Float, into out: UnsafeMutableBufferPointer<Float>) {
        let share = 1 / Float(count)
        // Squares of the colours may pass 2^31, never 2^32.
        func deviation(_ squares: Int32, _ mean: Float) -> Float {
            let value = Float(UInt32(bitPattern: squares)) * share - mean * mean
            return value > 0 ? value.squareRoot() : 0
        }
        let mean = SIMD8<Float>(sums) * share
        out[0] = level - mean[0]
        out[1] = mean[1]
        out[2] = mean[2]
        out[3] = mean[3]
        out[4] = mean[7]
        out[5] = deviation(sums[4], mean[0])
        out[6] = deviation(sums[5], mean[1])
        out[7] = deviation(sums[6], mean[2])
    }
}
