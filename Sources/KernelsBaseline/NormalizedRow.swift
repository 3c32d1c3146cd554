internal import CVectors

/// Writes `count` levels against their windows; see `Kernels.NormalizedRow`.
@inline(never) public func normalizedRow(
    _ levels: UnsafePointer<Int32>, _ sums: UnsafePointer<Int32>, _ squares: UnsafePointer<Int32>, _ window: Int,
    _ inverse: Float, _ floor: Float, _ count: Int, _ out: UnsafeMutablePointer<Float>
) {
    let inverses = SIMD8<Float>(repeating: inverse), floors = SIMD8<Float>(repeating: floor)
    let eighth = SIMD8<Float>(repeating: 0.125), square = SIMD8<Float>(repeating: 0.015625)
    var i = 0
    while i &+ 8 <= count {
        let mean = cv_floats(eight(sums, i &+ window) &- eight(sums, i)) * inverses
        let variance = cv_floats(eight(squares, i &+ window) &- eight(squares, i)) * inverses - mean * mean
        let deviation = cv_square_root(cv_not_negative(variance) * square + floors)
        let result = (cv_floats(eight(levels, i)) - mean) * eighth / deviation
        UnsafeMutableRawPointer(out + i).storeBytes(of: result, as: SIMD8<Float>.self)
        i &+= 8
    }
    while i < count {
        let mean = Float(sums[i &+ window] &- sums[i]) * inverse
        let variance = Float(squares[i &+ window] &- squares[i]) * inverse - mean * mean
        let deviation = ((variance > 0 ? variance : 0) * 0.015625 + floor).squareRoot()
        out[i] = (Float(levels[i]) - mean) * 0.125 / deviation
        i &+= 1
    }
}

@inline(__always) private func eight(_ values: UnsafePointer<Int32>, _ offset: Int) -> SIMD8<Int32> {
    UnsafeRawPointer(values + offset).loadUnaligned(as: SIMD8<Int32>.self)
}
