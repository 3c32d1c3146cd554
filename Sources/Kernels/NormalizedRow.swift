/// The levels of a row less the mean of the window around each, over √(variance there + floor).
///
/// With s and q the sum and the sum of squares over the window of level i, `sums[i + window] − sums[i]` and so for
/// `squares`, and m = s · inverse: `out[i] = (level − m) · ⅛ / √(max(q · inverse − m², 0) / 64 + floor)`.
///
/// - Units: levels in eighths, so the result is that of whole levels.
/// - Exactness: bit-exact: every operation is rounded to `Float` by itself. Every set returns the same numbers.
public enum NormalizedRow {
    /// - Parameters:
    ///   - sums: running sums modulo 2³², and `squares` of squares.
    ///   - window: columns of the window.
    ///   - inverse: one over the samples of a window.
    /// - Precondition: `out.count == levels.count`; `sums` and `squares` hold `window` more.
    /// - Complexity: O(n); no allocation.
    public typealias Row =
        @Sendable (
            _ levels: Span<Int32>, _ sums: Span<Int32>, _ squares: Span<Int32>, _ window: Int, _ inverse: Float,
            _ floor: Float, _ out: inout MutableSpan<Float>
        ) -> Void

    static let reference: Row = { levels, sums, squares, window, inverse, floor, out in
        check(levels, sums, squares, window, out)
        for i in out.indices {
            let mean = Float(sums[i + window] &- sums[i]) * inverse
            let square = mean * mean
            let variance = Float(squares[i + window] &- squares[i]) * inverse - square
            let scaled = max(variance, 0) * 0.015625
            out[i] = (Float(levels[i]) - mean) * 0.125 / (scaled + floor).squareRoot()
        }
    }

    private static func check(
        _ levels: Span<Int32>, _ sums: Span<Int32>, _ squares: Span<Int32>, _ window: Int,
        _ out: borrowing MutableSpan<Float>
    ) {
        precondition(
            window >= 0 && out.count == levels.count && sums.count == levels.count + window
                && squares.count == sums.count, "a window for every level")
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int32>, Int, Float, Float, Int,
            UnsafeMutablePointer<Float>
        ) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { levels, sums, squares, window, inverse, floor, out in
            check(levels, sums, squares, window, out)
            out.withUnsafeMutableBufferPointer { out in
                levels.withUnsafeBufferPointer { levels in
                    sums.withUnsafeBufferPointer { sums in
                        squares.withUnsafeBufferPointer { squares in
                            guard let levels = levels.baseAddress, let sums = sums.baseAddress,
                                let squares = squares.baseAddress, let first = out.baseAddress
                            else { return }
                            vector(levels, sums, squares, window, inverse, floor, out.count, first)
                        }
                    }
                }
            }
        }
    }
}
