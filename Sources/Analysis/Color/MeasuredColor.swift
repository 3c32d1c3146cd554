import Kernels
import Pixels

/// The colour of the pixels inside a mask: what PhenoCam's `roistats` files hold, from exact integer sums.
///
/// - Exactness: means, deviations and correlations are one rounding away from the exact rational number; the same for
///   every `KernelSet`.
public struct MeasuredColor: Sendable, Equatable {
    public var red: MeasuredChannel
    public var green: MeasuredChannel
    public var blue: MeasuredChannel
    /// Pearson correlations; not a number where a channel is constant.
    public var redGreenCorrelation: Double
    public var greenBlueCorrelation: Double
    public var blueRedCorrelation: Double
    public var pixelCount: Int
    /// Share of the pixels with any channel at 0 or 255.
    public var clippedShare: Double

    /// - Precondition: image and mask have one size.
    /// - Returns: `nil` for an empty mask: nothing measured is not zero.
    /// - Complexity: O(width × rows of the mask).
    public init?(of image: RGBImage, inside mask: Mask, kernels: KernelSet) {
        precondition(image.size == mask.size, "image and mask of one size")
        guard let rows = MeasuredColor.rows(of: mask) else { return nil }
        let first = rows.lowerBound * mask.width, end = rows.upperBound * mask.width
        var sums = ColorSums()
        var histograms = ColorHistograms()
        let rgb = image.bytes.span.extracting(3 * first..<3 * end), inside = mask.bytes.span.extracting(first..<end)
        kernels.colorSums(rgb, inside, &sums)
        var bins = histograms.bins.mutableSpan
        kernels.colorHistograms(rgb, inside, &bins)
        guard sums.count > 0 else { return nil }

        let n = sums.count
        red = MeasuredChannel(sum: sums.red, squares: sums.redSquares, count: n, bins: histograms.red)
        green = MeasuredChannel(sum: sums.green, squares: sums.greenSquares, count: n, bins: histograms.green)
        blue = MeasuredChannel(sum: sums.blue, squares: sums.blueSquares, count: n, bins: histograms.blue)
        let rr = MeasuredChannel.comoment(sums.redSquares, sums.red, sums.red, n)
        let gg = MeasuredChannel.comoment(sums.greenSquares, sums.green, sums.green, n)
        let bb = MeasuredChannel.comoment(sums.blueSquares, sums.blue, sums.blue, n)
        let rg = MeasuredChannel.comoment(sums.redGreen, sums.red, sums.green, n)
        let gb = MeasuredChannel.comoment(sums.greenBlue, sums.green, sums.blue, n)
        let br = MeasuredChannel.comoment(sums.blueRed, sums.blue, sums.red, n)
        redGreenCorrelation = rg / (rr.squareRoot() * gg.squareRoot())
        greenBlueCorrelation = gb / (gg.squareRoot() * bb.squareRoot())
        blueRedCorrelation = br / (bb.squareRoot() * rr.squareRoot())
        pixelCount = Int(n)
        clippedShare = Double(sums.clipped) / Double(n)
    }

    /// The rows between the first and the last inside pixel.
    private static func rows(of mask: Mask) -> Range<Int>? {
        mask.bytes.withUnsafeBufferPointer { bytes in
            var first = 0, last = bytes.count - 1
            while first < bytes.count, bytes[first] == 0 { first += 1 }
            guard first < bytes.count else { return nil }
            while bytes[last] == 0 { last -= 1 }
            return first / mask.width..<last / mask.width + 1
        }
    }
}
