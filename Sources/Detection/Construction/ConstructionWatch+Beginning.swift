import Foundation
import Pixels

/// The day from which works are said to have been there.
extension ConstructionWatch {
    /// Share of works that has to have changed where they are little larger than the smallest piece, ours.
    private static let begunShare = 0.75

    /// When confirmed works were first seen: not while they passed for a heap of the neighbour's, nor while the region model
    /// was sure that what lay there was nobody's work.
    func firstSeen(of candidate: Candidate, region: Mask, at: Date) -> Date {
        let begun = begin(of: region, smallest: ConstructionWatch.begunShare) ?? candidate.firstSeen
        var own = max(candidate.firstSeen, begun)
        if let mistaken = candidate.mistakenAt { own = max(own, state.history.first { $0.at > mistaken }?.at ?? at) }
        guard let heap = candidate.heap, heap.at >= own else { return own }
        let since = state.history.first { $0.at > heap.at }?.at ?? at
        return min(begin(of: region.subtracting(heap.region.mask)) ?? since, since)
    }

    /// The look that first showed a part of the region that means something. Ages are kept in whole hours.
    ///
    /// - Parameter smallest: the largest share of it that is asked for, where it is little more than the smallest region.
    func begin(of region: Mask, smallest: Double = 1) -> Date? {
        let area = Double(region.count)
        let least = max(
            min(parameters.smallestShare * Double(size.area), smallest * area), parameters.beginShare * area)
        guard let hour = age.begin(of: region, pixels: Int(least)) else { return nil }
        return state.history.first { $0.at >= hour }?.at
    }

    /// Material or bare ground that lay where the works stand now, or bricks on their plot, shortly before or until they
    /// rose from it: their beginning.
    func groundwork(of candidate: Candidate, region: Mask) -> Groundwork? {
        let before = candidate.firstSeen, plot = candidate.plots.first?.plot
        let beside = state.candidates.filter {
            $0.status == .open && $0.number != candidate.number && !isHeapOfNeighbour($0, region: $0.region.mask)
        }
        let near = region.dilated(by: .disc(radius: parameters.closeRadius))
        let oldest = before.addingTimeInterval(-parameters.groundworkDays * 86_400)
        // Ground that was cleared may be much larger than what is seen of the works at first.
        func isUnder(_ ground: Groundwork) -> Bool {
            let mask = ground.region.mask, shared = 2 * mask.intersection(near).count
            return shared > mask.count || (ground.stage == .clearing && shared > region.count)
        }
        let former = ((state.groundworks ?? []) + beside.compactMap { Groundwork($0, dugWorks: parameters.dugWorks) })
            .filter {
                guard $0.lastSeen >= oldest, $0.plot == nil || $0.plot == plot else { return false }
                return ($0.stage == .material && $0.plot != nil) || isUnder($0)
            }
        let own = [candidate.ground].compactMap { $0 }.filter(isUnder)
        return (former + own).filter { $0.firstSeen < before }.min { $0.firstSeen < $1.firstSeen }
    }
}
