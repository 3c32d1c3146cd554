import Analysis
import Pixels

/// How light a picture is, and whether it has colours.
///
/// Luminance is 0…255; measured on a picture of ``SceneMeasures/workingWidth`` columns or less.
public struct SceneLight: Sendable, Equatable {
    public var meanLuminance: Double
    public var darkShare: Double
    public var brightShare: Double
    /// Share of pixels whose channels differ by no more than the infrared chroma.
    public var greyShare: Double

    init(of image: RGBImage, _ luminance: Plane<UInt8>, parameters: SceneHealthParameters) {
        let histogram = Histogram(of: luminance)
        let count = Double(max(histogram.count, 1))
        meanLuminance = histogram.mean ?? 0
        darkShare = Double(histogram.bins[...parameters.darkPixelLuminance].reduce(0, +)) / count
        brightShare = Double(histogram.bins[250...].reduce(0, +)) / count
        var grey = 0
        image.bytes.withUnsafeBufferPointer { bytes in
            for i in 0..<bytes.count / 3 {
                let r = bytes[3 &* i], g = bytes[3 &* i &+ 1], b = bytes[3 &* i &+ 2]
                grey &+= Int(max(r, max(g, b)) &- min(r, min(g, b))) <= parameters.infraredChroma ? 1 : 0
            }
        }
        greyShare = Double(grey) / count
    }

    /// By name, for the store.
    var named: [String: Double] {
        ["meanLuminance": meanLuminance, "darkShare": darkShare, "brightShare": brightShare, "greyShare": greyShare]
    }
}
