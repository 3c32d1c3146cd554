/// `out[i] = |a[i] − b[i]|`.
///
/// - Exactness: bit-exact. Every set returns the same bytes.
public enum AbsoluteDifference {
    /// - Precondition: the three rows have the same length.
    /// - Complexity: O(n); no allocation.
    public typealias Row = @Sendable (_ a: Span<UInt8>, _ b: Span<UInt8>, _ out: inout MutableSpan<UInt8>) -> Void

    static let reference: Row = { a, b, out in
        precondition(a.count == b.count && a.count == out.count, "three rows of one length")
        for i in a.indices { out[i] = max(a[i], b[i]) - min(a[i], b[i]) }
    }

    typealias Vector = @Sendable (UnsafePointer<UInt8>, UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { a, b, out in
            precondition(a.count == b.count && a.count == out.count, "three rows of one length")
            out.withUnsafeMutableBufferPointer { out in
                a.withUnsafeBufferPointer { a in
                    b.withUnsafeBufferPointer { b in
                        guard let first = a.baseAddress, let b = b.baseAddress, let out = out.baseAddress else {
                            return
                        }
                        vector(first, b, a.count, out)
                    }
                }
            }
        }
    }
}
