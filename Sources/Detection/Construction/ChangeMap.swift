import Analysis
import Pixels

/// Where two views of one place differ in a way that light does not explain.
///
/// Structure is compared by normalised correlation, which is blind to brightness and contrast; colour by chromaticity
/// after
/// the global white balance is taken out, strictly across the daylight axis (green–magenta) and loosely along it
/// (sun to shade), because shade moves colours along that axis only.
public struct ChangeMap: Sendable {
    /// 255 where changed. Only pixels valid in both views can be.
    public let changed: Mask
    /// Share of the commonly valid pixels that changed.
    public let share: Double

    /// Chromaticity (log ratio) from which a surface has a hue that haze can veil.
    fileprivate static let hued: Float = 0.15
    /// Cosine of the angle between two hues that are the same.
    fileprivate static let sameHue: Float = 0.94

    /// - Parameter explainsVeil: whether a colour that is only paler or stronger, of the same hue, counts as the same.
    ///   Haze and low light do that to a blue roof from look to look; between a background and a look it would hide
    ///   too much.
    public init(
        of view: SceneView, against before: SceneView, parameters: ConstructionParameters, explainsVeil: Bool = false
    ) {
        let size = view.image.size
        let products = view.products(with: before, radius: parameters.correlationRadius)
        let limits = Limits(
            parameters, balance: ChangeMap.whiteBalance(of: view, against: before), explainsVeil: explainsVeil)
        let bytes = [UInt8](unsafeUninitializedCapacity: size.area) { out, initialized in
            products.samples.withUnsafeBufferPointer { products in
                _ = view.withBuffers { now in
                    before.withBuffers { then in
                        var i = 0
                        while i < products.count {
                            let common = now.valid[i] & then.valid[i]
                            out[i] = limits.differ(now, then, product: products[i], i) > 0 ? common : 0
                            i &+= 1
                        }
                    }
                }
            }
            initialized = size.area
        }
        changed = Mask(width: size.width, height: size.height, bytes: bytes)
        let validCount = view.valid.intersection(before.valid).count
        share = validCount == 0 ? 0 : Double(changed.count) / Double(validCount)
    }

    /// What tells two views of a pixel apart.
    private struct Limits {
        let flatContrast: Float
        let changedCorrelation: Float
        let across: Float
        let along: Float
        let red: Float
        let blue: Float
        let explainsVeil: Bool

        init(_ parameters: ConstructionParameters, balance: (red: Float, blue: Float), explainsVeil: Bool) {
            flatContrast = Float(parameters.flatContrast)
            changedCorrelation = Float(parameters.changedCorrelation)
            across = Float(parameters.colourAcross)
            along = Float(parameters.colourAlong)
            red = balance.red
            blue = balance.blue
            self.explainsVeil = explainsVeil
        }

        /// 1 where structure or colour differs, else 0.
        ///
        /// - Parameter product: mean product of the luminances around the pixel.
        @inline(__always) func differ(
            _ now: SceneView.Buffers, _ then: SceneView.Buffers, product: Float, _ i: Int
        ) -> Float {
            // Zero-mean normalised correlation; where both windows are flat it means nothing, and contrast tells.
            let scale = max(now.deviation[i], 0.5) * max(then.deviation[i], 0.5)
            let correlation = min(max((product - now.mean[i] * then.mean[i]) / scale, -1), 1)
            let contrast = max(
                SceneView.relativeContrast(deviation: now.deviation[i], mean: now.mean[i]),
                SceneView.relativeContrast(deviation: then.deviation[i], mean: then.mean[i]))
            let structure: Float = contrast > flatContrast && correlation < changedCorrelation ? 1 : 0
            // Daylight runs from (+, −) to (−, +) in (log R/G, log B/G).
            let red = now.redGreen[i] - then.redGreen[i] - red, blue = now.blueGreen[i] - then.blueGreen[i] - blue
            let acrossDaylight = abs(red + blue) * 0.70710678, alongDaylight = abs(red - blue) * 0.70710678
            let isBright = min(now.mean[i], then.mean[i]) > ChangeMap.darkest
            let colour: Float = isBright && (acrossDaylight > across || alongDaylight > along) ? 1 : 0
            return max(structure, explainsVeil ? colour * (1 - veiled(now, then, i)) : colour)
        }

        /// 1 where both have a hue and it is the same, else 0.
        @inline(__always) private func veiled(_ now: SceneView.Buffers, _ then: SceneView.Buffers, _ i: Int) -> Float {
            let a = hue(now, i), b = hue(then, i)
            let cosine =
                (now.redGreen[i] * then.redGreen[i] + now.blueGreen[i] * then.blueGreen[i]) / max(a * b, 1e-6)
            return min(a, b) > ChangeMap.hued && cosine > ChangeMap.sameHue ? 1 : 0
        }

        @inline(__always) private func hue(_ view: SceneView.Buffers, _ i: Int) -> Float {
            (view.redGreen[i] * view.redGreen[i] + view.blueGreen[i] * view.blueGreen[i]).squareRoot()
        }
    }

    /// Mean luminance below which colour says nothing, in grey levels.
    fileprivate static let darkest: Float = 24

    /// The median difference of chromaticity over a grid of commonly valid pixels: what exposure and white balance did.
    private static func whiteBalance(of view: SceneView, against before: SceneView) -> (red: Float, blue: Float) {
        var red: [Float] = [], blue: [Float] = []
        let count = view.image.width * view.image.height
        for i in stride(from: 0, to: count, by: 17)
        where view.valid.bytes[i] & before.valid.bytes[i] != 0
            && min(view.mean.samples[i], before.mean.samples[i]) > darkest
        {
            red.append(view.redGreen.samples[i] - before.redGreen.samples[i])
            blue.append(view.blueGreen.samples[i] - before.blueGreen.samples[i])
        }
        guard red.count >= 16 else { return (0, 0) }
        return (red.element(ofRank: red.count / 2), blue.element(ofRank: blue.count / 2))
    }
}
