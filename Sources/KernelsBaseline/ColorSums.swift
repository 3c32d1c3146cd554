internal import CVectors

// This folder is compiled once for every instruction set (KernelsV3 is a symlink to it). What keeps that sound: only
// free functions over pointers and integers, public ones never inlined, private ones always. No types, arrays,
// generics or closures: anything with weak linkage here could become the copy that the linker keeps for the whole
// program.

@inline(__always) func load(_ bytes: UnsafePointer<UInt8>, _ offset: Int) -> SIMD16<UInt8> {
    UnsafeRawPointer(bytes + offset).loadUnaligned(as: SIMD16<UInt8>.self)
}

/// Adds n, ΣRG, ΣGB, ΣBR and the clipped ones of `count` masked pixels to `sums[0..<5]`; see `Kernels.ColorSums`.
@inline(never) public func colorSums(
    _ rgb: UnsafePointer<UInt8>, _ mask: UnsafePointer<UInt8>, _ count: Int, _ sums: UnsafeMutablePointer<UInt64>
) {
    let vectored = count & ~15
    var i = 0
    while i < vectored {
        // 128 steps keep the 32-bit lanes below 2²⁵, and the 16-bit ones far from their end.
        let end = min(i &+ 2048, vectored)
        var n = SIMD8<UInt16>()
        var clipped = n
        var rg = SIMD8<UInt32>()
        var gb = SIMD8<UInt32>()
        var br = SIMD8<UInt32>()
        let one = SIMD16<UInt8>(repeating: 1)
        while i < end {
            let inside = load(mask, i)
            let first = load(rgb, 3 &* i), second = load(rgb, 3 &* i &+ 16), third = load(rgb, 3 &* i &+ 32)
            let allRed = cv_red(first, second, third), allGreen = cv_green(first, second, third)
            let allBlue = cv_blue(first, second, third)
            let red = cv_and_u8(allRed, inside), green = cv_and_u8(allGreen, inside), blue = cv_and_u8(allBlue, inside)
            let counted = cv_and_u8(inside, one)
            n &+= cv_pair_sums(counted)
            clipped &+= cv_pair_sums(cv_and_u8(cv_any_at_end(allRed, allGreen, allBlue), counted))
            let wideRed = cv_widen(red)
            let wideGreen = cv_widen(green)
            let wideBlue = cv_widen(blue)
            rg &+= cv_pair_products(wideRed, wideGreen)
            gb &+= cv_pair_products(wideGreen, wideBlue)
            br &+= cv_pair_products(wideBlue, wideRed)
            i &+= 16
        }
        sums[0] &+= UInt64(cv_sum_u16x8(n))
        sums[1] &+= cv_sum_u32x8(rg)
        sums[2] &+= cv_sum_u32x8(gb)
        sums[3] &+= cv_sum_u32x8(br)
        sums[4] &+= UInt64(cv_sum_u16x8(clipped))
    }
    while i < count {
        if mask[i] != 0 {
            let red = UInt64(rgb[3 &* i]), green = UInt64(rgb[3 &* i &+ 1]), blue = UInt64(rgb[3 &* i &+ 2])
            sums[0] &+= 1
            sums[1] &+= red &* green
            sums[2] &+= green &* blue
            sums[3] &+= blue &* red
            sums[4] &+= min(red, min(green, blue)) == 0 || max(red, max(green, blue)) == 255 ? 1 : 0
        }
        i &+= 1
    }
}
