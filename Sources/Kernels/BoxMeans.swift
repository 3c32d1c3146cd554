/// The means of `factor` × `factor` blocks of packed RGB, rounded half up: one row of a picture reduced by a whole factor.
///
/// - Exactness: bit-exact. Every set returns the same bytes.
public enum BoxMeans {
    /// Factors whose sums fit 16 bits.
    public static let factors = 2...8

    /// - Parameters:
    ///   - rows: the `factor` rows behind the row wanted, one after the other.
    ///   - work: room for as many numbers as a row has bytes; what it holds then means nothing.
    /// - Border: columns that do not fill a block are dropped.
    /// - Precondition: `factors` holds the factor; `rows.count == factor * n`, `work.count == n`,
    ///   `out.count == n / (3 * factor) * 3`.
    /// - Complexity: O(n · factor); no allocation.
    public typealias Row =
        @Sendable (
            _ rows: Span<UInt8>, _ factor: Int, _ work: inout MutableSpan<UInt16>, _ out: inout MutableSpan<UInt8>
        ) -> Void

    static let reference: Row = { rows, factor, work, out in
        check(rows, factor, work, out)
        for i in out.indices {
            var sum = 0
            for y in 0..<factor {
                for x in 0..<factor { sum += Int(rows[y * work.count + (i / 3 * factor + x) * 3 + i % 3]) }
            }
            out[i] = UInt8((sum + factor * factor / 2) / (factor * factor))
        }
    }

    private static func check(
        _ rows: Span<UInt8>, _ factor: Int, _ work: borrowing MutableSpan<UInt16>, _ out: borrowing MutableSpan<UInt8>
    ) {
        precondition(
            factors.contains(factor) && rows.count == factor * work.count
                && out.count == work.count / (3 * factor) * 3, "whole rows, and room for a reduced one")
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<UInt8>, Int, Int, UnsafeMutablePointer<UInt16>, Int, UnsafeMutablePointer<UInt8>
        ) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { rows, factor, work, out in
            check(rows, factor, work, out)
            let rowBytes = work.count, pixels = out.count / 3
            out.withUnsafeMutableBufferPointer { out in
                work.withUnsafeMutableBufferPointer { work in
                    rows.withUnsafeBufferPointer { rows in
                        guard let rows = rows.baseAddress, let work = work.baseAddress, let out = out.baseAddress
                        else { return }
                        vector(rows, rowBytes, factor, work, pixels, out)
                    }
                }
            }
        }
    }
}
