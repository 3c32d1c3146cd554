internal import CVectors

/// The sum of `count` bytes; see `Kernels.ByteSum`.
@inline(never) public func byteSum(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    let vectored = count & ~63
    var i = 0
    var first = SIMD2<UInt64>()
    var second = first
    var third = first
    var fourth = first
    while i < vectored {
        first &+= cv_sums_u8(load(bytes, i))
        second &+= cv_sums_u8(load(bytes, i &+ 16))
        third &+= cv_sums_u8(load(bytes, i &+ 32))
        fourth &+= cv_sums_u8(load(bytes, i &+ 48))
        i &+= 64
    }
    let sums = (first &+ second) &+ (third &+ fourth)
    var total = sums[0] &+ sums[1]
    while i < count {
        total &+= UInt64(bytes[i])
        i &+= 1
    }
    return total
}
