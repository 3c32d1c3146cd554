import Analysis
import Pixels

/// What stands out from the ground by its colour, whatever the light: shadows keep the ground's colour.
struct FruitGround {
    /// In the reduced picture.
    let mask: Mask
    /// The same and what differs less than fruit does: a coin on wood.
    let unlike: Mask
    /// Pixels of the picture per pixel of the mask.
    let factor: Int

    init(of image: RGBImage, parameters: FruitParameters) {
        factor = max(1, (image.width + parameters.columns - 1) / max(parameters.columns, 1))
        let small = factor == 1 ? image : image.downscaled(by: factor)
        let view = ColourView(of: small)
        let width = small.width, height = small.height
        let frame = max(2, Int(parameters.border * Double(min(width, height))))
        var red: [Float] = [], blue: [Float] = []
        for y in 0..<height {
            for x in 0..<width where x < frame || y < frame || x >= width - frame || y >= height - frame {
                red.append(view.redness[x, y])
                blue.append(view.blueness[x, y])
            }
        }
        func median(_ values: [Float]) -> Float {
            var values = values
            return values.isEmpty ? 0 : values.element(ofRank: values.count / 2)
        }
        let groundRed = median(red), groundBlue = median(blue)
        let own = median(zip(red, blue).map { FruitGround.length($0 - groundRed, $1 - groundBlue) })
        let away = (0..<width * height).map { i in
            FruitGround.length(view.redness.samples[i] - groundRed, view.blueness.samples[i] - groundBlue)
        }
        let least = max(parameters.contrast, parameters.noise * own)
        var clear = away.filter { $0 > least }
        let typical = clear.isEmpty ? least : clear.element(ofRank: clear.count / 2)
        let limit = max(least, parameters.share * typical)
        mask = Mask(width: width, height: height, bytes: away.map { $0 > limit ? 255 : 0 })
        let lowest = max(parameters.contrast / 2, parameters.noise * own)
        unlike = Mask(width: width, height: height, bytes: away.map { $0 > lowest ? 255 : 0 })
    }

    private static func length(_ a: Float, _ b: Float) -> Float { (a * a + b * b).squareRoot() }
}
