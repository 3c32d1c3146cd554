internal import CVectors

/// Writes the five values of `count` blocks of two rows; see `Kernels.BlockColors`.
@inline(never) public func blockColors(
    _ upper: UnsafePointer<UInt8>, _ lower: UnsafePointer<UInt8>, _ count: Int, _ logarithm: UnsafePointer<Int16>,
    _ out: UnsafeMutablePointer<Int16>
) {
    // First the places of the logarithms, which are looked up one by one at the end.
    let vectored = count & ~7
    var i = 0
    while i < vectored {
        let a = load(upper, 6 &* i), b = load(upper, 6 &* i &+ 16), c = load(upper, 6 &* i &+ 32)
        let d = load(lower, 6 &* i), e = load(lower, 6 &* i &+ 16), f = load(lower, 6 &* i &+ 32)
        let upperRed = cv_red(a, b, c), upperGreen = cv_green(a, b, c), upperBlue = cv_blue(a, b, c)
        let lowerRed = cv_red(d, e, f), lowerGreen = cv_green(d, e, f), lowerBlue = cv_blue(d, e, f)
        let red = cv_widen_u16(cv_pair_sums(upperRed) &+ cv_pair_sums(lowerRed))
        let green = cv_widen_u16(cv_pair_sums(upperGreen) &+ cv_pair_sums(lowerGreen))
        let blue = cv_widen_u16(cv_pair_sums(upperBlue) &+ cv_pair_sums(lowerBlue))
        let above = light(upperRed, upperGreen, upperBlue), below = light(lowerRed, lowerGreen, lowerBlue)
        let first = cv_even_u16(above), second = cv_odd_u16(above)
        let third = cv_even_u16(below), fourth = cv_odd_u16(below)
        let all = first &+ second &+ third &+ fourth
        let four = SIMD8<Int32>(repeating: 4)
        let away =
            cv_distance_i32(four &* first, all) &+ cv_distance_i32(four &* second, all)
            &+ cv_distance_i32(four &* third, all) &+ cv_distance_i32(four &* fourth, all)
        let scale = SIMD8<Int32>(repeating: 2048)
        let total = cv_floats(red &+ green &+ blue &+ SIMD8<Int32>(repeating: 64))
        let againstRed = cv_floats(scale &* (green &- red)) / total
        let againstBlue = cv_floats(scale &* (green &- blue)) / total
        let spread = cv_floats(away) / cv_floats(all &+ SIMD8<Int32>(repeating: 8192)) * SIMD8<Float>(repeating: 1024)
        put(cv_narrow_i32(all &>> SIMD8<Int32>(repeating: 8)), out, i)
        put(cv_narrow_i32(cv_toward_zero(againstRed)), out, count &+ i)
        put(cv_narrow_i32(cv_toward_zero(againstBlue)), out, 2 &* count &+ i)
        put(cv_narrow_i32(cv_toward_zero(spread)), out, 3 &* count &+ i)
        put(cv_narrow_i32(cv_min_i32(red, cv_min_i32(green, blue))), out, 4 &* count &+ i)
        i &+= 8
    }
    while i < count {
        var red: Int32 = 0, green: Int32 = 0, blue: Int32 = 0, all: Int32 = 0
        var k = 6 &* i
        while k < 6 &* i &+ 6 {
            red &+= Int32(upper[k]) &+ Int32(lower[k])
            green &+= Int32(upper[k &+ 1]) &+ Int32(lower[k &+ 1])
            blue &+= Int32(upper[k &+ 2]) &+ Int32(lower[k &+ 2])
            k &+= 3
        }
        all = 77 &* red &+ 150 &* green &+ 29 &* blue
        let away =
            distance(upper + 6 &* i, all) &+ distance(upper + (6 &* i &+ 3), all)
            &+ distance(lower + 6 &* i, all) &+ distance(lower + (6 &* i &+ 3), all)
        let total = Float(red &+ green &+ blue &+ 64)
        out[i] = Int16(truncatingIfNeeded: all &>> 8)
        out[count &+ i] = Int16(Float(2048 &* (green &- red)) / total)
        out[2 &* count &+ i] = Int16(Float(2048 &* (green &- blue)) / total)
        out[3 &* count &+ i] = Int16(Float(away) / Float(all &+ 8192) * 1024)
        out[4 &* count &+ i] = Int16(truncatingIfNeeded: min(red, min(green, blue)))
        i &+= 1
    }
    i = 0
    while i < count {
        let level = logarithm[Int(out[i])]
        out[4 &* count &+ i] = logarithm[Int(out[4 &* count &+ i])] &- level
        out[i] = level
        i &+= 1
    }
}

@inline(__always) private func light(_ red: SIMD16<UInt8>, _ green: SIMD16<UInt8>, _ blue: SIMD16<UInt8>)
    -> SIMD16<UInt16>
{
    cv_widen(red) &* SIMD16<UInt16>(repeating: 77) &+ cv_widen(green) &* SIMD16<UInt16>(repeating: 150)
        &+ cv_widen(blue) &* SIMD16<UInt16>(repeating: 29)
}

@inline(__always) private func distance(_ pixel: UnsafePointer<UInt8>, _ all: Int32) -> Int32 {
    let away = 4 &* (77 &* Int32(pixel[0]) &+ 150 &* Int32(pixel[1]) &+ 29 &* Int32(pixel[2])) &- all
    return away < 0 ? 0 &- away : away
}

@inline(__always) private func put(_ values: SIMD8<Int16>, _ out: UnsafeMutablePointer<Int16>, _ offset: Int) {
    UnsafeMutableRawPointer(out + offset).storeBytes(of: values, as: SIMD8<Int16>.self)
}
