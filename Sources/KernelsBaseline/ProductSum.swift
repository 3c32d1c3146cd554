internal import CVectors

/// The sum of the products of two blocks; see `Kernels.ProductSum`.
@inline(never) public func productSum(
    _ a: UnsafePointer<Int16>, _ b: UnsafePointer<Int16>, _ stride: Int, _ count: Int, _ rows: Int
) -> Int32 {
    var sums = SIMD8<Int32>(), more = sums, rest: Int32 = 0, start = 0
    for _ in 0..<rows {
        var i = start
        let end = start &+ count
        while i &+ 32 <= end {
            sums &+= cv_signed_pair_products(sixteen(a, i), sixteen(b, i))
            more &+= cv_signed_pair_products(sixteen(a, i &+ 16), sixteen(b, i &+ 16))
            i &+= 32
        }
        if i &+ 16 <= end {
            sums &+= cv_signed_pair_products(sixteen(a, i), sixteen(b, i))
            i &+= 16
        }
        while i < end {
            rest &+= Int32(a[i]) &* Int32(b[i])
            i &+= 1
        }
        start &+= stride
    }
    return (sums &+ more).wrappedSum() &+ rest
}

@inline(__always) private func sixteen(_ values: UnsafePointer<Int16>, _ offset: Int) -> SIMD16<Int16> {
    UnsafeRawPointer(values + offset).loadUnaligned(as: SIMD16<Int16>.self)
}
