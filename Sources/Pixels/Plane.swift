/// One channel of an image: `height` rows of `width` samples, rows following each other without padding.
///
/// - Shape: sample (x, y) is `samples[y * width + x]`.
@frozen public struct Plane<Sample: BitwiseCopyable & Sendable & Equatable>: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public var samples: [Sample]

    /// - Precondition: `samples.count == width * height`.
    @inlinable public init(width: Int, height: Int, samples: [Sample]) {
        precondition(
            width >= 0 && height >= 0 && samples.count == width * height, "a plane needs width × height samples")
        self.width = width
        self.height = height
        self.samples = samples
    }

    @inlinable public init(width: Int, height: Int, repeating sample: Sample) {
        self.init(width: width, height: height, samples: [Sample](repeating: sample, count: width * height))
    }

    @inlinable public var size: Size { Size(width: width, height: height) }

    @inlinable public subscript(x: Int, y: Int) -> Sample {
        get { samples[y * width + x] }
        set { samples[y * width + x] = newValue }
    }
}
