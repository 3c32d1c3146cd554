import Analysis
import Pixels

/// The reduced forms of one picture that scene health looks at, made once.
///
/// - Complexity: one pass over the picture; the rest works on a quarter of it.
struct HealthViews: Sendable {
    /// Luminance at half size (full size below 640 columns), for sharpness.
    let half: Plane<UInt8>
    /// At most ``SceneMeasures/workingWidth`` columns.
    let small: RGBImage
    let smallLuminance: Plane<UInt8>

    init(of image: RGBImage) {
        let halved = image.width >= 640 ? image.downscaled(by: 2) : image
        half = Plane(luminanceOf: halved)
        let factor = max(1, (halved.width + SceneMeasures.workingWidth - 1) / SceneMeasures.workingWidth)
        small = halved.downscaled(by: factor)
        smallLuminance = Plane(luminanceOf: small)
    }
}
