internal import CVectors

/// Residuals of as many of `count` points as fill eights; see `Kernels.PointResiduals`.
///
/// - Parameter constants: c, s, offsetX, offsetY, limitX, limitY, what stands for outside.
/// - Returns: how many were done.
@inline(never) public func pointResiduals(
    _ picture: UnsafePointer<Float>, _ width: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ values: UnsafePointer<Float>, _ constants: SIMD8<Float>, _ count: Int, _ out: UnsafeMutablePointer<Float>
) -> Int {
    let c = SIMD8<Float>(repeating: constants[0]), s = SIMD8<Float>(repeating: constants[1])
    let offsetX = SIMD8<Float>(repeating: constants[2]), offsetY = SIMD8<Float>(repeating: constants[3])
    let limitX = SIMD8<Float>(repeating: constants[4]), limitY = SIMD8<Float>(repeating: constants[5])
    let outside = SIMD8<Float>(repeating: constants[6]), below = SIMD8<Float>(repeating: Float(1).nextDown)
    let stride = SIMD8<Int32>(repeating: Int32(truncatingIfNeeded: width))
    var i = 0
    while i &+ 8 <= count {
        let ax = cv_eight(x + i), ay = cv_eight(y + i)
        let px = c * ax - s * ay + offsetX, py = s * ax + c * ay + offsetY
        let isInside = cv_and_i32(
            cv_and_i32(cv_greater_f32(px, below), cv_greater_f32(py, below)),
            cv_and_i32(cv_greater_f32(limitX, px), cv_greater_f32(limitY, py)))
        // Points outside read the first samples.
        let qx = cv_select_f32(isInside, px, .zero), qy = cv_select_f32(isInside, py, .zero)
        let ix = cv_toward_zero(qx), iy = cv_toward_zero(qy)
        let u = qx - cv_floats(ix), v = qy - cv_floats(iy), k = iy &* stride &+ ix
        let p = cv_first_pairs(picture, k), q = cv_last_pairs(picture, k)
        let above = cv_even_f32(p, q), top = above + u * (cv_odd_f32(p, q) - above)
        let r = cv_first_pairs(picture + width, k), t = cv_last_pairs(picture + width, k)
        let under = cv_even_f32(r, t), bottom = under + u * (cv_odd_f32(r, t) - under)
        let result = top + v * (bottom - top) - cv_eight(values + i)
        cv_store_eight(cv_select_f32(isInside, result, outside), out + i)
        i &+= 8
    }
    return i
}
