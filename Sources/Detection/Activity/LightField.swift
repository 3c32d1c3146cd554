import Analysis
import Pixels

/// How much lighter each channel of one picture is than of another, as a smooth field: what lamps, daylight, curtains,
/// exposure and white balance do. What differs from it sharply keeps little weight.
///
/// Iteratively reweighted normalised convolution (Knutsson & Westin 1993, with Geman–McClure weights), at a quarter of
/// the size.
struct LightField {
    /// ln ratio of red, green, blue, at the full size.
    let channels: [Plane<Float>]

    static let factor = 4
    static let rounds = 4

    init(of view: RoomView, over base: RoomView, width: Double, residual: Float) {
        let size = view.image.size, factor = LightField.factor
        let small = Size(width: max(1, size.width / factor), height: max(1, size.height / factor))
        let differences = (0..<3).map { LightField.reduced(view.logs[$0], minus: base.logs[$0], to: small) }
        let seen = LightField.seen(view.valid.intersection(base.valid), in: small)
        let sigma = Float(width * Double(small.width))
        var weights = seen, fields: [Plane<Float>] = []
        for round in 0..<LightField.rounds {
            let total = weights.blurred(sigma: sigma)
            fields = differences.map { difference in
                var weighted = difference
                for i in weighted.samples.indices { weighted.samples[i] *= weights.samples[i] }
                var field = weighted.blurred(sigma: sigma)
                for i in field.samples.indices { field.samples[i] /= total.samples[i] + 1e-3 }
                return field
            }
            guard round + 1 < LightField.rounds else { break }
            for i in weights.samples.indices {
                let off = (0..<3).map { abs(differences[$0].samples[i] - fields[$0].samples[i]) }.max() ?? 0
                let ratio = off / residual, weight = 1 / (1 + ratio * ratio)
                weights.samples[i] = seen.samples[i] * weight * weight
            }
        }
        channels = fields.map { LightField.enlarged($0, to: size) }
    }

    private static func seen(_ mask: Mask, in small: Size) -> Plane<Float> {
        let reduced = mask.downscaled(by: factor)
        guard reduced.size == small else { return Plane(width: small.width, height: small.height, repeating: 1) }
        return Plane(
            width: small.width, height: small.height, samples: reduced.bytes.map { $0 == 0 ? 0 : 1 })
    }

    /// Means over blocks of the difference.
    private static func reduced(_ a: Plane<Float>, minus b: Plane<Float>, to small: Size) -> Plane<Float> {
        var result = Plane<Float>(width: small.width, height: small.height, repeating: 0)
        for y in 0..<small.height {
            for x in 0..<small.width {
                var sum: Float = 0, count: Float = 0
                for v in y * factor..<min((y + 1) * factor, a.height) {
                    for u in x * factor..<min((x + 1) * factor, a.width) {
                        sum += a[u, v] - b[u, v]
                        count += 1
                    }
                }
                result[x, y] = sum / max(count, 1)
            }
        }
        return result
    }

    /// Bilinear between the blocks' centres.
    private static func enlarged(_ small: Plane<Float>, to size: Size) -> Plane<Float> {
        var result = Plane<Float>(width: size.width, height: size.height, repeating: 0)
        func place(_ i: Int, _ count: Int) -> (Int, Int, Float) {
            let p = min(max((Float(i) + 0.5) / Float(factor) - 0.5, 0), Float(count - 1))
            let low = Int(p)
            return (low, min(low + 1, count - 1), p - Float(low))
        }
        let columns = (0..<size.width).map { place($0, small.width) }
        for y in 0..<size.height {
            let (top, bottom, v) = place(y, small.height)
            for x in 0..<size.width {
                let (left, right, u) = columns[x]
                let above = small[left, top] * (1 - u) + small[right, top] * u
                let below = small[left, bottom] * (1 - u) + small[right, bottom] * u
                result[x, y] = above * (1 - v) + below * v
            }
        }
        return result
    }
}
