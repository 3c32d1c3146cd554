import Analysis
import Pixels

/// What can be said of a capture before asking what it shows.
///
/// Luminance is 0…255. Measured on a reduced picture (see ``workingWidth``) except sharpness, which needs half the full
/// size.
public struct SceneMeasures: Sendable, Equatable {
    /// Columns that the picture is reduced to, at most.
    public static let workingWidth = 320

    public var light: SceneLight
    public var contrast: Double
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
        light = SceneLight(of: reduced, luminance, parameters: parameters)
        contrast = (Brightness(of: luminance)?.contrast ?? 0) / max(light.meanLuminance, 1)
        darkChannel = Haze(of: reduced)?.darkChannelMean ?? 0
        let levels = views.medium
        let both = Sharpness.whole(levels, below: levels.height / 2)
        sharpness = both.whole?.edgeRatio ?? 1
        sharpnessBelow = both.below?.edgeRatio ?? 1
    }

    /// By name, for the store.
    public var named: [String: Double] {
        light.named.merging([
            "contrast": contrast, "darkChannel": darkChannel, "sharpness": sharpness, "sharpnessBelow": sharpnessBelow,
        ]) { own, _ in own }
    }
}
