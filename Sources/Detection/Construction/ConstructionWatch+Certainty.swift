import Foundation
import Pixels

/// How sure the region model and the looks together are that something was built, and that nobody built it.
extension ConstructionWatch {
    /// What the region model says of it. Shade lies elsewhere at another hour, and ground dries: what looks of different days
    /// and of hours far apart show is hardly that.
    func likely(_ judgement: RegionJudgement, region: Mask) -> RegionLikelihood? {
        guard isSparse, let likely = judgement.likely else { return judgement.likely }
        let moments = looksShowing(region).map(\.name.at)
        let isLitOtherwise = moments.indices.contains { k in
            moments[k...].contains { later in
                let days = later.timeIntervalSince(moments[k]) / 86_400, part = days - days.rounded(.down)
                return days >= 0.5 && 24 * min(part, 1 - part) >= parameters.otherLightHours
            }
        }
        return isLitOtherwise ? likely.lessShadow(parameters.otherLightShadow) : likely
    }

    /// Whether neither the rules call it a structure nor the region model anything that builders make.
    func isNothingBuilt(_ candidate: Candidate) -> Bool {
        guard let likely = candidate.likely else { return false }
        return candidate.judgement.kind != .structure && !likely.likeliest.kind.isWorks
    }

    /// Whether the region model has called it a structure for days, of concrete or sheet, with an outline that stays:
    /// smooth walls before a richer ground lose edges and outline, as if something had left.
    func isPlainlyBuilt(_ candidate: Candidate) -> Bool {
        guard let likely = candidate.likely else { return false }
        let judgement = candidate.judgement
        return hasLasted(candidate, looks: parameters.plainLooks) && likely.works >= parameters.plainWorks
            && likely[.structure] >= parameters.plainStructure
            && judgement.grey + judgement.sheetColour >= parameters.plainMaterial
            && !isSlender(candidate.region.mask)
    }

    /// Whether the region model has been sure of works for days, with an outline and edges that were not there, be it dug
    /// ground: a pit is flagged before anything stands in it. What is dug all over is a field.
    func isPlainlyDug(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        guard let likely = candidate.likely, likely.works >= parameters.dugWorks, evidence.detailBefore < 1,
            candidate.judgement.outlineBefore < BuiltEvidence.lostOutline.none,
            hasLasted(candidate, looks: parameters.plainLooks)
        else { return false }
        return !isSlender(candidate.region.mask) && !isDugAllOver(candidate)
    }

    /// Whether it takes more of its plot than a pit does.
    private func isDugAllOver(_ candidate: Candidate) -> Bool {
        let region = candidate.region.mask
        guard let plot = mainPlot(of: region) else { return true }
        return Double(region.count) > parameters.dugShare * Double(plot.mask.count)
    }

    /// Whether the region model takes it for bare ground all over its plot: a field that is ploughed, harvested, flooded.
    func isWorkedField(_ candidate: Candidate) -> Bool {
        candidate.likely?.likeliest.kind == .soil && isDugAllOver(candidate)
    }

    /// Whether it has lain there for days with the same outline.
    private func hasLasted(_ candidate: Candidate, looks: Int) -> Bool {
        candidate.lastSeen.timeIntervalSince(candidate.firstSeen) >= parameters.stayedDays * 86_400
            && candidate.sameShapeInARow >= looks
    }

    /// Whether concrete, plaster or sheet lies where bare ground lay for as many looks as a flag needs: works, not
    /// weather. Beds and fields stay of soil, whose colours reach to brick, or grow green.
    func hasBegun(_ candidate: Candidate) -> Bool {
        let judgement = candidate.judgement
        return (candidate.clearedLooks ?? 0) >= needed.looks && judgement.kind != .soil
            && judgement.grey + judgement.sheetColour >= parameters.clearedMaterial
            && Double(candidate.region.mask.count) >= parameters.confirmShare * Double(size.area)
    }

    /// Whether it lies where it lay for days, of concrete, sheet or new brick, with an outline that was not there, and the
    /// region model calls it works look after look: a slab or columns far away have few edges inside for the rules to go
    /// by. Where edges went, bricks count for nothing, as ploughed ground has their colour, and the outline has to be new.
    func hasStayed(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        let judgement = candidate.judgement, isRicher = evidence.detailBefore < 1
        return hasLasted(candidate, looks: parameters.stayedLooks) && isLikelyBuilt(candidate)
            && judgement.grey + judgement.sheetColour + (isRicher ? evidence.newBrick : 0) >= parameters.stayedMaterial
            && judgement.outlineBefore <= (isRicher ? parameters.stayedRicherOutline : parameters.stayedOutline)
    }

    /// Whether the region model gives works, and of them structures, the share of what was built.
    func isLikelyBuilt(_ candidate: Candidate) -> Bool {
        guard let likely = candidate.likely else { return false }
        return likely.works >= parameters.stayedWorks && likely[.structure] >= parameters.stayedStructure
    }

    /// Whether a look alone makes it built: by its own score, and by the region model where that gives walls and their
    /// material the most.
    func isBuilt(_ judgement: RegionJudgement, score: Double, _ evidence: BuiltEvidence) -> Bool {
        guard let likely = judgement.likely, !lostDetail(evidence) else { return false }
        return score >= parameters.builtScore && likely[.structure] + likely[.material] >= parameters.aloneShare
    }

    /// Whether the region model is sure of walls over all looks, and this look alone makes it built. Where looks are far apart
    /// it is enough that no edges went: grey walls on a grey roof have few, and no colour of their own.
    func isSurelyBuilt(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        guard let likely = candidate.likely, likely[.structure] >= parameters.aloneStructure else { return false }
        return isSparse ? !lostDetail(evidence) : candidate.builtSince != nil
    }

    /// Whether the place had so many more edges before that something was taken from it.
    private func lostDetail(_ evidence: BuiltEvidence) -> Bool { evidence.detailBefore >= 1 + parameters.lostDetail }

    /// Whether each of the latest looks alone makes it built, and they are so far apart that what was there before, a
    /// mown place, says nothing against it: with one look a day a smoothed score takes days to forget it.
    func hasBecomeBuilt(_ candidate: Candidate) -> Bool {
        guard let since = candidate.builtSince else { return false }
        return candidate.lastSeen.timeIntervalSince(since) >= parameters.aloneHours * 3600
    }

    /// Whether it has stayed for longer than what passes, where the region model doubts that somebody built it: a sheet
    /// over a heap, a lorry. Most of it has: what something that left has become is as old as that, and says nothing.
    func isBeyondDoubt(_ candidate: Candidate, region: Mask, at: Date) -> Bool {
        guard let likely = candidate.likely, isDoubted(likely) else { return true }
        let hours = parameters.passingDays * 24
        return candidate.looks >= needed.looks + parameters.unjudgedSamples
            && at.timeIntervalSince(candidate.firstSeen) >= hours * 3600
            && age.median(of: region).map { Double(ChangeAge.hours(at) - $0) >= hours } ?? false
    }

    /// Whether little speaks for works, or more for what is set down or parked.
    private func isDoubted(_ likely: RegionLikelihood) -> Bool {
        1 - likely.works >= parameters.doubtShare || likely.passing >= likely.works
    }

    /// Whether the region model gives works too little for a flag, however long it stays: shade, ground that dried, a net.
    func isNobodysWork(_ candidate: Candidate) -> Bool {
        candidate.likely.map { $0.works < parameters.worksShare } ?? false
    }
}
