import Analysis
import Foundation
import Pixels

/// A picture brought to the exposure, gamma and white balance of another of the same scene.
///
/// Each channel's logarithm is a straight line of the other's (a camera's gain is its offset, a gamma its slope),
/// fitted by least
/// squares where both pictures show the same structure; the rest has no say.
struct ToneMatch: Sendable {
    let image: RGBImage

    /// Correlation over 9 × 9 pixels from which a place is the same.
    static let same: Float = 0.9
    /// Levels between which a channel is neither noise nor burnt out.
    static let usable: ClosedRange<UInt8> = 10...245
    /// Slopes beyond this belong to no camera's curve.
    static let slopes = 0.6...1.7
    /// Fewest pixels for a fit.
    static let least = 200

    /// - Parameter inside: where both pictures have content.
    init(of image: RGBImage, to other: RGBImage, inside: Mask) {
        let correlation = LocalCorrelation(
            of: Plane<UInt8>(luminanceOf: image).floats, with: Plane<UInt8>(luminanceOf: other).floats, radius: 4
        ).correlation.samples
        var result = image
        for channel in 0..<3 {
            var n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0
            for i in inside.bytes.indices where inside.bytes[i] != 0 && correlation[i] > ToneMatch.same {
                let a = image.bytes[3 * i + channel], b = other.bytes[3 * i + channel]
                guard ToneMatch.usable.contains(a), ToneMatch.usable.contains(b) else { continue }
                let u = ToneMatch.logarithms[Int(a)], v = ToneMatch.logarithms[Int(b)]
                n += 1
                x += u
                y += v
                xx += u * u
                xy += u * v
            }
            let spread = xx * n - x * x
            guard n >= Double(ToneMatch.least), spread > 1e-6 * n * n else { continue }
            let slope = min(max((xy * n - x * y) / spread, ToneMatch.slopes.lowerBound), ToneMatch.slopes.upperBound)
            let offset = (y - slope * x) / n
            let table = (0...255).map { level -> UInt8 in
                level == 0 ? 0 : UInt8(min(max(exp(slope * ToneMatch.logarithms[level] + offset).rounded(), 0), 255))
            }
            for i in inside.bytes.indices { result.bytes[3 * i + channel] = table[Int(image.bytes[3 * i + channel])] }
        }
        self.image = result
    }

    private static let logarithms = (0...255).map { log(max(Double($0), 1)) }
}
