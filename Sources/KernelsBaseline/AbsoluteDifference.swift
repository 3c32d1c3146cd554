internal import CVectors

/// `out[i] = |a[i] − b[i]|`; see `Kernels.AbsoluteDifference`.
@inline(never) public func absoluteDifference(
    _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>
) {
    let vectored = count & ~15
    var i = 0
    while i < vectored {
        UnsafeMutableRawPointer(out + i).storeBytes(
            of: cv_absolute_difference(load(a, i), load(b, i)), as: SIMD16<UInt8>.self)
        i &+= 16
    }
    while i < count {
        out[i] = max(a[i], b[i]) &- min(a[i], b[i])
        i &+= 1
    }
}
