/// The means over (2·radius + 1)² windows around the samples of up to four rows, which stand one below the other.
///
/// With c the sums down a column of the rows in the windows before, a row i moves them on by the row that comes and the
/// one that leaves: `cᵢ = cᵢ₋₁ + comingᵢ − leavingᵢ`. `Sᵢ[x]` is the sum of cᵢ to the left of x, added up from left to
/// right, and the mean `(Sᵢ[min(x + radius + 1, width)] − Sᵢ[max(x − radius, 0)]) · (shareᵢ · inverse[x])`.
///
/// - Exactness: bit-exact: every operation is rounded to `Double` by itself, the mean to `Float` at the end. Every set
///   returns the same numbers.
public enum WindowMeans {
    /// Rows that are worked out at once: their sums along the row do not wait for each other.
    public static let rows = 4

    /// What four rows are made from and where they go.
    public struct Buffers {
        /// The rows that come into the windows, then those that leave them.
        public let rows: UnsafePointer<UnsafePointer<Float>>
        /// Of the rows in the windows before; of the fourth row's windows afterwards.
        public let columns: UnsafeMutablePointer<Double>
        /// Room for four sums before each sample and behind the last.
        public let sums: UnsafeMutablePointer<Double>
        /// 1 over the samples of a row that a window takes in.
        public let inverses: UnsafePointer<Double>

        public init(
            rows: UnsafePointer<UnsafePointer<Float>>, columns: UnsafeMutablePointer<Double>,
            sums: UnsafeMutablePointer<Double>, inverses: UnsafePointer<Double>
        ) {
            self.rows = rows
            self.columns = columns
            self.sums = sums
            self.inverses = inverses
        }
    }

    /// - Parameters:
    ///   - shares: 1 over the rows in each row's windows.
    ///   - count: of the four rows, those that are written; all are worked out.
    ///   - out: the first of them, and the others `width` samples after each other.
    /// - Precondition: `width` samples a row and in `columns` and `inverses`, `4 * (width + 1)` in `sums`.
    /// - Complexity: O(width); no allocation.
    public typealias Rows =
        @Sendable (
            _ buffers: Buffers, _ width: Int, _ radius: Int, _ shares: SIMD4<Double>, _ count: Int,
            _ out: UnsafeMutablePointer<Float>
        ) -> Void

    static let reference: Rows = { buffers, width, radius, shares, count, out in
        for k in 0..<rows {
            var sum = 0.0
            buffers.sums[k] = sum
            for x in 0..<width {
                let moved = buffers.columns[x] + Double(buffers.rows[k][x]) - Double(buffers.rows[rows + k][x])
                buffers.columns[x] = moved
                sum += moved
                buffers.sums[rows * (x + 1) + k] = sum
            }
            guard k < count else { continue }
            for x in 0..<width {
                let low = max(x - radius, 0), high = min(x + radius + 1, width)
                let window = buffers.sums[rows * high + k] - buffers.sums[rows * low + k]
                out[k * width + x] = Float(window * (shares[k] * buffers.inverses[x]))
            }
        }
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<UnsafePointer<Float>>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
            UnsafePointer<Double>, Int, Int, SIMD4<Double>, Int, UnsafeMutablePointer<Float>
        ) -> Void

    static func rows(_ vector: @escaping Vector) -> Rows {
        { buffers, width, radius, shares, count, out in
            vector(
                buffers.rows, buffers.columns, buffers.sums, buffers.inverses, width, radius, shares, count, out)
        }
    }
}
