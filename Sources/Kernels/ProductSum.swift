/// The sum of the products of the numbers of two blocks, `Σ a[y·stride + i] · b[y·stride + i]` over `rows` rows of
/// `count` numbers.
///
/// - Exactness: exact while the sum fits 32 bits, else its last 32 bits. Every set returns the same number.
public enum ProductSum {
    /// - Complexity: O(count · rows), fastest where 16 divides `count`; no allocation.
    public typealias Block =
        @Sendable (
            _ a: UnsafePointer<Int16>, _ b: UnsafePointer<Int16>, _ stride: Int, _ count: Int, _ rows: Int
        ) -> Int32

    static let reference: Block = { a, b, stride, count, rows in
        var sum: Int32 = 0
        for y in 0..<rows {
            for i in 0..<count { sum &+= Int32(a[y * stride + i]) &* Int32(b[y * stride + i]) }
        }
        return sum
    }
}
