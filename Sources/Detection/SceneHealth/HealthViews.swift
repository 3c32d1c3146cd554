import Analysis
import Pixels

/// The reduced forms of one picture that scene health looks at, made once.
///
/// - Complexity: one pass over the picture; the rest works on a quarter of it.
struct HealthViews: Sendable {
    /// Luminance at about ``sharpnessWidth`` columns, so that sharpness means the same for every camera.
    let medium: Plane<UInt8>
    /// At most ``SceneMeasures/workingWidth`` columns.
    let small: RGBImage
    let smallLuminance: Plane<UInt8>

    static let sharpnessWidth = 640
    /// What that comes to at least, as pictures are reduced by whole factors.
    static let leastWidth = sharpnessWidth * 2 / 3

    init(of pictures: inout ReducedPictures) {
        let factor = pictures.factor(
            atLeast: (2 * pictures.size.width + HealthViews.sharpnessWidth) / (2 * HealthViews.sharpnessWidth))
        let reduced = pictures.image(by: factor)
        medium = pictures.luminance(by: factor)
        let further = max(1, (reduced.width + SceneMeasures.workingWidth - 1) / SceneMeasures.workingWidth)
        small = reduced.downscaled(by: further)
        smallLuminance = Plane(luminanceOf: small)
    }
}
