internal import CVectors

/// Writes the luminance of `count` pixels; see `Kernels.Luminance`.
@inline(never) public func luminance(
    _ rgb: UnsafePointer<UInt8>, _ count: Int, _ out: UnsafeMutablePointer<UInt8>
) {
    let vectored = count & ~15
    var i = 0
    while i < vectored {
        let first = load(rgb, 3 &* i), second = load(rgb, 3 &* i &+ 16), third = load(rgb, 3 &* i &+ 32)
        let levels = cv_luminance(
            cv_red(first, second, third), cv_green(first, second, third), cv_blue(first, second, third))
        UnsafeMutableRawPointer(out + i).storeBytes(of: levels, as: SIMD16<UInt8>.self)
        i &+= 16
    }
    while i < count {
        let red = UInt32(rgb[3 &* i]), green = UInt32(rgb[3 &* i &+ 1]), blue = UInt32(rgb[3 &* i &+ 2])
        out[i] = UInt8(truncatingIfNeeded: (299 &* red &+ 587 &* green &+ 114 &* blue &+ 500) / 1000)
        i &+= 1
    }
}
