import Analysis
import Foundation
import Pixels

/// A small picture of a room with what every comparison needs of it, worked out once.
struct RoomView: Sendable {
    let image: RGBImage
    /// 255 where `image` shows the room.
    let valid: Mask
    /// Of the window.
    let radius: Int
    /// ln(level + 8) of red, green, blue.
    let logs: [Plane<Float>]
    /// 0.299 R + 0.587 G + 0.114 B.
    let luminance: Plane<Float>
    /// ln(luminance + 8) …
    let logLuminance: Plane<Float>
    /// … its mean and variance in the window.
    let mean: Plane<Float>
    let variance: Plane<Float>
    /// Variance of log luminance that is noise, at each pixel.
    let noise: Plane<Float>

    /// The highest and lowest of a pixel's channels.
    @inline(__always) func highest(_ i: Int) -> UInt8 {
        max(image.bytes[3 * i], max(image.bytes[3 * i + 1], image.bytes[3 * i + 2]))
    }
    @inline(__always) func lowest(_ i: Int) -> UInt8 {
        min(image.bytes[3 * i], min(image.bytes[3 * i + 1], image.bytes[3 * i + 2]))
    }

    /// Added to levels before the logarithm, so that the noise of dark pixels stays small.
    static let lift: Float = 8
    private static let logOfLevel: [Float] = (0...255).map { log(Float($0) + lift) }

    init(image: RGBImage, valid: Mask, radius: Int) {
        self.image = image
        self.valid = valid
        self.radius = radius
        let size = image.size, table = RoomView.logOfLevel
        func plane(_ value: (Int) -> Float) -> Plane<Float> {
            Plane(width: size.width, height: size.height, samples: (0..<size.area).map(value))
        }
        logs = (0..<3).map { channel in plane { table[Int(image.bytes[3 * $0 + channel])] } }
        let luminance = plane {
            0.299 * Float(image.bytes[3 * $0]) + 0.587 * Float(image.bytes[3 * $0 + 1])
                + 0.114 * Float(image.bytes[3 * $0 + 2])
        }
        let logLuminance = plane { log(luminance.samples[$0] + RoomView.lift) }
        let mean = logLuminance.boxMean(radius: radius)
        let squares = plane { logLuminance.samples[$0] * logLuminance.samples[$0] }.boxMean(radius: radius)
        variance = plane { max(squares.samples[$0] - mean.samples[$0] * mean.samples[$0], 0) }
        let range = table[0]...table[255], levels = RoomNoise(of: logLuminance, in: valid, range: range).variances
        noise = plane { levels[RoomNoise.band(of: logLuminance.samples[$0], in: range)] }
        self.luminance = luminance
        self.logLuminance = logLuminance
        self.mean = mean
    }

    /// Zero-mean normalised cross-correlation of the windows of two pictures: gain and offset leave it as it is.
    func correlation(with other: RoomView) -> Plane<Float> {
        var result = logLuminance
        for i in result.samples.indices { result.samples[i] *= other.logLuminance.samples[i] }
        result = result.boxMean(radius: radius)
        for i in result.samples.indices {
            let covariance = result.samples[i] - mean.samples[i] * other.mean.samples[i]
            result.samples[i] = covariance / (variance.samples[i] * other.variance.samples[i] + 1e-9).squareRoot()
        }
        return result
    }

    /// How differently two pictures are lit, coarsely; windows that are quite another thing count no more than
    /// half a unit of logarithm.
    func lightDistance(to other: RoomView) -> Float {
        let step = 4, most: Float = 0.5
        var sum: Float = 0
        for i in stride(from: 0, to: mean.samples.count, by: step) {
            sum += min(abs(mean.samples[i] - other.mean.samples[i]), most)
        }
        return sum
    }
}
