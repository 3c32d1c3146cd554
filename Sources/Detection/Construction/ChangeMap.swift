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

    public init(of view: SceneView, against before: SceneView, parameters: ConstructionParameters) {
        let count = view.image.width * view.image.height
        let correlation = view.correlation(with: before, radius: parameters.correlationRadius)
        let balance = ChangeMap.whiteBalance(of: view, against: before)
        let flat = Float(parameters.flatContrast), threshold = Float(parameters.changedCorrelation)
        let across = Float(parameters.colourAcross), along = Float(parameters.colourAlong)
        var bytes = [UInt8](repeating: 0, count: count)
        var changedCount = 0, validCount = 0
        for i in 0..<count where view.valid.bytes[i] & before.valid.bytes[i] != 0 {
            validCount += 1
            let contrast = max(view.relativeContrast(at: i), before.relativeContrast(at: i))
            var isChanged = contrast > flat && correlation.samples[i] < threshold
            if !isChanged, min(view.mean.samples[i], before.mean.samples[i]) > 24 {
                let red = view.redGreen.samples[i] - before.redGreen.samples[i] - balance.red
                let blue = view.blueGreen.samples[i] - before.blueGreen.samples[i] - balance.blue
                // Daylight runs from (+, −) to (−, +) in (log R/G, log B/G).
                let acrossDaylight = abs(red + blue) * 0.70710678, alongDaylight = abs(red - blue) * 0.70710678
                isChanged = acrossDaylight > across || alongDaylight > along
            }
            if isChanged {
                bytes[i] = 255
                changedCount += 1
            }
        }
        changed = Mask(width: view.image.width, height: view.image.height, bytes: bytes)
        share = validCount == 0 ? 0 : Double(changedCount) / Double(validCount)
    }

    /// The median difference of chromaticity over a grid of commonly valid pixels: what exposure and white balance did.
    private static func whiteBalance(of view: SceneView, against before: SceneView) -> (red: Float, blue: Float) {
        var red: [Float] = [], blue: [Float] = []
        let count = view.image.width * view.image.height
        for i in stride(from: 0, to: count, by: 17)
        where view.valid.bytes[i] & before.valid.bytes[i] != 0 && min(view.mean.samples[i], before.mean.samples[i]) > 24
        {
            red.append(view.redGreen.samples[i] - before.redGreen.samples[i])
            blue.append(view.blueGreen.samples[i] - before.blueGreen.samples[i])
        }
        guard red.count >= 16 else { return (0, 0) }
        return (red.element(ofRank: red.count / 2), blue.element(ofRank: blue.count / 2))
    }
}
