import Foundation
import Pixels
import Village

extension ConstructionWatch {
    /// A candidate's region as one look shows it.
    struct Sighting {
        var region: Mask
        /// With all that hangs together with it at least as tall as wide.
        var isUpright: Bool
        /// What has lasted as long as a flag needs.
        var old: Mask
        var evidence: BuiltEvidence
        /// The composite of the latest looks.
        var now: SceneView
        var at: Date
        var path: String
    }

    /// Makes flags of what was seen often, long and built enough, the largest first: it says what lies about it.
    mutating func confirm(_ sightings: [(k: Int, sighting: Sighting)]) -> [ConstructionEvent] {
        let largestFirst = sightings.sorted {
            ($1.sighting.region.count, $0.k) < ($0.sighting.region.count, $1.k)
        }
        var events: [ConstructionEvent] = []
        for (k, sighting) in largestFirst {
            var candidate = state.candidates[k]
            markHeap(&candidate, at: sighting.at)
            let isFlag = confirm(&candidate, by: sighting)
            if isFlag, takeUp(k) { continue }
            if isFlag { events.append(.confirmed(candidate)) }
            state.candidates[k] = candidate
        }
        return events
    }

    /// - Returns: whether the candidate is a flag now.
    private func confirm(_ candidate: inout Candidate, by seen: Sighting) -> Bool {
        let region = seen.region, at = seen.at
        guard !mayBePerson(candidate, seen) || isLasting(candidate, at: at),
            isProven(region, old: seen.old, of: candidate, seen.evidence),
            isConfirmed(candidate, seen.evidence), isBeyondDoubt(candidate, region: region, at: at),
            candidate.heap?.at != at || hasStayed(candidate, seen.evidence),
            !isRubble(candidate, region: region, at: at), !comesAndGoes(candidate, region: region, at: at)
        else { return false }
        candidate.status = .confirmed
        candidate.confirmedAt = at
        candidate.evidence = seen.path
        candidate.firstSeen = firstSeen(of: candidate, region: region, at: at)
        let isPile = isPile(candidate, seen.evidence)
        var first = isPile ? .material : candidate.stages.first?.stage ?? firstStage(candidate.judgement)
        if let groundwork = groundwork(of: candidate, region: region) {
            candidate.firstSeen = groundwork.firstSeen
            first = groundwork.stage
        }
        candidate.stages = [.init(stage: first, at: candidate.firstSeen)]
        candidate.progress = WorksProgress(region: region)
        if !isStillPile(candidate, region: region) { _ = advance(&candidate, region: region, now: seen.now, at: at) }
        drawOutline(of: &candidate, region: region, now: seen.now)
        candidate.before = lastLook(before: candidate.firstSeen)
        return true
    }

    /// Whether it is upright as people who stand about are, or the region model gives them a share. A pile of bricks may hang
    /// together with what is higher; by itself it is hardly taller than wide.
    private func mayBePerson(_ candidate: Candidate, _ seen: Sighting) -> Bool {
        if (candidate.likely?[.person] ?? 0) >= parameters.personShare { return true }
        let box = seen.region.bounds
        let isLow = Double(box.height) < parameters.pileUprightness * Double(box.width)
        return seen.isUpright && !(isLow && isPile(candidate, seen.evidence))
    }

    /// Whether each of the latest looks shows the same outline, as many as a flag needs.
    func isSteady(_ region: Mask) -> Bool {
        let area = Double(max(region.count, 1))
        let showing = looks.suffix(parameters.window).filter {
            Double($0.changed.intersection(region).count) >= parameters.sameShape * area
        }
        return showing.count >= needed.looks
    }
}
