import Analysis
import Foundation
import Pixels

/// What the latest looks show together.
extension ConstructionWatch {
    /// Of the latest looks the fewest that have to show a change.
    var fewestVotes: Int { hasFewLooks ? min(parameters.hardVotes, parameters.votes) : parameters.votes }

    /// Whether looks are far apart, and the region model says what they show: the rules alone take players for bricks.
    private var hasFewLooks: Bool { isSparse && model != nil }

    /// Where enough of the latest looks show a change, and enough of them the same.
    ///
    /// Where looks are far apart and a region model judges, fewer will do for concrete, tiles, brick and sheet, be it now or
    /// before: walls that rise on a roof are grey on grey, and each look shows other parts of them. Water, wet ground and plants
    /// have other colours.
    func lastingChange(in latest: ArraySlice<Look>, steadiness: Plane<Float>) -> Mask {
        let isPlain = changed(in: latest, votes: parameters.votes, steadiness, atLeast: parameters.stability)
        guard hasFewLooks, let now = latest.last?.image, let before = backgrounds.last?.view.image else {
            return isPlain
        }
        var lasting = changed(in: latest, votes: fewestVotes, steadiness, atLeast: parameters.hardStability)
        for i in lasting.bytes.indices where lasting.bytes[i] != isPlain.bytes[i] {
            lasting.bytes[i] =
                ColourKind.isHard(now, at: i) || ColourKind.isHard(before, at: i) ? 255 : isPlain.bytes[i]
        }
        return lasting
    }

    /// A roof of sheet is another in sun and haze: where works have stood for long, that they differ from before is enough.
    private func changed(
        in latest: ArraySlice<Look>, votes needed: Int, _ steadiness: Plane<Float>, atLeast least: Double
    ) -> Mask {
        let isSteady = state.candidates.filter(isSettled).reduce(
            Mask(width: size.width, height: size.height, bytes: steadiness.samples.map { $0 >= Float(least) ? 255 : 0 })
        ) { $0.union($1.region.mask) }
        return votes(of: latest, atLeast: needed).intersection(isSteady)
    }
}
