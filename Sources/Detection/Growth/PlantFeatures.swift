import Pixels

/// The features of a plot's blocks, row by row: their own values and the means of the squares around them.
///
/// - Border: where the picture ends, the square does. Pixels outside the plot lend context, at most
///   ``reachInPixels`` away.
/// - Exactness: sums are whole numbers, so a block's features depend neither on the plot's place nor on the way to it.
struct PlantFeatures {
    /// Radii of the squares in blocks.
    static let radii = [1, 4, 12]
    /// Level, two colours, spread, least; and eight for each radius.
    static let count = 5 + 8 * radii.count
    static let reachInPixels = 2 * 12 + 1

    private typealias Values = PlantBlocks.Values

    private let blocks: PlantBlocks
    private let columns: Range<Int>
    /// Level of light that the plot's blocks are taken against.
    private let middle: Int32
    /// The last rows of block values, row y at `y % ring`.
    private var rows: [Values]
    private let ring: Int
    private var ready: Int
    /// For each radius the sums over its rows of each column, and the rows that they hold.
    private var sums: [[Values]]
    private var held: [Range<Int>]

    /// - Parameters:
    ///   - wanted: the blocks that features are asked for.
    ///   - middle: median of the plot's levels of light.
    init(of blocks: PlantBlocks, wanted: Region, middle: Int32) {
        self.blocks = blocks
        self.middle = middle
        let reach = PlantFeatures.radii.max() ?? 0
        columns = max(0, wanted.x - reach)..<min(blocks.size.width, wanted.maxX + reach)
        ring = 2 * reach + 2
        rows = [Values](repeating: .zero, count: ring * columns.count)
        let first = max(0, wanted.y - reach)
        ready = first
        let none = [Values](repeating: .zero, count: columns.count)
        sums = [[Values]](repeating: none, count: PlantFeatures.radii.count)
        held = [Range<Int>](repeating: first..<first, count: PlantFeatures.radii.count)
    }

    /// The features of the blocks of row `y` that `columns` names, one after the other.
    ///
    /// - Parameter give: gets the column and `count` features.
    /// - Precondition: every row of the wanted region is asked for, from top to bottom.
    mutating func row(_ y: Int, columns wanted: [Int], give: (Int, UnsafeBufferPointer<Float>) -> Void) {
        for k in PlantFeatures.radii.indices { hold(y, k) }
        guard !wanted.isEmpty else { return }
        let width = columns.count
        var squares = [Values](repeating: .zero, count: PlantFeatures.radii.count * wanted.count)
        for (k, radius) in PlantFeatures.radii.enumerated() {
            slide(sums[k], radius: radius, over: wanted, into: &squares, from: k * wanted.count)
        }
        let own = (y % ring) * width
        withUnsafeTemporaryAllocation(of: Float.self, capacity: PlantFeatures.count) { out in
            for (n, x) in wanted.enumerated() {
                let base = rows[own + x - columns.lowerBound]
                out[0] = Float(base[0] &- middle)
                out[1] = Float(base[1])
                out[2] = Float(base[2])
                out[3] = Float(base[3])
                out[4] = Float(base[7])
                for (k, radius) in PlantFeatures.radii.enumerated() {
                    let across = min(x + radius + 1, blocks.size.width) - max(x - radius, 0)
                    PlantFeatures.square(
                        squares[k * wanted.count + n], count: across * held[k].count, level: base[0],
                        into: UnsafeMutableBufferPointer(rebasing: out[(5 + 8 * k)...]))
                }
                give(x, UnsafeBufferPointer(out))
            }
        }
    }

    /// Brings the column sums of a radius to the rows around `y`.
    private mutating func hold(_ y: Int, _ k: Int) {
        let radius = PlantFeatures.radii[k], width = columns.count
        let target = max(0, y - radius)..<min(blocks.size.height, y + radius + 1)
        while ready < target.upperBound {
            let at = (ready % ring) * width
            rows.withUnsafeMutableBufferPointer { rows in
                guard let first = rows.baseAddress else { return }
                blocks.row(ready, columns: columns, into: first + at)
            }
            ready += 1
        }
        for row in held[k].upperBound..<max(held[k].upperBound, target.upperBound) where row >= target.lowerBound {
            let at = (row % ring) * width
            for x in 0..<width { sums[k][x] &+= rows[at + x] }
        }
        for row in held[k].lowerBound..<min(held[k].upperBound, target.lowerBound) {
            let at = (row % ring) * width
            for x in 0..<width { sums[k][x] &-= rows[at + x] }
        }
        held[k] = target
    }

    /// Sums over squares at the wanted columns.
    private func slide(
        _ sums: [Values], radius: Int, over wanted: [Int], into squares: inout [Values], from first: Int
    ) {
        var sum = Values.zero, low = 0, high = 0
        for (n, x) in wanted.enumerated() {
            let at = x - columns.lowerBound
            let begin = max(0, at - radius), end = min(sums.count, at + radius + 1)
            if begin >= high {
                sum = .zero
                low = begin
                high = begin
            }
            while high < end {
                sum &+= sums[high]
                high += 1
            }
            while low < begin {
                sum &-= sums[low]
                low += 1
            }
            squares[first + n] = sum
        }
    }

    /// Features of one square from the sums over its blocks.
    private static func square(_ sums: Values, count: Int, level: Int32, into out: UnsafeMutableBufferPointer<Float>) {
        let share = 1 / Float(count)
        // Squares of the colours may pass 2^31, never 2^32.
        func deviation(_ squares: Int32, _ mean: Float) -> Float {
            let value = Float(UInt32(bitPattern: squares)) * share - mean * mean
            return value > 0 ? value.squareRoot() : 0
        }
        let mean = SIMD8<Float>(sums) * share
        out[0] = Float(level) - mean[0]
        out[1] = mean[1]
        out[2] = mean[2]
        out[3] = mean[3]
        out[4] = mean[7]
        out[5] = deviation(sums[4], mean[0])
        out[6] = deviation(sums[5], mean[1])
        out[7] = deviation(sums[6], mean[2])
    }
}
