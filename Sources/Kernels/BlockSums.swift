/// Adds a row of block colours, and the squares of the first three of them, to the sums of their columns.
///
/// - Exactness: bit-exact: sums are taken modulo 2³², so that a row that was added can be taken off again.
public enum BlockSums {
    /// Sums of a column: the values of ``BlockColors``, then the squares of the first three.
    public static let count = BlockColors.count + 3

    /// - Shape: value k of block i is `values[k * n + i]`, sum k of its column `sums[k * n + i]`.
    /// - Parameter isTakenOff: subtracts instead.
    /// - Precondition: `values.count == BlockColors.count * n`, `sums.count == count * n`.
    /// - Complexity: O(n); no allocation.
    public typealias Row =
        @Sendable (_ values: Span<Int16>, _ isTakenOff: Bool, _ sums: inout MutableSpan<Int32>) -> Void

    static let reference: Row = { values, isTakenOff, sums in
        let n = BlockSums.blocks(values, sums)
        for i in 0..<n {
            for k in 0..<count {
                let value = Int32(values[(k < BlockColors.count ? k : k - BlockColors.count) * n + i])
                let term = k < BlockColors.count ? value : value * value
                sums[k * n + i] = isTakenOff ? sums[k * n + i] &- term : sums[k * n + i] &+ term
            }
        }
    }

    private static func blocks(_ values: Span<Int16>, _ sums: borrowing MutableSpan<Int32>) -> Int {
        let n = values.count / BlockColors.count
        precondition(values.count == BlockColors.count * n && sums.count == count * n, "a sum for every value")
        return n
    }

    typealias Vector = @Sendable (UnsafePointer<Int16>, Int, Bool, UnsafeMutablePointer<Int32>) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { values, isTakenOff, sums in
            let n = BlockSums.blocks(values, sums)
            sums.withUnsafeMutableBufferPointer { sums in
                values.withUnsafeBufferPointer { values in
                    guard let values = values.baseAddress, let sums = sums.baseAddress else { return }
                    vector(values, n, isTakenOff, sums)
                }
            }
        }
    }
}
