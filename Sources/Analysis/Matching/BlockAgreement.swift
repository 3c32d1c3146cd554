import Pixels

/// Block by block, how alike two pictures are that lie in one frame: normalised correlation at the best of a few shifts.
public struct BlockAgreement: Sendable {
    public struct Block: Sendable {
        /// Middle of the block, pixels of the frame.
        public var middle: SIMD2<Double>
        /// −1…1.
        public var correlation: Double
        /// The shift at which it is so, pixels.
        public var shift: SIMD2<Double> = .zero
    }

    /// Blocks in which both pictures show something.
    public let blocks: [Block]
    /// Pixels from one block to the next.
    private let step: Int

    /// - Parameters:
    ///   - valid: where the second picture has content.
    ///   - side: of a block, pixels.
    ///   - step: from one block to the next, pixels; the side where it is not given.
    ///   - reach: how far a block may be shifted, pixels either way.
    ///   - contrast: least standard deviation, levels, of a block that shows something.
    /// - Complexity: O(pixels × (2 · reach + 1)²).
    public init(
        of first: Plane<UInt8>, and second: Plane<UInt8>, valid: Mask, side: Int, step: Int? = nil, reach: Int,
        contrast: Double
    ) {
        precondition(first.size == second.size && valid.size == first.size, "two planes and a mask of one size")
        var blocks: [Block] = []
        let width = first.width, step = max(step ?? side, 1)
        self.step = step
        // Each place of the second is looked at by many blocks.
        var known = [(mean: Double, deviation: Double)?](repeating: nil, count: second.samples.count)
        for y0 in stride(from: reach, through: first.height - side - reach, by: step) {
            for x0 in stride(from: reach, through: width - side - reach, by: step) {
                var isWhole = true
                for (x, y) in [
                    (x0 - reach, y0 - reach), (x0 + side + reach - 1, y0 - reach), (x0 - reach, y0 + side + reach - 1),
                    (x0 + side + reach - 1, y0 + side + reach - 1), (x0 + side / 2, y0 + side / 2),
                ]
                where valid.bytes[y * width + x] == 0 { isWhole = false }
                guard isWhole else { continue }
                var best = -1.0, shows = false, shift = SIMD2<Double>.zero
                let own = BlockAgreement.moments(first, x0, y0, side)
                guard own.deviation >= contrast else { continue }
                for dy in -reach...reach {
                    for dx in -reach...reach {
                        let at = (y0 + dy) * width + x0 + dx
                        let other = known[at] ?? BlockAgreement.moments(second, x0 + dx, y0 + dy, side)
                        known[at] = other
                        guard other.deviation >= contrast else { continue }
                        shows = true
                        var sum = 0.0
                        for y in 0..<side {
                            let a = (y0 + y) * width + x0, b = (y0 + dy + y) * width + x0 + dx
                            var row = 0
                            for x in 0..<side { row += Int(first.samples[a + x]) * Int(second.samples[b + x]) }
                            sum += Double(row)
                        }
                        let covariance = sum / Double(side * side) - own.mean * other.mean
                        let correlation = covariance / (own.deviation * other.deviation)
                        if correlation > best {
                            best = correlation
                            shift = SIMD2(Double(dx), Double(dy))
                        }
                    }
                }
                let middle = SIMD2(Double(x0) + Double(side) / 2, Double(y0) + Double(side) / 2)
                blocks.append(Block(middle: middle, correlation: shows ? best : 0, shift: shift))
            }
        }
        self.blocks = blocks
    }

    /// Share of the blocks that correlate by at least `least`; `nil` for fewer than `few` blocks.
    public func share(from least: Double, few: Int = 8) -> Double? {
        guard blocks.count >= few else { return nil }
        return Double(blocks.filter { $0.correlation >= least }.count) / Double(blocks.count)
    }

    /// Share of the blocks that correlate by at least `least` and are shifted as at least half of the neighbours that
    /// do: one place from a step aside, where what is near moves more than what is far, but walls move as a whole.
    /// Chance shifts do not agree.
    ///
    /// - Parameter tolerance: pixels between two shifts that agree.
    /// - Returns: `nil` for fewer than `few` blocks.
    /// - Complexity: O(blocks).
    public func coherentShare(from least: Double, tolerance: Double, few: Int = 8) -> Double? {
        guard blocks.count >= few else { return nil }
        var good: [SIMD2<Int>: SIMD2<Double>] = [:]
        func place(_ block: Block) -> SIMD2<Int> {
            SIMD2(Int(block.middle.x) / step, Int(block.middle.y) / step)
        }
        for block in blocks where block.correlation >= least { good[place(block)] = block.shift }
        let coherent = good.filter { here, shift in
            var near = 0, alike = 0
            for dy in -1...1 {
                for dx in -1...1 where dx != 0 || dy != 0 {
                    guard let other = good[SIMD2(here.x + dx, here.y + dy)] else { continue }
                    near += 1
                    let off = other - shift
                    if off.x * off.x + off.y * off.y < tolerance * tolerance { alike += 1 }
                }
            }
            return near > 0 && 2 * alike >= near
        }
        return Double(coherent.count) / Double(blocks.count)
    }

    private static func moments(_ plane: Plane<UInt8>, _ x0: Int, _ y0: Int, _ side: Int) -> (
        mean: Double, deviation: Double
    ) {
        var sum = 0, squares = 0
        for y in y0..<y0 + side {
            let base = y * plane.width + x0
            for x in 0..<side {
                let v = Int(plane.samples[base + x])
                sum += v
                squares += v * v
            }
        }
        let n = Double(side * side), mean = Double(sum) / n
        return (mean, max(0, Double(squares) / n - mean * mean).squareRoot())
    }
}
