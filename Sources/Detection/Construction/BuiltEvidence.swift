import Pixels

/// What the place was before says about what is there now: bricks that are new, edges that are gone.
struct BuiltEvidence: Sendable {
    /// Share of the region that is brick-coloured now and was not before.
    let newBrick: Double
    /// Mean gradient before over now: above 1 something was taken away rather than put there.
    let detailBefore: Double

    /// Straightness from which bricks count, and from which they count in full; works of brick had 0.16 to 0.6 when they
    /// were confirmed, ploughed ground of the colour of bricks 0.02 to 0.04.
    static let brickStraightness = (none: 0.05, full: 0.13)
    /// Share of works in what the region model makes of it from which bricks count, and from which in full: mats of red
    /// peppers, out to dry day after day, had 0.3 where works of brick had 0.77 to 0.99.
    static let brickWorks = (none: 0.35, full: 0.60)
    /// ``RegionJudgement/outlineBefore`` from which lost edges count, and from which they count in full: a smooth wall
    /// before rough ground has fewer edges than the ground and an outline of its own. What was pulled down had 1.4 and
    /// 1.8, smooth works 0.7 to 1.1.
    static let lostOutline = (none: 0.95, full: 1.15)
    /// Share of grey and sheet from which a region is taken for smooth, and from which in full; ours.
    static let smoothMaterial = (none: 0.30, full: 0.60)
    /// Straightness from which it is, and from which in full: walls had 0.42 to 0.71, a tarpaulin 0.22 to 0.29.
    static let smoothStraightness = (none: 0.30, full: 0.40)

    /// The score of a region's look with this evidence, 0…1.
    ///
    /// - Parameter hasBegun: whether building material lies where the ground was bare for long.
    func score(_ judgement: RegionJudgement, hasBegun: Bool, parameters: ConstructionParameters) -> Double {
        func ramp(_ value: Double, _ ends: (none: Double, full: Double)) -> Double {
            min(max((value - ends.none) / (ends.full - ends.none), 0), 1)
        }
        let smooth =
            ramp(judgement.grey + judgement.sheetColour, BuiltEvidence.smoothMaterial)
            * ramp(judgement.straightness, BuiltEvidence.smoothStraightness)
            * (1 - ramp(judgement.outlineBefore, BuiltEvidence.lostOutline))
        let lost = ramp(detailBefore, (none: 1, full: 1 + parameters.lostDetail))
        let gone = parameters.lostDetailWeight * lost * (1 - smooth)
        // Where edges and the outline went, what has the colour of bricks is earth or rubble.
        let bricks =
            parameters.newBrickWeight * min(newBrick / parameters.newBrickShare, 1)
            * ramp(judgement.straightness, BuiltEvidence.brickStraightness)
            * (1 - lost * ramp(judgement.outlineBefore, BuiltEvidence.lostOutline))
            * (judgement.likely.map { ramp($0.works, BuiltEvidence.brickWorks) } ?? 1)
        let begun = hasBegun ? parameters.clearedWeight : 0
        return min(max(judgement.structureScore + bricks + begun - gone, 0), 1)
    }
}

extension BuiltEvidence {
    init(in region: Mask, now: SceneView, before: SceneView) {
        var bricks = 0, count = 0
        var edgesNow: Float = 0, edgesBefore: Float = 0
        let (width, height) = (region.width, region.height)
        for y in 1..<max(height - 1, 1) {
            for x in 1..<max(width - 1, 1) where region[x, y] {
                let i = y * width + x
                count += 1
                if ColourKind(of: now.image, at: i) == .brick, ColourKind(of: before.image, at: i) != .brick {
                    bricks += 1
                }
                edgesNow += now.gradient(at: i)
                edgesBefore += before.gradient(at: i)
            }
        }
        newBrick = count == 0 ? 0 : Double(bricks) / Double(count)
        detailBefore = edgesNow > 0 ? Double(edgesBefore / edgesNow) : 0
    }
}
