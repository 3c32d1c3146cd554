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
    /// log((R + 8) / (G + 8)) and log((B + 8) / (G + 8)), averaged over the (2c + 1)² window, c = ``colourRadius``.
    let redGreen: Plane<Float>
    let blueGreen: Plane<Float>

    /// Radius over which colours are averaged for a comparison.
    public static let colourRadius = 2

    /// - Complexity: O(pixels), whatever the radius; seven planes of floats.
    public init(image: RGBImage, valid: Mask, radius: Int, colourRadius: Int = SceneView.colourRadius) {
        precondition(image.size == valid.size, "a view and its validity have one size")
        self.image = image
        self.valid = valid
        let count = image.width * image.height
        var luminance = [Float](repeating: 0, count: count)
        var redGreen = luminance, blueGreen = luminance
        image.bytes.withUnsafeBufferPointer { bytes in
            SceneView.logarithms.withUnsafeBufferPointer { logarithms in
                luminance.withUnsafeMutableBufferPointer { luminance in
                    redGreen.withUnsafeMutableBufferPointer { redGreen in
                        blueGreen.withUnsafeMutableBufferPointer { blueGreen in
                            var i = 0
                            while i < count {
                                let red = bytes[3 &* i], green = bytes[3 &* i &+ 1], blue = bytes[3 &* i &+ 2]
                                luminance[i] = 0.299 * Float(red) + 0.587 * Float(green) + 0.114 * Float(blue)
                                redGreen[i] = logarithms[Int(red)] - logarithms[Int(green)]
                                blueGreen[i] = logarithms[Int(blue)] - logarithms[Int(green)]
                                i &+= 1
                            }
                        }
                    }
                }
            }
        }
        let plane = { (samples: [Float]) in Plane<Float>(width: image.width, height: image.height, samples: samples) }
        self.luminance = plane(luminance)
        self.redGreen = plane(redGreen).boxMean(radius: colourRadius)
        self.blueGreen = plane(blueGreen).boxMean(radius: colourRadius)
        mean = self.luminance.boxMean(radius: radius)
        let square = self.luminance.combined(with: self.luminance) { $0 * $1 }.boxMean(radius: radius)
        deviation = square.combined(with: mean) { max($0 - $1 * $1, 0).squareRoot() }
    }

    private static let logarithms: [Float] = (0...255).map { Float(log(Double($0) + 8)) }

    /// Mean luminance below which a window counts as this bright, in grey levels: darker, noise would be texture.
    static let leastMean: Float = 12

    /// The steps of luminance across a pixel that is not on the border: to the right, down.
    @inline(__always) func step(at i: Int) -> SIMD2<Float> {
        let width = image.width
        return SIMD2(
            luminance.samples[i &+ 1] - luminance.samples[i &- 1],
            luminance.samples[i &+ width] - luminance.samples[i &- width])
    }

    /// The length of that step over the mean of the window.
    @inline(__always) func gradient(at i: Int) -> Float {
        let step = step(at: i)
        return (step * step).sum().squareRoot() / max(mean.samples[i], SceneView.leastMean)
    }

    /// The means over the (2r + 1)² windows of the products of both luminances.
    func products(with other: SceneView, radius: Int) -> Plane<Float> {
        luminance.combined(with: other.luminance) { $0 * $1 }.boxMean(radius: radius)
    }
}
