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

    /// The luminance of an image, every `factor` × `factor` block averaged: what ``downscaled(by:)`` makes of the whole.
    ///
    /// - Complexity: O(pixels); no plane of the full size.
    public init(luminanceOf image: RGBImage, downscaledBy factor: Int, kernels: KernelSet = .best) {
        guard factor > 1 else {
            self.init(luminanceOf: image, kernels: kernels)
            return
        }
        self.init(
            width: image.width / factor, height: image.height / factor,
            samples: Resize.boxes(luminanceOf: image, factor: factor, kernels: kernels))
    }

    /// The same levels as floating point numbers.
    public var floats: Plane<Float> { Plane<Float>(width: width, height: height, samples: samples.map { Float($0) }) }
}
