import Pixels

extension Plane where Sample == UInt8 {
    /// The luminance of an image by ITU-R BT.601, in whole numbers: (299·R + 587·G + 114·B + 500) / 1000.
    ///
    /// - Exactness: exact integers.
    /// - Complexity: O(pixels); one allocation.
    public init(luminanceOf image: RGBImage) {
        let count = image.width * image.height
        let samples = [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
            image.bytes.withUnsafeBufferPointer { rgb in
                var i = 0
                while i < count {
                    let sum =
                        UInt32(rgb[3 &* i]) &* 299 &+ UInt32(rgb[3 &* i &+ 1]) &* 587 &+ UInt32(rgb[3 &* i &+ 2]) &* 114
                        &+ 500
                    out[i] = UInt8(truncatingIfNeeded: sum / 1000)
                    i &+= 1
                }
            }
            initialized = count
        }
        self.init(width: image.width, height: image.height, samples: samples)
    }

    /// The same levels as floating point numbers.
    public var floats: Plane<Float> { Plane<Float>(width: width, height: height, samples: samples.map { Float($0) }) }
}
