import Foundation
import Pixels

/// What lies about works and is none: material of the neighbour's, rubble of what is pulled down.
extension ConstructionWatch {
    /// Builders heap their material beside the works, on the next plot's edge too: a smaller thing without large walls
    /// or roof that lies close to confirmed works is theirs, or close to what will be if it stays. What only touches them,
    /// and goes on, is something of its own.
    func isHeapOfNeighbour(_ candidate: Candidate, region: Mask) -> Bool {
        // A small heap is as tall for its width as a wall.
        let stands = candidate.judgement.stage == .walls || candidate.judgement.stage == .roof
        guard !stands || Double(region.count) < parameters.confirmShare * Double(size.area) else { return false }
        let near = region.dilated(by: .disc(radius: parameters.heapDistance))
        return state.candidates.contains { other in
            guard other.number != candidate.number, other.status == .confirmed || isFollowedAsBuilt(other) else {
                return false
            }
            let works = other.region.mask
            guard isTheirs(candidate, region, other, works) else { return false }
            guard Double(region.count) < parameters.heapShare * Double(works.count),
                near.intersection(works).count > 0
            else { return false }
            let beside = works.dilated(by: .disc(radius: parameters.heapDistance)).intersection(region)
            return Double(beside.count) >= parameters.heapNearShare * Double(region.count)
        }
    }

    private func isFollowedAsBuilt(_ candidate: Candidate) -> Bool {
        candidate.status == .open && isLikelyBuilt(candidate)
    }

    /// What lay there before works began is not theirs, but for what is plainly material: the ground that it was heaped on
    /// may have been followed before. What is not confirmed yet may have begun with another change of its place: then the
    /// pixels tell.
    private func isTheirs(_ candidate: Candidate, _ region: Mask, _ other: Candidate, _ works: Mask) -> Bool {
        let latest = candidate.firstSeen.addingTimeInterval(parameters.sampleHours * 3600)
        if latest >= other.firstSeen || isPlainMaterial(candidate) { return true }
        guard other.status == .open, let own = age.median(of: region), let theirs = age.median(of: works) else {
            return false
        }
        return Double(own) + parameters.sampleHours >= Double(theirs)
    }

    /// Whether the region model takes it for material and for no structure.
    private func isPlainMaterial(_ candidate: Candidate) -> Bool {
        candidate.likely.map { $0.likeliest.kind == .material && $0[.structure] < parameters.heapStructure } ?? false
    }

    /// Remembers that a candidate passes for a neighbour's heap, and what it was when it first did. What has been a
    /// structure for days does not become one because the neighbour's works reach it.
    func markHeap(_ candidate: inout Candidate, at: Date) {
        guard isHeapOfNeighbour(candidate, region: candidate.region.mask), !isPlainlyBuilt(candidate) else { return }
        candidate.heap = Candidate.Heap(region: candidate.heap?.region ?? candidate.region, at: at)
    }

    /// Whether it lies beside a change of its plot that is no works, where something stood by its outline or the region
    /// model: the rubble of a house that is being pulled down, of new bricks for the picture. What stays longer than what
    /// passes may be a new one.
    func isRubble(_ candidate: Candidate, region: Mask, at: Date) -> Bool {
        guard at.timeIntervalSince(candidate.firstSeen) < parameters.passingDays * 86_400,
            let plot = candidate.plots.first?.plot
        else { return false }
        let lost = state.candidates.filter { other in
            other.status == .open && other.number != candidate.number && other.plots.first?.plot == plot
                && Double(other.region.mask.count) >= parameters.rubbleShare * Double(region.count)
                && (other.judgement.outlineBefore >= BuiltEvidence.lostOutline.full
                    || other.likely?.likeliest.kind == .gone)
                && (other.built ?? 0) < parameters.lostScore && isDoubtful(other.likely)
        }
        guard !lost.isEmpty else { return false }
        let near = region.dilated(by: .disc(radius: parameters.heapDistance))
        return lost.contains { near.intersection($0.region.mask).count > 0 }
    }

    /// Whether the region model, where there is one, gives works less than an even chance.
    private func isDoubtful(_ likely: RegionLikelihood?) -> Bool { likely.map { $0.works < 0.5 } ?? true }
}
