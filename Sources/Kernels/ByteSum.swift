/// The sum of a row's bytes.
///
/// - Exactness: exact integers. Every set returns the same number.
public enum ByteSum {
    /// - Complexity: O(n); no allocation.
    public typealias Row = @Sendable (_ bytes: Span<UInt8>) -> UInt64

    static let reference: Row = { bytes in
        var sum: UInt64 = 0
        for i in bytes.indices { sum += UInt64(bytes[i]) }
        return sum
    }

    typealias Vector = @Sendable (UnsafePointer<UInt8>, Int) -> UInt64

    static func row(_ vector: @escaping Vector) -> Row {
        { bytes in
            bytes.withUnsafeBufferPointer { bytes in bytes.baseAddress.map { vector($0, bytes.count) } ?? 0 }
        }
    }
}
