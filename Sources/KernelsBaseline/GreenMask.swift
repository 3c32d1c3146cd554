internal import CVectors

/// Writes 255 where the pixel is green by the rule, else 0, and returns how many are; see `Kernels.GreenMask`.
@inline(never) public func greenMask(
    _ rgb: UnsafePointer<UInt8>, _ count: Int, _ level: Int16, _ slope: Int16, _ redRatio: Int16, _ blueRatio: Int16,
    _ out: UnsafeMutablePointer<UInt8>
) -> Int {
    let vectored = count & ~15
    let levels = SIMD16<Int16>(repeating: level), slopes = SIMD16<Int16>(repeating: slope)
    let redFactor = SIMD16<Int16>(repeating: redRatio), blueFactor = SIMD16<Int16>(repeating: blueRatio)
    let three = SIMD16<Int16>(repeating: 3), seven = SIMD16<Int16>(repeating: 7), eight = SIMD16<Int16>(repeating: 8)
    let ten = SIMD16<Int16>(repeating: 10), scale = SIMD16<Int16>(repeating: 64)
    let one = SIMD16<UInt8>(repeating: 1)
    var i = 0, total = 0
    while i < vectored {
        let end = min(i &+ 2048, vectored)
        var found = SIMD8<UInt16>()
        while i < end {
            let first = load(rgb, 3 &* i), second = load(rgb, 3 &* i &+ 16), third = load(rgb, 3 &* i &+ 32)
            let red = cv_signed(cv_red(first, second, third))
            let green = cv_signed(cv_green(first, second, third))
            let blue = cv_signed(cv_blue(first, second, third))
            let index = eight &* (ten &* green &- seven &* red &- three &* blue)
            let limit = levels &+ slopes &* (red &+ green &+ blue)
            let ratios = cv_and_i16(
                cv_greater_i16(redFactor &* green, scale &* red), cv_greater_i16(blueFactor &* green, scale &* blue))
            let inside = cv_narrow_mask(cv_and_i16(ratios, cv_greater_i16(index, limit)))
            UnsafeMutableRawPointer(out + i).storeBytes(of: inside, as: SIMD16<UInt8>.self)
            found &+= cv_pair_sums(cv_and_u8(inside, one))
            i &+= 16
        }
        total &+= Int(cv_sum_u16x8(found))
    }
    while i < count {
        let red = Int32(rgb[3 &* i]), green = Int32(rgb[3 &* i &+ 1]), blue = Int32(rgb[3 &* i &+ 2])
        let index = 8 &* (10 &* green &- 7 &* red &- 3 &* blue)
        let isGreen =
            index > Int32(level) &+ Int32(slope) &* (red &+ green &+ blue) && Int32(redRatio) &* green > 64 &* red
            && Int32(blueRatio) &* green > 64 &* blue
        out[i] = isGreen ? 255 : 0
        total &+= isGreen ? 1 : 0
        i &+= 1
    }
    return total
}
