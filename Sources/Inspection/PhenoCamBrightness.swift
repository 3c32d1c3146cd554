import Kernels
import Pixels

/// The brightness by which PhenoCam leaves a picture out: mean of R + G + B inside a border of 30 pixels.
///
/// - Units: 0…765.
/// - Note: source: python-vegindex, `src/vegindex/roitimeseries.py`; a picture is dark below 30 and white above 725.
enum PhenoCamBrightness {
    static let border = 30
    /// Under which the store keeps it.
    static let name = "brightness"

    /// - Exactness: one rounding of the exact mean. A picture smaller than the border on both sides has 0.
    static func mean(of image: RGBImage, border: Int = border, kernels: KernelSet) -> Double {
        let inner = Region(image.size).expanded(by: -border)
        guard !inner.isEmpty else { return 0 }
        var sum: UInt64 = 0
        let bytes = image.bytes.span
        for y in inner.y..<inner.maxY {
            let first = 3 * (y * image.width + inner.x)
            sum += kernels.byteSum(bytes.extracting(first..<first + 3 * inner.width))
        }
        return Double(sum) / Double(inner.area)
    }
}
