import Analysis
import Foundation
import Pixels

/// Roofs that one of two pictures from above shows and the other does not.
///
/// Each picture is cut into pieces of like colour at three coarsenesses; every piece is weighed by a logistic rule
/// over thirteen
/// measures. Large, even, white planes are roofs without weighing. Pieces that look the same in both pictures don't
/// count.
struct RoofChange: Sendable {
    /// The working frame's changed pixels.
    let changed: Mask
    /// Log odds per pixel, the greater of new and gone.
    let score: Plane<Float>

    init(before: RGBImage, after: RGBImage, parameters: PairParameters) {
        let a = ColourView(of: before), b = ColourView(of: after)
        let new = RoofChange.score(of: b, against: a, parameters)
        let gone = RoofChange.score(of: a, against: b, parameters)
        changed = RoofChange.shape(new, above: parameters.newScore, parameters)
            .union(RoofChange.shape(gone, above: parameters.goneScore, parameters))
        var score = new
        for i in score.samples.indices { score.samples[i] = max(score.samples[i], gone.samples[i]) }
        self.score = score
    }

    /// - Parameter inside: where it counts.
    static func pieces(before: RGBImage, after: RGBImage, inside: Mask, parameters: PairParameters) -> ChangedPieces {
        let roofs = RoofChange(before: before, after: after, parameters: parameters)
        let components = Components(of: roofs.changed.intersection(inside))
        var odds = [Double](repeating: 0, count: components.pieces.count)
        for (i, label) in components.labels.samples.enumerated() where label > 0 {
            odds[Int(label) - 1] += Double(roofs.score.samples[i]) - parameters.newScore
        }
        var found = ChangedPieces(components: components)
        for (k, piece) in components.pieces.enumerated() {
            let mean = odds[k] / Double(piece.areaInPixels)
            found.keep(piece, kind: .structure, confidence: 1 / (1 + exp(-mean)))
        }
        return found
    }

    private static func shape(_ score: Plane<Float>, above limit: Double, _ parameters: PairParameters) -> Mask {
        let bytes = score.samples.map { Double($0) > limit ? UInt8(255) : 0 }
        return Mask(width: score.width, height: score.height, bytes: bytes).holesFilled.opened(
            by: .disc(radius: parameters.openRadius))
    }

    /// The greatest log odds, either way, that one cut may claim.
    private static let most = 4.0

    private static func score(of here: ColourView, against there: ColourView, _ parameters: PairParameters) -> Plane<
        Float
    > {
        let measures = RoofMeasures(of: here, against: there)
        var total = [Float](repeating: 0, count: here.size.area)
        let cuts = zip(parameters.coarseness, parameters.leastSegment)
        for (coarseness, least) in cuts {
            let segments = ColourSegments(of: here, coarseness: Float(coarseness), least: least)
            let scores = measures.segments(segments).map { Float(score(of: $0, parameters)) }
            for i in total.indices { total[i] += scores[Int(segments.labels[i])] / Float(parameters.coarseness.count) }
        }
        return Plane(width: here.size.width, height: here.size.height, samples: total).blurred(
            sigma: Float(parameters.smoothing))
    }

    /// Log odds that a segment is a roof that the other picture does not show.
    static func score(of segment: RoofMeasures.Segment, _ parameters: PairParameters) -> Double {
        if segment[.correlation] > parameters.sameCorrelation { return -most }
        let colourChange = max(segment[.bluenessChange], segment.rednessChange)
        if segment[.correlation] > 0.5 * parameters.sameCorrelation,
            max(colourChange, segment.lightnessChange / 3) < parameters.sameColour
        {
            return -most
        }
        if isHall(segment, parameters) { return most }
        let z = segment.features.indices.map {
            min(max((segment.features[$0] - parameters.mean[$0]) / parameters.spread[$0], -3), 3)
        }
        var sum = parameters.intercept
        for i in z.indices { sum += parameters.weight[i] * z[i] }
        for (k, (a, b)) in RoofFeature.products.enumerated() { sum += parameters.product[k] * z[a.index] * z[b.index] }
        return min(max(sum, -most), most)
    }

    /// A large, even plane, brighter and less yellow than paving: sheet metal or a white membrane.
    private static func isHall(_ segment: RoofMeasures.Segment, _ parameters: PairParameters) -> Bool {
        segment[.lightness] > parameters.hallLightness && segment[.blueness] > parameters.hallBlueness
            && segment[.roughness] < parameters.hallRoughness && segment[.width] > log(parameters.hallWidth)
            && segment[.fill] > parameters.hallFill && segment.lightnessChange > parameters.hallChange
    }
}
