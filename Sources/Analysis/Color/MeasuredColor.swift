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

    /// - Parameter region: where alone the mask is looked at: its bounds, or more; `nil` for all of it.
    /// - Precondition: image and mask have one size, which holds the region.
    /// - Returns: `nil` for an empty mask: nothing measured is not zero.
    /// - Complexity: O(region), row by row, one pass.
    public init?(of image: RGBImage, inside mask: Mask, within region: Region? = nil, kernels: KernelSet) {
        precondition(image.size == mask.size, "image and mask of one size")
        let region = region ?? Region(mask.size)
        precondition(region.isEmpty || region.intersection(Region(mask.size)) == region, "the region lies in the mask")
        // To whole vectors, where the row has room.
        let left = region.x & ~15, right = min((region.maxX + 15) & ~15, mask.width)
        var sums = ColorSums()
        var histograms = ColorHistograms()
        var bins = histograms.bins.mutableSpan
        for y in region.isEmpty ? 0..<0 : region.y..<region.maxY {
            let first = y * mask.width + left, end = y * mask.width + right
            let rgb = image.bytes.span.extracting(3 * first..<3 * end), row = mask.bytes.span.extracting(first..<end)
            kernels.colorSums(rgb, row, &sums)
            kernels.colorHistograms(rgb, row, &bins)
        }
        guard sums.count > 0 else { return nil }

        let n = sums.count
        let reds = MeasuredChannel.LevelSums(histograms.red)
        let greens = MeasuredChannel.LevelSums(histograms.green)
        let blues = MeasuredChannel.LevelSums(histograms.blue)
        red = MeasuredChannel(reds, count: n, bins: histograms.red)
        green = MeasuredChannel(greens, count: n, bins: histograms.green)
        blue = MeasuredChannel(blues, count: n, bins: histograms.blue)
        let rr = reds.variation(n)
        let gg = greens.variation(n)
        let bb = blues.variation(n)
        let rg = MeasuredChannel.comoment(sums.redGreen, reds.sum, greens.sum, n)
        let gb = MeasuredChannel.comoment(sums.greenBlue, greens.sum, blues.sum, n)
        let br = MeasuredChannel.comoment(sums.blueRed, blues.sum, reds.sum, n)
        redGreenCorrelation = rg / (rr.squareRoot() * gg.squareRoot())
        greenBlueCorrelation = gb / (gg.squareRoot() * bb.squareRoot())
        blueRedCorrelation = br / (bb.squareRoot() * rr.squareRoot())
        pixelCount = Int(n)
        clippedShare = Double(sums.clipped) / Double(n)
    }
}
