import Pixels

extension Plane where Sample == Float {
    /// Sample by sample what `formula` makes of this plane's and the other's.
    ///
    /// - Precondition: planes of one size.
    /// - Complexity: O(pixels); one allocation.
    @inlinable @inline(__always) public func combined(
        with other: Plane<Float>, by formula: (Float, Float) -> Float
    ) -> Plane<Float> {
        precondition(size == other.size, "planes of one size")
        let count = samples.count
        let result = [Float](unsafeUninitializedCapacity: count) { out, initialized in
            samples.withUnsafeBufferPointer { a in
                other.samples.withUnsafeBufferPointer { b in
                    var i = 0
                    while i < count {
                        out[i] = formula(a[i], b[i])
                        i &+= 1
                    }
                }
            }
            initialized = count
        }
        return Plane(width: width, height: height, samples: result)
    }
}
