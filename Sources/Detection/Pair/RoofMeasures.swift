import Analysis
import Foundation
import Pixels

/// The planes behind ``RoofFeature``: worked out once for a picture and the one it is compared with.
struct RoofMeasures: Sendable {
    let here: ColourView
    let there: ColourView
    let correlation: Plane<Float>
    let slope: Plane<Float>
    let contrast: Plane<Float>
    let around: Plane<Float>
    /// Share of dark pixels over 7 × 7 and over 33 × 33 pixels.
    let darkNear: Plane<Float>
    let darkAround: Plane<Float>

    /// Log luminance below the picture's median at which a pixel is dark: little more than half as bright.
    static let darkness: Float = -0.6

    init(of here: ColourView, against there: ColourView) {
        self.here = here
        self.there = there
        // A tenth, so that what `LocalCorrelation` calls flat is a deviation of 1 % of brightness.
        correlation =
            LocalCorrelation(
                of: RoofMeasures.map(there.lightness) { $0 * 0.1 }, with: RoofMeasures.map(here.lightness) { $0 * 0.1 },
                radius: 5
            ).correlation
        slope = RoofMeasures.map(Gradient(of: here.lightness, by: .sobel).magnitude) { min($0, 0.2) }
        let mean = here.lightness.boxMean(radius: 8)
        var contrast = RoofMeasures.map(here.lightness) { $0 * $0 }.boxMean(radius: 8)
        for i in contrast.samples.indices {
            contrast.samples[i] = max(contrast.samples[i] - mean.samples[i] * mean.samples[i], 0).squareRoot()
        }
        self.contrast = contrast
        around = here.lightness.boxMean(radius: 10)
        let dark = RoofMeasures.map(here.lightness) { $0 < RoofMeasures.darkness ? 1 : 0 }
        darkNear = dark.boxMean(radius: 3)
        darkAround = dark.boxMean(radius: 16)
    }

    private static func map(_ plane: Plane<Float>, _ change: (Float) -> Float) -> Plane<Float> {
        Plane(width: plane.width, height: plane.height, samples: plane.samples.map(change))
    }

    /// What one segment measures, and whether it changed at all.
    struct Segment: Sendable {
        /// In the order of `RoofFeature.allCases`.
        var features: [Double]
        var lightnessChange: Double
        var rednessChange: Double

        subscript(feature: RoofFeature) -> Double { features[feature.index] }
    }

    func segments(_ segments: ColourSegments) -> [Segment] {
        let width = segments.size.width, height = segments.size.height
        let planes: [[Float]] = [
            here.lightness.samples, here.redness.samples, here.blueness.samples,
            there.lightness.samples, there.redness.samples, there.blueness.samples,
            correlation.samples, slope.samples, contrast.samples, around.samples, darkAround.samples,
        ]
        let areas = RoofMeasures.sums(segments, nil)
        let means = planes.map { zip(RoofMeasures.sums(segments, $0), areas).map { $0 / $1 } }
        let moments = Moments(of: segments, areas: areas)
        var shadow = [Double](repeating: 0, count: segments.count), border = shadow
        for y in 0..<height {
            for x in 0..<width {
                let i = y * width + x
                for j in [x + 1 < width ? i + 1 : i, y + 1 < height ? i + width : i]
                where segments.labels[i] != segments.labels[j] {
                    let a = Int(segments.labels[i]), b = Int(segments.labels[j])
                    shadow[a] += Double(darkNear.samples[j])
                    shadow[b] += Double(darkNear.samples[i])
                    border[a] += 1
                    border[b] += 1
                }
            }
        }
        return (0..<segments.count).map { k in
            let (long, short) = moments.axes[k]
            let features: [Double] = RoofFeature.allCases.map { feature in
                switch feature {
                case .blueness: means[2][k]
                case .lightness: means[0][k]
                case .shade: means[10][k]
                case .shadowEdge: shadow[k] / max(border[k], 1)
                case .roughness: means[7][k]
                case .contrast: means[8][k]
                case .elongation: log(long / short) / 2
                case .correlation: means[6][k]
                case .bluenessChange: abs(means[2][k] - means[5][k])
                case .lightnessAround: means[0][k] - means[9][k]
                case .width: log((12 * short).squareRoot())
                case .redness: means[1][k]
                case .fill: areas[k] / (12 * (long * short).squareRoot())
                }
            }
            return Segment(
                features: features, lightnessChange: abs(means[0][k] - means[3][k]),
                rednessChange: abs(means[1][k] - means[4][k]))
        }
    }

    /// The sum of a plane over each segment; without one, the pixels.
    private static func sums(_ segments: ColourSegments, _ plane: [Float]?) -> [Double] {
        var result = [Double](repeating: 0, count: segments.count)
        for (i, label) in segments.labels.enumerated() { result[Int(label)] += plane.map { Double($0[i]) } ?? 1 }
        return result
    }
}

/// Second moments of each segment along its own axes, in square pixels.
private struct Moments {
    var axes: [(long: Double, short: Double)]

    init(of segments: ColourSegments, areas: [Double]) {
        var sums = [[Double]](repeating: [0, 0, 0, 0, 0], count: segments.count)
        let width = segments.size.width
        for (i, label) in segments.labels.enumerated() {
            let x = Double(i % width), y = Double(i / width), k = Int(label)
            sums[k][0] += x
            sums[k][1] += y
            sums[k][2] += x * x
            sums[k][3] += y * y
            sums[k][4] += x * y
        }
        axes = zip(sums, areas).map { s, n in
            let mx = s[0] / n, my = s[1] / n
            // A pixel is a square: a twelfth for its own extent.
            let xx = s[2] / n - mx * mx + 1.0 / 12, yy = s[3] / n - my * my + 1.0 / 12, xy = s[4] / n - mx * my
            let difference = ((xx - yy) * (xx - yy) + 4 * xy * xy).squareRoot()
            return ((xx + yy + difference) / 2, max((xx + yy - difference) / 2, 1.0 / 12))
        }
    }
}
