import Foundation
import Village

/// Material or cleared ground that a watch lost sight of, or from which works rose: what is built on it began with it.
struct Groundwork: Sendable, Equatable, Codable {
    /// Share of a candidate's pixels with the colours of brick and soil from which it is groundwork.
    static let leastShare = 0.6

    let region: RunLengthMask
    let firstSeen: Date
    let lastSeen: Date
    let stage: Flag.Stage
    /// The plot that it lay on; `nil` where it was stored before plots were.
    let plot: String?

    /// `nil` where the candidate looks like something else, or where something left: ground that a puddle dried from.
    ///
    /// - Parameter dugWorks: the share of works by the region model from which its colours do not matter: a pit between plants.
    init?(_ candidate: Candidate, dugWorks: Double = .infinity) {
        let judgement = candidate.judgement
        guard (candidate.likely?.works ?? 0) >= dugWorks || judgement.brick + judgement.soil >= Groundwork.leastShare,
            judgement.outlineBefore < BuiltEvidence.lostOutline.none
        else { return nil }
        region = candidate.region
        firstSeen = max(candidate.firstSeen, candidate.mistakenAt ?? candidate.firstSeen)
        lastSeen = candidate.lastSeen
        plot = candidate.plots.first?.plot
        stage = judgement.brick > judgement.soil ? .material : .clearing
    }
}
