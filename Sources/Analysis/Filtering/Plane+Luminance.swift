import Kernels
import Pixels

extension Plane where Sample == UInt8 {
    /// The luminance of an image by `Luminance`.
    ///
    /// - Exactness: the same bytes for every `KernelSet`.
    /// - Complexity: O(pixels); one allocation.
    public init(luminanceOf image: RGBImage, kernels: KernelSet = .best) {
        let count = image.width * image.height
        let samples = [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
            var row = UnsafeMutableBufferPointer(rebasing: out[..<count]).mutableSpan
            kernels.luminance(image.bytes.span, &row)
            initialized = count
        }
        self.init(width: image.width, height: image.height, samples: samples)
    }

    /// The same levels as floating point numbers.
    public var floats: Plane<Float> {
        let count = samples.count
        let floats = [Float](unsafeUninitializedCapacity: count) { out, initialized in
            samples.withUnsafeBufferPointer { samples in
                var i = 0
                while i < count {
                    out[i] = Float(samples[i])
                    i &+= 1
                }
            }
            initialized = count
        }
        return Plane<Float>(width: width, height: height, samples: floats)
    }
}
