import Foundation
import Pixels

/// Bricks that are brought before anything is built of them.
extension ConstructionWatch {
    /// Whether the region model takes it for material that was brought, and much of it is new brick: the surer the one, the
    /// less is asked of the other. Somebody in red who stands about is none. With it works begin, and what they go on to be is larger.
    func isPile(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        pileEvidence(candidate, evidence) >= parameters.pileEvidence
    }

    /// The share that the region model gives material and the share of new brick together; 0 for what has too little brick, or
    /// may be a person.
    private func pileEvidence(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Double {
        guard let likely = candidate.likely, likely[.person] < parameters.personShare,
            evidence.newBrick >= max(parameters.pileBrick, parameters.pileNewness * candidate.judgement.brick)
        else { return 0 }
        return likely[.material] + evidence.newBrick
    }

    /// Share of the usual size that is enough for a flag: a pile of bricks is small beside what is built of it. Beside
    /// works that are flagged it is their material.
    func sizeRatio(of candidate: Candidate, _ evidence: BuiltEvidence) -> Double {
        let plot = candidate.plots.first?.plot
        guard !state.candidates.contains(where: { $0.status == .confirmed && $0.plots.first?.plot == plot }) else {
            return 1
        }
        let sure = pileEvidence(candidate, evidence)
        return sure >= parameters.surePileEvidence
            ? parameters.surePileRatio : sure >= parameters.pileEvidence ? parameters.pileRatio : 1
    }

    /// Whether a flag is as small as only piles are.
    func isStillPile(_ candidate: Candidate, region: Mask) -> Bool {
        candidate.stages.last?.stage == .material && Double(region.count) < leastOnPlot(of: region)
    }

    /// What builders make on a plot whose flag is only their material goes on with that flag: it is what they brought it
    /// for.
    ///
    /// - Parameter seen: the candidates that this look shows.
    /// - Returns: those that are part of a flag now.
    mutating func takeUpWorks(of seen: Set<Int>) -> Set<Int> {
        var taken: Set<Int> = []
        for k in seen.sorted() where state.candidates[k].status == .open {
            guard let likely = state.candidates[k].likely, likely.works >= parameters.stayedWorks,
                likely.likeliest.kind.isWorks,
                !isHeapOfNeighbour(state.candidates[k], region: state.candidates[k].region.mask), takeUp(k)
            else { continue }
            taken.insert(k)
        }
        return taken
    }

    /// Makes a candidate part of the flag of its plot, where that is of material alone.
    ///
    /// - Returns: whether there is such a flag.
    mutating func takeUp(_ k: Int) -> Bool {
        let works = state.candidates[k]
        let pile = state.candidates.firstIndex { candidate in
            candidate.status == .confirmed && candidate.stages.last?.stage == .material
                && candidate.plots.first?.plot == works.plots.first?.plot
        }
        guard let pile else { return false }
        state.candidates[k].status = .merged
        state.candidates[pile].region = RunLengthMask(state.candidates[pile].region.mask.union(works.region.mask))
        state.candidates[pile].missed = 0
        state.candidates[pile].lastSeen = works.lastSeen
        return true
    }
}
