import Pixels

/// What the place was before says about what is there now: bricks that are new, edges that are gone.
struct BuiltEvidence: Sendable {
    /// Share of the region that is brick-coloured now and was not before.
    let newBrick: Double
    /// Mean gradient before over now: above 1 something was taken away rather than put there.
    let detailBefore: Double

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
                edgesNow += BuiltEvidence.gradient(now, at: i)
                edgesBefore += BuiltEvidence.gradient(before, at: i)
            }
        }
        newBrick = count == 0 ? 0 : Double(bricks) / Double(count)
        detailBefore = edgesNow > 0 ? Double(edgesBefore / edgesNow) : 0
    }

    /// The score of a region's look with this evidence, 0…1.
    ///
    /// - Parameter score: ``RegionJudgement/structureScore``.
    func score(_ score: Double, parameters: ConstructionParameters) -> Double {
        let bricks = parameters.newBrickWeight * min(newBrick / parameters.newBrickShare, 1)
        let gone = min(max((detailBefore - 1) / parameters.lostDetail, 0), 1) * parameters.lostDetailWeight
        return min(max(score + bricks - gone, 0), 1)
    }

    /// Of luminance over its mean, at a pixel that is not on the border.
    private static func gradient(_ view: SceneView, at i: Int) -> Float {
        let width = view.image.width
        let dx = view.luminance.samples[i + 1] - view.luminance.samples[i - 1]
        let dy = view.luminance.samples[i + width] - view.luminance.samples[i - width]
        return (dx * dx + dy * dy).squareRoot() / max(view.mean.samples[i], 12)
    }
}
