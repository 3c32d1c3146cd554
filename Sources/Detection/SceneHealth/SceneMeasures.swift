import Analysis
import Pixels

/// What can be said of a capture before asking what it shows.
///
/// Luminance is 0…255. Measured on a reduced picture (see ``workingWidth``) except sharpness, which needs half the full
/// size.
public struct SceneMeasures: Sendable, Equatable {
    /// Columns that the picture is reduced to, at most.
    public static let workingWidth = 320

    public var meanLuminance: Double
    public var contrast: Double
    public var darkShare: Double
    public var brightShare: Double
    /// Share of pixels whose channels differ by no more than the infrared chroma.
    public var greyShare: Double
    /// Mean dark channel: high where a veil lies over the scene.
    public var darkChannel: Double
    /// `Sharpness.edgeRatio` at half size; 1 for a picture without edges.
    public var sharpness: Double
    /// The same of the lower half, which is near: fog softens what is far, a bad lens everything.
    public var sharpnessBelow: Double

    public init(of image: RGBImage, parameters: SceneHealthParameters) {
        var pictures = ReducedPictures(of: image)
        self.init(of: HealthViews(of: &pictures), parameters: parameters)
    }

    init(of views: HealthViews, parameters: SceneHealthParameters) {
        let reduced = views.small, luminance = views.smallLuminance
        let histogram = Histogram(of: luminance)
        let count = Double(max(histogram.count, 1))
        meanLuminance = histogram.mean ?? 0
        contrast = (Brightness(of: luminance)?.contrast ?? 0) / max(meanLuminance, 1)
        darkShare = Double(histogram.bins[...parameters.darkPixelLuminance].reduce(0, +)) / count
        brightShare = Double(histogram.bins[250...].reduce(0, +)) / count
        var grey = 0
        reduced.bytes.withUnsafeBufferPointer { bytes in
            for i in 0..<bytes.count / 3 {
                let r = bytes[3 &* i], g = bytes[3 &* i &+ 1], b = bytes[3 &* i &+ 2]
                grey &+= Int(max(r, max(g, b)) &- min(r, min(g, b))) <= parameters.infraredChroma ? 1 : 0
            }
        }
        greyShare = Double(grey) / count
        darkChannel = Haze(of: reduced)?.darkChannelMean ?? 0
        let levels = views.medium
        let both = Sharpness.whole(levels, below: levels.height / 2)
        sharpness = both.whole?.edgeRatio ?? 1
        sharpnessBelow = both.below?.edgeRatio ?? 1
    }

    /// By name, for the store.
    public var named: [String: Double] {
        [
            "meanLuminance": meanLuminance, "contrast": contrast, "darkShare": darkShare, "brightShare": brightShare,
            "greyShare": greyShare, "darkChannel": darkChannel, "sharpness": sharpness,
            "sharpnessBelow": sharpnessBelow,
        ]
    }
}
