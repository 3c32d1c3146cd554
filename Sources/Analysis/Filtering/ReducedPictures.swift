import Kernels
import Pixels

/// One picture at the smaller sizes that several readers ask for, each made once.
public struct ReducedPictures: Sendable {
    /// Of the picture itself.
    public let size: Size
    /// Every factor is a multiple of it.
    public let step: Int
    private let kernels: KernelSet
    private var images: [Int: RGBImage]
    private var planes: [Int: Plane<UInt8>] = [:]

    /// - Parameter step: the least factor; more than 1 to be compared with pictures that are decoded at a smaller size.
    public init(of image: RGBImage, step: Int = 1, kernels: KernelSet = .best) {
        self.init(
            reduced: step == 1 ? image : image.downscaled(by: step, kernels: kernels), by: step, of: image.size,
            kernels: kernels)
    }

    /// Of a picture that is known at a smaller size only.
    ///
    /// - Parameters:
    ///   - image: with every `step` × `step` block averaged.
    ///   - size: of the picture itself.
    /// - Precondition: `image` has the size that `downscaled(by:)` gives.
    public init(reduced image: RGBImage, by step: Int, of size: Size, kernels: KernelSet = .best) {
        precondition(
            image.width == size.width / step && image.height == size.height / step,
            "the reduced picture has the picture's size divided")
        self.size = size
        self.step = step
        self.kernels = kernels
        images = [step: image]
    }

    /// The least factor that can be asked for and is not below this one.
    public func factor(atLeast factor: Int) -> Int { (max(factor, 1) + step - 1) / step * step }

    /// The picture with every `factor` × `factor` block averaged.
    ///
    /// - Precondition: `factor` is a multiple of ``step``.
    /// - Exactness: rounded once more where `step` is more than 1.
    public mutating func image(by factor: Int) -> RGBImage {
        if let made = images[factor] { return made }
        precondition(factor.isMultiple(of: step), "pictures are reduced by multiples of the step")
        guard let base = images[step] else { preconditionFailure("the base is kept") }
        let image = base.downscaled(by: factor / step, kernels: kernels)
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
