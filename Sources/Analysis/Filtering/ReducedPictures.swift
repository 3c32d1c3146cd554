import Kernels
import Pixels

/// One picture at the smaller sizes that several readers ask for, each made once.
public struct ReducedPictures: Sendable {
    public let original: RGBImage
    private let kernels: KernelSet
    private var images: [Int: RGBImage] = [:]
    private var planes: [Int: Plane<UInt8>] = [:]

    public init(of image: RGBImage, kernels: KernelSet = .best) {
        original = image
        self.kernels = kernels
    }

    /// The picture with every `factor` × `factor` block averaged.
    public mutating func image(by factor: Int) -> RGBImage {
        if factor == 1 { return original }
        if let made = images[factor] { return made }
        let image = original.downscaled(by: factor, kernels: kernels)
        images[factor] = image
        return image
    }

    /// The luminance of the reduced picture.
    public mutating func luminance(by factor: Int) -> Plane<UInt8> {
        if let made = planes[factor] { return made }
        let plane = Plane(luminanceOf: image(by: factor), kernels: kernels)
        planes[factor] = plane
        return plane
    }
}
