internal import CVectors

/// The sum of `count` bytes; see `Kernels.ByteSum`.
@inline(never) public func byteSum(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let vectored = count & ~31
    var i = 0
    var total: UInt64 = 0
    while i < vectored {
        // 128 steps keep the 16-bit lanes below 128 · 510 = 65280.
        let end = min(i &+ 4096, vectored)
        var first = SIMD8<UInt16>(), second = SIMD8<UInt16>()
        while i < end {
            first &+= cv_pair_sums(load(bytes, i))
            second &+= cv_pair_sums(load(bytes, i &+ 16))
            i &+= 32
        }
        total &+= UInt64(cv_sum_u16x8(first)) &+ UInt64(cv_sum_u16x8(second))
    }
    while i < count {
        total &+= UInt64(bytes[i])
        i &+= 1
    }
    return total
}
