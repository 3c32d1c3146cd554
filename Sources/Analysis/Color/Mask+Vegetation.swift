import Kernels
import Pixels

extension Mask {
    /// The pixels that are living plants, leaf by colour alone.
    ///
    /// The limit is fixed, not found anew in every picture: a threshold that follows the picture splits an all-green
    /// or all-soil plot in two and makes a series jump with the weather.
    ///
    /// - Exactness: the same bytes for every `KernelSet`.
    /// - Complexity: O(pixels); one allocation.
    /// - Note: blossom, ripe fruit, bare wood and leaves in near darkness are not found; green paint is.
    public init(vegetationIn image: RGBImage, rule: GreenRule = .livingPlants, kernels: KernelSet) {
        self.init(width: image.width, height: image.height, inside: false)
        var out = bytes.mutableSpan
        _ = kernels.greenMask(image.bytes.span, rule, &out)
    }
}
