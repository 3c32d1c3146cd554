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
    private static let hued: Float = 0.15
    /// Cosine of the angle between two hues that are the same.
    private static let sameHue: Float = 0.94

    /// - Parameter explainsVeil: whether a colour that is only paler or stronger, of the same hue, counts as the same.
    ///   Haze and low light do that to a blue roof from look to look; between a background and a look it would hide
    ///   too much.
    public init(
        of view: SceneView, against before: SceneView, parameters: ConstructionParameters, explainsVeil: Bool = false
    ) {
        let count = view.image.width * view.image.height
        let correlation = view.correlation(with: before, radius: parameters.correlationRadius)
        let balance = ChangeMap.whiteBalance(of: view, against: before)
        let structure = correlation.combined(with: ChangeMap.contrast(view, before)) { (correlation, contrast) in
            contrast > Float(parameters.flatContrast) && correlation < Float(parameters.changedCorrelation) ? 1 : 0
        }
        var colour = ChangeMap.colour(view, before, balance: balance, parameters: parameters)
        if explainsVeil { colour = colour.combined(with: ChangeMap.veiled(view, before)) { $0 * (1 - $1) } }
        let common = view.valid.intersection(before.valid)
        let differs = structure.combined(with: colour, by: max)
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { out, initialized in
            differs.samples.withUnsafeBufferPointer { differs in
                common.bytes.withUnsafeBufferPointer { common in
                    var i = 0
                    while i < count {
                        out[i] = differs[i] > 0 ? common[i] : 0
                        i &+= 1
                    }
                }
            }
            initialized = count
        }
        changed = Mask(width: view.image.width, height: view.image.height, bytes: bytes)
        let validCount = common.count
        share = validCount == 0 ? 0 : Double(changed.count) / Double(validCount)
    }

    /// The greater relative contrast of the two.
    private static func contrast(_ view: SceneView, _ before: SceneView) -> Plane<Float> {
        let now = view.deviation.combined(with: view.mean) { SceneView.relativeContrast(deviation: $0, mean: $1) }
        let then = before.deviation.combined(with: before.mean) { SceneView.relativeContrast(deviation: $0, mean: $1) }
        return now.combined(with: then, by: max)
    }

    /// 1 where the colour differs and both are bright enough to have one, else 0.
    private static func colour(
        _ view: SceneView, _ before: SceneView, balance: (red: Float, blue: Float), parameters: ConstructionParameters
    ) -> Plane<Float> {
        let across = Float(parameters.colourAcross), along = Float(parameters.colourAlong)
        let red = view.redGreen.combined(with: before.redGreen) { $0 - $1 - balance.red }
        let blue = view.blueGreen.combined(with: before.blueGreen) { $0 - $1 - balance.blue }
        let differs = red.combined(with: blue) { (red, blue) -> Float in
            // Daylight runs from (+, −) to (−, +) in (log R/G, log B/G).
            let acrossDaylight = abs(red + blue) * 0.70710678, alongDaylight = abs(red - blue) * 0.70710678
            return acrossDaylight > across || alongDaylight > along ? 1 : 0
        }
        let brightness = view.mean.combined(with: before.mean, by: min)
        return differs.combined(with: brightness) { $1 > ChangeMap.darkest ? $0 : 0 }
    }

    /// 1 where both have a hue and it is the same, else 0.
    private static func veiled(_ view: SceneView, _ before: SceneView) -> Plane<Float> {
        let magnitude = { (view: SceneView) in
            view.redGreen.combined(with: view.blueGreen) { ($0 * $0 + $1 * $1).squareRoot() }
        }
        let now = magnitude(view), then = magnitude(before)
        let red = view.redGreen.combined(with: before.redGreen) { $0 * $1 }
        let blue = view.blueGreen.combined(with: before.blueGreen) { $0 * $1 }
        let cosine = red.combined(with: blue) { $0 + $1 }
            .combined(with: now.combined(with: then) { max($0 * $1, 1e-6) }) { $0 / $1 }
        return cosine.combined(with: now.combined(with: then, by: min)) { $1 > hued && $0 > sameHue ? 1 : 0 }
    }

    /// Mean luminance below which colour says nothing, in grey levels.
    private static let darkest: Float = 24

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
