import Analysis
import Foundation
import Pixels

/// One look at a camera's scene: a capture (or a composite of several) in the reference frame, reduced to the working
/// size, with what a comparison needs of it worked out once.
public struct SceneView: Sendable {
    public let image: RGBImage
    /// 255 where the view shows something that counts: inside the capture and outside `ignore`.
    public let valid: Mask
    let luminance: Plane<Float>
    /// Mean and standard deviation of luminance over the (2r + 1)² window.
    let mean: Plane<Float>
    let deviation: Plane<Float>
    /// log((R + 8) / (G + 8)) and log((B + 8) / (G + 8)), averaged over 5 × 5.
    let redGreen: Plane<Float>
    let blueGreen: Plane<Float>

    /// - Complexity: O(pixels), whatever the radius; seven planes of floats.
    public init(image: RGBImage, valid: Mask, radius: Int) {
        precondition(image.size == valid.size, "a view and its validity have one size")
        self.image = image
        self.valid = valid
        let count = image.width * image.height
        var luminance = [Float](repeating: 0, count: count)
        var redGreen = luminance, blueGreen = luminance
        let logarithms = SceneView.logarithms
        for i in 0..<count {
            let red = image.bytes[3 &* i], green = image.bytes[3 &* i &+ 1], blue = image.bytes[3 &* i &+ 2]
            luminance[i] = 0.299 * Float(red) + 0.587 * Float(green) + 0.114 * Float(blue)
            redGreen[i] = logarithms[Int(red)] - logarithms[Int(green)]
            blueGreen[i] = logarithms[Int(blue)] - logarithms[Int(green)]
        }
        let plane = { (samples: [Float]) in Plane<Float>(width: image.width, height: image.height, samples: samples) }
        self.luminance = plane(luminance)
        self.redGreen = plane(redGreen).boxMean(radius: 2)
        self.blueGreen = plane(blueGreen).boxMean(radius: 2)
        mean = self.luminance.boxMean(radius: radius)
        let square = plane(luminance.map { $0 * $0 }).boxMean(radius: radius)
        var deviation = square
        for i in 0..<count {
            deviation.samples[i] = max(square.samples[i] - mean.samples[i] * mean.samples[i], 0).squareRoot()
        }
        self.deviation = deviation
    }

    private static let logarithms: [Float] = (0...255).map { Float(log(Double($0) + 8)) }

    /// Zero-mean normalised correlation with `other` over the (2r + 1)² window around each pixel.
    ///
    /// - Note: where both windows are flat the value means nothing; ``relativeContrast(at:)`` tells.
    func correlation(with other: SceneView, radius: Int) -> Plane<Float> {
        var product = luminance
        for i in product.samples.indices { product.samples[i] *= other.luminance.samples[i] }
        var result = product.boxMean(radius: radius)
        for i in result.samples.indices {
            let covariance = result.samples[i] - mean.samples[i] * other.mean.samples[i]
            let scale = max(deviation.samples[i], 0.5) * max(other.deviation.samples[i], 0.5)
            result.samples[i] = min(max(covariance / scale, -1), 1)
        }
        return result
    }

    /// Standard deviation over mean: contrast that does not depend on exposure.
    @inline(__always) func relativeContrast(at i: Int) -> Float { deviation.samples[i] / max(mean.samples[i], 12) }
}
