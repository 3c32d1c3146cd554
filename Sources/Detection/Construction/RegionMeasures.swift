import Foundation
import Pixels

/// What the region model is told of a changed region: its colours, texture, edges and outline now and before, and how it
/// stands out from what is around it.
///
/// Nothing depends on how bright the light is: luminance is taken against the rim's or the neighbourhood's, colour as
/// chromaticity.
///
/// - Complexity: O(box of the region and its rim), once for each region that is judged.
struct RegionMeasures: Sendable {
    /// One number for each of ``names``, finite.
    let values: [Float]

    /// Working pixels around a region's box that are its rim.
    static let rim = 6
    /// Added to luminance before a logarithm is taken, in grey levels, as for chromaticity.
    static let darkness: Float = 8

    static let names = [
        "redNow", "blueNow", "redBefore", "blueBefore",
        "redSpreadNow", "blueSpreadNow", "redSpreadBefore", "blueSpreadBefore",
        "redOverRimNow", "blueOverRimNow", "lightOverRimNow", "redOverRimBefore", "blueOverRimBefore",
        "lightOverRimBefore",
        "lightSpreadNow", "lightSpreadBefore", "coarseNow", "coarseBefore", "fineNow", "fineBefore",
        "uprightNow", "uprightBefore", "fineOfRimNow", "fineOfRimBefore", "rimChange", "likeness",
        "sheetNow", "greyNow", "brickNow", "soilNow", "sheetBefore", "greyBefore", "brickBefore", "soilBefore",
        "novelty", "plantsNow", "plantsBefore", "straightness", "crossing", "outlineBefore",
        "area", "tallness", "fill", "raggedness",
    ]

    /// - Parameters:
    ///   - region: not empty, working frame.
    ///   - colours: of the same region and views.
    ///   - judgement: what the rules measured of them.
    init(of region: Mask, colours: ColourCensus, judgement: RegionJudgement, now: SceneView, before: SceneView) {
        let box = region.bounds
        let around = Region(
            x: box.x - RegionMeasures.rim, y: box.y - RegionMeasures.rim, width: box.width + 2 * RegionMeasures.rim,
            height: box.height + 2 * RegionMeasures.rim
        ).intersection(Region(region.size))
        var inside = RegionAppearance(), earlier = RegionAppearance()
        var rim = RegionAppearance(), earlierRim = RegionAppearance()
        var likeness = Likeness(), outline: Float = 0
        let width = region.width
        for y in max(around.y, 1)..<max(min(around.maxY, region.height - 1), 1) {
            for x in max(around.x, 1)..<max(min(around.maxX, width - 1), 1) {
                let i = y * width + x
                guard now.valid.bytes[i] & before.valid.bytes[i] != 0 else { continue }
                guard region.bytes[i] != 0 else {
                    rim.add(now, at: i)
                    earlierRim.add(before, at: i)
                    continue
                }
                inside.add(now, at: i)
                earlier.add(before, at: i)
                likeness.add(now.luminance.samples[i], before.luminance.samples[i])
                if region.bytes[i - 1] & region.bytes[i + 1] & region.bytes[i - width] & region.bytes[i + width] == 0 {
                    outline += 1
                }
            }
        }
        let area = Float(max(colours.count, 1))
        values = [
            inside.red.mean, inside.blue.mean, earlier.red.mean, earlier.blue.mean,
            inside.red.spread, inside.blue.spread, earlier.red.spread, earlier.blue.spread,
            inside.red.mean - rim.red.mean, inside.blue.mean - rim.blue.mean, inside.light.mean - rim.light.mean,
            earlier.red.mean - earlierRim.red.mean, earlier.blue.mean - earlierRim.blue.mean,
            earlier.light.mean - earlierRim.light.mean,
            inside.light.spread, earlier.light.spread, inside.coarse.mean, earlier.coarse.mean, inside.fine.mean,
            earlier.fine.mean,
            inside.uprightShare, earlier.uprightShare, rim.fine.mean, earlierRim.fine.mean,
            abs(rim.red.mean - earlierRim.red.mean) + abs(rim.blue.mean - earlierRim.blue.mean), likeness.correlation,
            Float(colours.share(now: .sheet)), Float(colours.share(now: .grey)), Float(colours.share(now: .brick)),
            Float(colours.share(now: .soil)), Float(colours.share(before: .sheet)),
            Float(colours.share(before: .grey)), Float(colours.share(before: .brick)),
            Float(colours.share(before: .soil)),
            Float(colours.novelty), Float(judgement.vegetationNow), Float(judgement.vegetationBefore),
            Float(judgement.straightness), Float(judgement.crossing), Float(min(judgement.outlineBefore, 5)),
            log(area / Float(region.size.area)), log(Float(max(box.height, 1)) / Float(max(box.width, 1))),
            area / Float(max(box.area, 1)), outline * outline / area,
        ]
    }
}

/// How alike two values run over a region: Pearson's correlation.
private struct Likeness {
    private var first = MeanAndSpread(), second = MeanAndSpread()
    private var products = 0.0, count = 0.0

    mutating func add(_ a: Float, _ b: Float) {
        first.add(a)
        second.add(b)
        products += Double(a) * Double(b)
        count += 1
    }

    /// 0 where one of them is the same everywhere.
    var correlation: Float {
        guard count > 0, first.spread > 0.5, second.spread > 0.5 else { return 0 }
        let together = products / count - Double(first.mean) * Double(second.mean)
        return min(max(Float(together) / (first.spread * second.spread), -1), 1)
    }
}
