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
        self.init(of: HealthViews(of: image), parameters: parameters)
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
        for i in 0..<reduced.width * reduced.height {
            let r = reduced.bytes[3 * i], g = reduced.bytes[3 * i + 1], b = reduced.bytes[3 * i + 2]
            if Int(max(r, g, b) - min(r, g, b)) <= parameters.infraredChroma { grey += 1 }
        }
        greyShare = Double(grey) / count
        darkChannel = Haze(of: reduced)?.darkChannelMean ?? 0
        let levels = views.medium
        sharpness = Sharpness(of: levels)?.edgeRatio ?? 1
        let below = Plane(
            width: levels.width, height: levels.height - levels.height / 2,
            samples: Array(levels.samples[(levels.height / 2 * levels.width)...]))
        sharpnessBelow = Sharpness(of: below)?.edgeRatio ?? 1
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
