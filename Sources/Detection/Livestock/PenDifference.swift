import Analysis
import Pixels

/// Where a picture of a pen shows what is neither the pen nor its light.
struct PenDifference {
    let mask: Mask
    /// How far beyond its threshold a pixel differs: 1 = at it.
    let strength: Plane<Float>
    /// With the pen behind, in the window.
    let correlation: Plane<Float>

    /// - Parameters:
    ///   - spread: how much the place varies by itself, in grey levels.
    ///   - lightRadius: of the window whose median is the light of the place.
    init(of view: PenView, from pen: PenView, spread: Plane<UInt8>, lightRadius: Int, parameters p: PenParameters) {
        let size = view.image.size, n = size.area
        let rests = (0..<3).map { channel in
            var difference = view.logs[channel]
            for i in 0..<n { difference.samples[i] -= pen.logs[channel].samples[i] }
            let light = LocalMedian.of(difference, radius: lightRadius)
            for i in 0..<n { difference.samples[i] -= light.samples[i] }
            return difference.boxMean(radius: 1)
        }
        var products = view.level
        for i in 0..<n { products.samples[i] *= pen.level.samples[i] }
        var correlation = products.boxMean(radius: p.radius)
        var strength = Plane<Float>(width: size.width, height: size.height, repeating: 0)
        var bytes = [UInt8](repeating: 0, count: n)
        for i in 0..<n {
            correlation.samples[i] =
                (correlation.samples[i] - view.mean.samples[i] * pen.mean.samples[i])
                / (view.variance.samples[i] * pen.variance.samples[i] + 1e-9).squareRoot()
            let red = rests[0].samples[i], green = rests[1].samples[i], blue = rests[2].samples[i]
            let level = (red + green + blue) / 3, warmth = red - blue, tint = green - (red + blue) / 2
            let own = p.spreads * Float(spread.samples[i]) / (Float(pen.lowest(i)) + 32)
            let trust = min(Float(min(view.lowest(i), pen.lowest(i))) / p.reliableLevel, 1)
            let s = max(
                abs(level) / (p.luminance + own),
                max(abs(warmth) * trust / (p.warmth + own), abs(tint) * trust / (p.tint + own)))
            strength.samples[i] = s
            let isLight =
                abs(level) < p.shadowDepth && warmth > min(0, p.shadowBlue * level) - p.shadowWarmth
                && warmth < max(0, p.shadowBlue * level) + p.shadowWarmth
                && abs(tint - PenDifference.shadowGreen * level) < p.shadowTint
            let isKept = correlation.samples[i] > p.kept && pen.variance.samples[i] > p.texture * p.texture
            if s > 1, !isLight, !isKept { bytes[i] = 255 }
        }
        self.strength = strength
        self.correlation = correlation
        mask = Mask(width: size.width, height: size.height, bytes: bytes).opened(by: .disc(radius: 1)).closed(
            by: .square(radius: 1))
    }

    /// A shadow under a blue sky is a little green against the mean of red and blue; a ratio, ours.
    private static let shadowGreen: Float = 0.1
}
