import Foundation
import Pixels

extension ConstructionWatch {
    /// A place where only what it was like before a moment is held against what is seen.
    struct Claim: Sendable {
        var since: Date
        var place: Mask
    }

    /// The places of confirmed works: backgrounds made since they began may have learnt a part of them, a wall that was
    /// as grey as the road behind it, and would take it out of the outline.
    ///
    /// Works spread over the box about them for some days; what changes beside them later is not taken for theirs.
    ///
    /// - Complexity: O(pixels) for each of the works, once for each look.
    var claims: [Claim] {
        guard let now = state.looks.last?.at ?? state.anchors.last?.at else { return [] }
        return state.candidates.compactMap { candidate in
            guard isSettled(candidate), let confirmedAt = candidate.confirmedAt,
                backgrounds.contains(where: { $0.name.until > candidate.firstSeen })
            else { return nil }
            var place = candidate.region.mask
            let isGrowing = now.timeIntervalSince(confirmedAt) <= parameters.claimDays * 86_400
            if isGrowing, let plot = plots.first(where: { $0.id == candidate.plots.first?.plot })?.mask {
                let box = place.bounds.expanded(by: parameters.closeRadius + parameters.openRadius)
                    .intersection(Region(size))
                for y in box.y..<box.maxY {
                    for i in y * size.width + box.x..<y * size.width + box.maxX { place.bytes[i] |= plot.bytes[i] }
                }
            }
            let earlier = backgrounds.filter { $0.name.until <= candidate.firstSeen }
            let shown = earlier.reduce(Mask(width: size.width, height: size.height, inside: false)) {
                $0.union($1.view.valid)
            }
            return Claim(since: candidate.firstSeen, place: place.intersection(shown))
        }
    }

    /// Whether it is confirmed and has stood for longer than what passes.
    func isSettled(_ candidate: Candidate) -> Bool {
        candidate.status == .confirmed
            && candidate.lastSeen.timeIntervalSince(candidate.firstSeen) >= parameters.passingDays * 86_400
    }
}
