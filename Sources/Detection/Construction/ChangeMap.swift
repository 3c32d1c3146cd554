import Analysis
import Kernels
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
    static let hued: Float = 0.15
    /// Cosine of the angle between two hues that are the same.
    static let sameHue: Float = 0.94
    /// Mean luminance below which colour says nothing, in grey levels.
    static let darkest: Float = 24

    /// - Parameter explainsVeil: whether a colour that is only paler or stronger, of the same hue, counts as the same.
    ///   Haze and low light do that to a blue roof from look to look; between a background and a look it would hide
    ///   too much.
    /// - Complexity: O(pixels); one plane of floats besides the result.
    public init(
        of view: SceneView, against before: SceneView, parameters: ConstructionParameters, explainsVeil: Bool = false,
        kernels: KernelSet
    ) {
        let width = view.image.width, height = view.image.height
        let products = view.products(with: before, radius: parameters.correlationRadius)
        let balance = ChangeMap.whiteBalance(of: view, against: before)
        let limits = ChangedRow.Limits(
            flat: Float(parameters.flatContrast), correlation: Float(parameters.changedCorrelation), red: balance.red,
            blue: balance.blue, across: Float(parameters.colourAcross), along: Float(parameters.colourAlong),
            darkest: ChangeMap.darkest, hued: ChangeMap.hued, sameHue: ChangeMap.sameHue, explainsVeil: explainsVeil)
        let common = view.valid.intersection(before.valid)
        let bytes = [UInt8](unsafeUninitializedCapacity: width * height) { out, initialized in
            initialized = width * height
            // The rows stand one behind the other: one long row.
            var row = UnsafeMutableBufferPointer(rebasing: out[..<initialized]).mutableSpan
            view.withPlanes { now in
                before.withPlanes { then in kernels.changedRow(now, then, products.samples.span, limits, &row) }
            }
            common.bytes.withUnsafeBufferPointer { common in
                var i = 0
                while i < common.count {
                    out[i] &= common[i]
                    i &+= 1
                }
            }
        }
        changed = Mask(width: width, height: height, bytes: bytes)
        let validCount = common.count
        share = validCount == 0 ? 0 : Double(changed.count) / Double(validCount)
    }

    /// The median difference of chromaticity over a grid of commonly valid pixels: what exposure and white balance did.
    private static func whiteBalance(of view: SceneView, against before: SceneView) -> (red: Float, blue: Float) {
        var red: [Float] = [], blue: [Float] = []
        let count = view.image.width * view.image.height, every = 17
        red.reserveCapacity(count / every + 1)
        blue.reserveCapacity(count / every + 1)
        view.valid.bytes.withUnsafeBufferPointer { valid in
            before.valid.bytes.withUnsafeBufferPointer { wasValid in
                view.withPlanes { now in
                    before.withPlanes { then in
                        for i in stride(from: 0, to: count, by: every)
                        where valid[i] & wasValid[i] != 0 && min(now.mean[i], then.mean[i]) > darkest {
                            red.append(now.redGreen[i] - then.redGreen[i])
                            blue.append(now.blueGreen[i] - then.blueGreen[i])
                        }
                    }
                }
            }
        }
        guard red.count >= 16 else { return (0, 0) }
        return (red.element(ofRank: red.count / 2), blue.element(ofRank: blue.count / 2))
    }
}

extension SceneView {
    /// Lends the planes that a comparison reads.
    func withPlanes(_ body: (ChangedRow.View) -> Void) {
        mean.samples.withUnsafeBufferPointer { mean in
            deviation.samples.withUnsafeBufferPointer { deviation in
                redGreen.samples.withUnsafeBufferPointer { redGreen in
                    blueGreen.samples.withUnsafeBufferPointer { blueGreen in
                        guard let mean = mean.baseAddress, let deviation = deviation.baseAddress,
                            let redGreen = redGreen.baseAddress, let blueGreen = blueGreen.baseAddress
                        else { return }
                        body(
                            ChangedRow.View(
                                mean: mean, deviation: deviation, redGreen: redGreen, blueGreen: blueGreen))
                    }
                }
            }
        }
    }
}
