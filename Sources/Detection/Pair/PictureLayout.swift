import Analysis
import Pixels

/// Whether a picture has an above and a below, as every look across the ground has, or none, as a look straight down.
///
/// The measure is the share of the variance that lies between the rows: brightness, or the two log colour ratios (the
/// mean of
/// both), whichever says more.
struct PictureLayout: Sendable {
    /// 0…1.
    let rowShare: Double
    /// Mean Scharr slope, grey levels a pixel.
    let structure: Double

    /// Columns to which a picture is reduced.
    static let columns = 160

    init(of image: RGBImage) {
        let width = min(image.width, PictureLayout.columns)
        let height = max(1, image.height * width / max(image.width, 1))
        guard width > 1, height > 1, height <= image.height else {
            (rowShare, structure) = (0, 0)
            return
        }
        let small = image.resized(to: Size(width: width, height: height))
        let luminance = Plane<UInt8>(luminanceOf: small).floats
        let view = ColourView(of: small)
        let colour = (PictureLayout.share(view.redness) + PictureLayout.share(view.blueness)) / 2
        rowShare = max(PictureLayout.share(luminance), colour)
        let slopes = Gradient(of: luminance).magnitude.samples
        structure = Double(slopes.reduce(0, +)) / Double(max(slopes.count, 1))
    }

    private static func share(_ plane: Plane<Float>) -> Double {
        let n = Double(plane.samples.count)
        let mean = plane.samples.reduce(0.0) { $0 + Double($1) } / n
        let total = plane.samples.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / n
        // Below this a plane is one colour; what is left is noise.
        guard total > 1e-6 else { return 0 }
        var between = 0.0
        for y in 0..<plane.height {
            let row =
                plane.samples[y * plane.width..<(y + 1) * plane.width].reduce(0.0) { $0 + Double($1) }
                / Double(plane.width)
            between += (row - mean) * (row - mean) / Double(plane.height)
        }
        return between / total
    }
}
