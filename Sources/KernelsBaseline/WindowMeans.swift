internal import CVectors

/// Writes `count` of four rows of window means; see `Kernels.WindowMeans`.
@inline(never) public func windowMeans(
    _ rows: UnsafePointer<UnsafePointer<Float>>, _ columns: UnsafeMutablePointer<Double>,
    _ sums: UnsafeMutablePointer<Double>, _ inverses: UnsafePointer<Double>, _ width: Int, _ radius: Int,
    _ shares: SIMD4<Double>, _ count: Int, _ out: UnsafeMutablePointer<Float>
) {
    var sum = SIMD4<Double>()
    put(sum, sums, 0)
    let a = rows[0], b = rows[1], c = rows[2], d = rows[3], e = rows[4], f = rows[5], g = rows[6], h = rows[7]
    var x = 0
    while x &+ 4 <= width {
        // Four columns at once, then turned: all four rows of one column.
        let first = four(columns, x) + cv_doubles(a + x) - cv_doubles(e + x)
        let second = first + cv_doubles(b + x) - cv_doubles(f + x)
        let third = second + cv_doubles(c + x) - cv_doubles(g + x)
        let fourth = third + cv_doubles(d + x) - cv_doubles(h + x)
        put(fourth, columns, x)
        let evenUpper = cv_even_columns_f64(first, second), oddUpper = cv_odd_columns_f64(first, second)
        let evenLower = cv_even_columns_f64(third, fourth), oddLower = cv_odd_columns_f64(third, fourth)
        sum += cv_first_halves_f64(evenUpper, evenLower)
        put(sum, sums, 4 &* x &+ 4)
        sum += cv_first_halves_f64(oddUpper, oddLower)
        put(sum, sums, 4 &* x &+ 8)
        sum += cv_last_halves_f64(evenUpper, evenLower)
        put(sum, sums, 4 &* x &+ 12)
        sum += cv_last_halves_f64(oddUpper, oddLower)
        put(sum, sums, 4 &* x &+ 16)
        x &+= 4
    }
    while x < width {
        let first = columns[x] + Double(a[x]) - Double(e[x])
        let second = first + Double(b[x]) - Double(f[x])
        let third = second + Double(c[x]) - Double(g[x])
        let fourth = third + Double(d[x]) - Double(h[x])
        columns[x] = fourth
        sum += SIMD4(first, second, third, fourth)
        put(sum, sums, 4 &* x &+ 4)
        x &+= 1
    }
    x = 0
    while x &+ 4 <= width {
        let p = window(sums, inverses, x, width, radius, shares)
        let q = window(sums, inverses, x &+ 1, width, radius, shares)
        let r = window(sums, inverses, x &+ 2, width, radius, shares)
        let s = window(sums, inverses, x &+ 3, width, radius, shares)
        let evenLeft = cv_even_columns_f32(p, q), oddLeft = cv_odd_columns_f32(p, q)
        let evenRight = cv_even_columns_f32(r, s), oddRight = cv_odd_columns_f32(r, s)
        put(cv_first_halves_f32(evenLeft, evenRight), out, x)
        if count > 1 { put(cv_first_halves_f32(oddLeft, oddRight), out, width &+ x) }
        if count > 2 { put(cv_last_halves_f32(evenLeft, evenRight), out, 2 &* width &+ x) }
        if count > 3 { put(cv_last_halves_f32(oddLeft, oddRight), out, 3 &* width &+ x) }
        x &+= 4
    }
    while x < width {
        let means = window(sums, inverses, x, width, radius, shares)
        out[x] = means[0]
        if count > 1 { out[width &+ x] = means[1] }
        if count > 2 { out[2 &* width &+ x] = means[2] }
        if count > 3 { out[3 &* width &+ x] = means[3] }
        x &+= 1
    }
}

/// The means of all four rows at a column.
@inline(__always) private func window(
    _ sums: UnsafeMutablePointer<Double>, _ inverses: UnsafePointer<Double>, _ x: Int, _ width: Int, _ radius: Int,
    _ shares: SIMD4<Double>
) -> SIMD4<Float> {
    let low = x > radius ? x &- radius : 0, high = x &+ radius &+ 1 < width ? x &+ radius &+ 1 : width
    return cv_floats_f64((four(sums, 4 &* high) - four(sums, 4 &* low)) * (shares * inverses[x]))
}

@inline(__always) private func four(_ values: UnsafeMutablePointer<Double>, _ offset: Int) -> SIMD4<Double> {
    UnsafeRawPointer(values + offset).loadUnaligned(as: SIMD4<Double>.self)
}

@inline(__always) private func put(_ values: SIMD4<Double>, _ out: UnsafeMutablePointer<Double>, _ offset: Int) {
    UnsafeMutableRawPointer(out + offset).storeBytes(of: values, as: SIMD4<Double>.self)
}

@inline(__always) private func put(_ values: SIMD4<Float>, _ out: UnsafeMutablePointer<Float>, _ offset: Int) {
    UnsafeMutableRawPointer(out + offset).storeBytes(of: values, as: SIMD4<Float>.self)
}
