/// A picture, bilinear at displaced points, less what stands there in another.
///
/// Point (x, y) goes to (c·x − s·y + offsetX, s·x + c·y + offsetY), counted from the first sample's centre. With (k, l)
/// the whole parts, u and v the rest: `top = p[k,l] + u·(p[k+1,l] − p[k,l])`, `bottom` the same one row below,
/// `out = top + v·(bottom − top) − value`. Where the point does not lie in 1 ≤ x < limitX, 1 ≤ y < limitY, `out` is
/// ``outside``.
///
/// - Exactness: bit-exact: every operation is rounded to `Float` by itself. Every set returns the same numbers.
public enum PointResiduals {
    /// What stands for a point outside: a robust weight makes 0 of it.
    public static let outside: Float = 1e18

    /// Where points go in the picture.
    public struct Motion: Sendable {
        public let c: Float, s: Float, offsetX: Float, offsetY: Float
        public let limitX: Float, limitY: Float

        public init(c: Float, s: Float, offsetX: Float, offsetY: Float, limitX: Float, limitY: Float) {
            self.c = c
            self.s = s
            self.offsetX = offsetX
            self.offsetY = offsetY
            self.limitX = limitX
            self.limitY = limitY
        }
    }

    /// - Precondition: `x`, `y` and `values` hold as many as `out`; the picture is at least 2 × 2 and reaches one sample
    ///   beyond both limits.
    /// - Complexity: O(n); no allocation.
    public typealias Row =
        @Sendable (
            _ picture: UnsafePointer<Float>, _ width: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
            _ values: UnsafePointer<Float>, _ motion: Motion, _ count: Int, _ out: UnsafeMutablePointer<Float>
        ) -> Void

    /// One point.
    @inlinable @inline(__always) public static func residual(
        _ picture: UnsafePointer<Float>, _ width: Int, _ x: Float, _ y: Float, _ value: Float, _ motion: Motion
    ) -> Float {
        let px = motion.c * x - motion.s * y + motion.offsetX, py = motion.s * x + motion.c * y + motion.offsetY
        guard px >= 1, py >= 1, px < motion.limitX, py < motion.limitY else { return outside }
        let ix = Int(px), iy = Int(py)
        let u = px - Float(ix), v = py - Float(iy), k = iy &* width &+ ix
        let top = picture[k] + u * (picture[k &+ 1] - picture[k])
        let bottom = picture[k &+ width] + u * (picture[k &+ width &+ 1] - picture[k &+ width])
        return top + v * (bottom - top) - value
    }

    static let reference: Row = { picture, width, x, y, values, motion, count, out in
        for i in 0..<count { out[i] = residual(picture, width, x[i], y[i], values[i], motion) }
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<Float>, Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>,
            SIMD8<Float>, Int, UnsafeMutablePointer<Float>
        ) -> Int

    /// - Parameter vector: does eights and returns how many that were.
    static func row(_ vector: @escaping Vector) -> Row {
        { picture, width, x, y, values, motion, count, out in
            let constants = SIMD8(
                motion.c, motion.s, motion.offsetX, motion.offsetY, motion.limitX, motion.limitY, outside, 0)
            let done = vector(picture, width, x, y, values, constants, count, out)
            for i in done..<count { out[i] = residual(picture, width, x[i], y[i], values[i], motion) }
        }
    }
}
