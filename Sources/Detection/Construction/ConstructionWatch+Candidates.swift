import Analysis
import Foundation
import Pixels
import Village

extension ConstructionWatch {
    mutating func evaluate(at: Date, path: String) -> [ConstructionEvent] {
        let latest = looks.suffix(parameters.window)
        guard latest.count >= fewestVotes else { return [] }
        let steadiness = steadiness(of: latest)
        let voted = lastingChange(in: latest, steadiness: steadiness)
        // What the backgrounds explain only goes from it, and less in is less out of a closing and an opening: where no
        // plot has room for a piece now, none is found.
        guard hasRoom(in: tidied(voted)) else { return countMissed(besides: [], at: at) }
        let composite = MedianComposite(images: latest.map(\.image), valid: latest.map(\.valid))
        let now = SceneView(
            image: composite.image,
            valid: Mask(
                width: size.width, height: size.height,
                bytes: composite.support.samples.map { Int($0) >= fewestVotes ? 255 : 0 }),
            radius: parameters.correlationRadius)
        let lasting = tidied(voted.intersection(differenceFromBackgrounds(now).changed))
        guard hasRoom(in: lasting) else { return countMissed(besides: [], at: at) }

        let old = age.lasting(hours: needed.hours, votes: needed.looks, at: at)
        let whole = Components(of: lasting)
        return follow(
            regions(in: lasting, whole: whole, now: composite.image), of: whole, old: old.opened(by: .disc(radius: 1)),
            at: at, path: path, now: now, steadiness: steadiness)
    }

    /// Without gaps and slivers.
    private func tidied(_ mask: Mask) -> Mask {
        mask.closed(by: .disc(radius: parameters.closeRadius)).opened(by: .disc(radius: parameters.openRadius))
    }

    /// Whether as much of it as the smallest piece lies on one plot.
    private func hasRoom(in mask: Mask) -> Bool {
        plots.contains { mask.intersection($0.mask).count >= max(smallestPile, 1) }
    }

    mutating func follow(
        _ found: [Mask], of whole: Components, old: Mask, at: Date, path: String, now: SceneView,
        steadiness: Plane<Float>
    ) -> [ConstructionEvent] {
        var events: [ConstructionEvent] = []
        var seen: [Int: Mask] = [:]
        var newcomers: [Mask] = []
        for region in found {
            if let k = match(of: region) {
                seen[k] = seen[k]?.union(region) ?? region
            } else {
                newcomers.append(region)
            }
        }
        mergeOvergrown(by: seen)
        var sightings: [(k: Int, sighting: Sighting)] = []
        for (k, region) in seen.sorted(by: { $0.key < $1.key }) {
            let isUpright = isUpright(region, in: whole)
            let (news, sighting) = update(
                k, region: region, isUpright: isUpright, old: old, at: at, path: path, now: now, steadiness)
            events += news
            if let sighting { sightings.append((k, sighting)) }
        }
        for region in newcomers {
            let isUpright = isUpright(region, in: whole)
            let k = state.candidates.count
            guard
                let sighting = open(
                    region, isUpright: isUpright, old: old, at: at, path: path, now: now, steadiness: steadiness)
            else { continue }
            seen[k] = region
            if covers(looks[looks.count - 1].changed, region) { sightings.append((k, sighting)) }
        }
        let taken = takeUpWorks(of: Set(seen.keys))
        events += confirm(sightings.filter { !taken.contains($0.k) })
        for (k, region) in seen.sorted(by: { $0.key < $1.key }) { nameTouched(k, region: region, in: whole) }
        return events + countMissed(besides: Set(seen.keys), at: at)
    }

    /// Candidates that this look does not show, and those that are given up.
    private mutating func countMissed(besides seen: Set<Int>, at: Date) -> [ConstructionEvent] {
        var events: [ConstructionEvent] = []
        for k in state.candidates.indices where !seen.contains(k) && state.candidates[k].stands {
            state.candidates[k].missed += 1
            guard state.candidates[k].missed >= parameters.missedLooks else { continue }
            if state.candidates[k].status == .confirmed {
                state.candidates[k].status = .removed
                state.candidates[k].removedAt = at
                state.candidates[k].stages.append(.init(stage: .removed, at: at))
                events.append(.removed(state.candidates[k]))
            } else {
                remember(state.candidates[k], at: at)
                events.append(.withdrawn(state.candidates[k]))
            }
        }
        // Growing plants, and what stayed doubtful for long, are given back to the backgrounds.
        let oldest = at.addingTimeInterval(-parameters.giveUpDays * 86_400)
        for candidate in state.candidates where candidate.isPlants && candidate.missed < parameters.missedLooks {
            remember(candidate, at: at)
        }
        state.candidates.removeAll {
            $0.isPlants || ($0.status == .open && ($0.missed >= parameters.missedLooks || $0.firstSeen < oldest))
        }
        return events
    }

    /// Keeps what may turn out to be the beginning of works.
    private mutating func remember(_ candidate: Candidate, at: Date) {
        guard !isHeapOfNeighbour(candidate, region: candidate.region.mask) else { return }
        state.remember(
            candidate, dugWorks: parameters.dugWorks, oldest: at.addingTimeInterval(-parameters.windowDays * 86_400))
    }

    /// Plots onto which a candidate goes on: what stands on the next plot belongs to it where both began together.
    mutating func nameTouched(_ k: Int, region: Mask, in whole: Components) {
        let candidate = state.candidates[k]
        guard let plot = candidate.plots.first?.plot else { return }
        let touched = touched(by: region, of: plot, in: whole).filter { other in
            let there = state.candidates.filter { $0.stands && $0.plots.first?.plot == other }
            return there.isEmpty || covers(other, region)
                || there.contains {
                    abs($0.firstSeen.timeIntervalSince(candidate.firstSeen)) <= parameters.togetherDays * 86_400
                }
        }
        state.candidates[k].touches = touched.isEmpty ? nil : touched
    }

    /// The candidate that a region continues: one of the same plot before another's, as outlines of plots overlap in
    /// the picture; a confirmed one before an open one, of those the one confirmed first, as its flag is out already.
    ///
    /// What has grown over a candidate of its plot continues it; another plot's goes on in what it covers itself.
    func match(of region: Mask) -> Int? {
        let area = region.count, plot = plotShares(of: region).first?.plot
        let matching = state.candidates.indices.filter { k in
            guard state.candidates[k].stands else { return false }
            let other = state.candidates[k].region.mask
            let isOwn = state.candidates[k].plots.first?.plot == plot
            return Double(region.intersection(other).count)
                >= 0.4 * Double(max(isOwn ? min(area, other.count) : area, 1))
        }
        let own = matching.filter { state.candidates[$0].plots.first?.plot == plot }
        func flagged(_ indices: [Int]) -> Int? {
            indices.filter { state.candidates[$0].status == .confirmed }.min {
                (state.candidates[$0].confirmedAt ?? .distantFuture, $0)
                    < (state.candidates[$1].confirmedAt ?? .distantFuture, $1)
            }
        }
        return flagged(own) ?? own.first ?? flagged(matching) ?? matching.first
    }

    /// A candidate that another has grown over is part of it from now on, and not gone.
    mutating func mergeOvergrown(by seen: [Int: Mask]) {
        var overgrown: Set<Int> = []
        for (k, region) in seen.sorted(by: { $0.key < $1.key }) {
            for other in state.candidates.indices where seen[other] == nil && state.candidates[other].stands {
                let mask = state.candidates[other].region.mask
                guard region.intersection(mask).count * 2 > mask.count else { continue }
                // What was flagged on one plot is not swallowed by what is built on the next.
                guard
                    state.candidates[other].status == .open
                        || state.candidates[other].plots.first?.plot == state.candidates[k].plots.first?.plot
                else { continue }
                overgrown.insert(other)
                // Once confirmed, the beginning is known better than the older one's.
                guard state.candidates[k].status == .open,
                    state.candidates[other].firstSeen < state.candidates[k].firstSeen,
                    state.candidates[other].judgement.outlineBefore < BuiltEvidence.lostOutline.none
                else { continue }
                state.candidates[k].firstSeen = state.candidates[other].firstSeen
                state.candidates[k].before = state.candidates[other].before
            }
        }
        for k in overgrown { state.candidates[k].status = .merged }
    }

    /// Follows a region from now on. Where looks are far apart it may have been seen often and long enough at once.
    ///
    /// - Returns: what may make a flag of it; `nil` where it is not followed.
    mutating func open(
        _ region: Mask, isUpright: Bool, old: Mask, at: Date, path: String, now: SceneView, steadiness: Plane<Float>
    ) -> Sighting? {
        let judgement = judge(region, now: now)
        // Growing plants are no candidates: the backgrounds may learn them.
        guard judgement.kind != .vegetation else { return nil }
        let showing = looksShowing(region)
        let firstSeen = showing.first?.name.at ?? at
        var candidate =
            Candidate(
                number: state.nextNumber, firstSeen: firstSeen, lastSeen: at, looks: showing.count,
                region: RunLengthMask(region),
                judgement: judgement, builtInARow: judgement.kind == .structure ? 1 : 0, sameShapeInARow: 0,
                steadiness: mean(of: steadiness, in: region),
                stages: [.init(stage: firstStage(judgement), at: firstSeen)], plots: plotShares(of: region),
                before: lastLook(before: firstSeen), after: path)
        let evidence = evidence(region, now: now)
        candidate.built = builtScore(judgement, region: region, evidence: evidence)
        candidate.likely = likely(judgement, region: region)
        candidate.rightness = parameters.confidence.of(candidate.likely)
        // What drifts by is elsewhere in each look.
        if isSteady(region) { candidate.sameShapeInARow = 1 }
        state.candidates.append(candidate)
        state.nextNumber += 1
        return Sighting(
            region: region, isUpright: isUpright, old: old, evidence: evidence, now: now, at: at, path: path)
    }

    /// Of the latest looks those in which enough of a region changed.
    func looksShowing(_ region: Mask) -> [Look] { looks.filter { covers($0.changed, region) } }

    func covers(_ changed: Mask, _ region: Mask) -> Bool {
        Double(changed.intersection(region).count) >= 0.35 * Double(region.count)
    }
}

extension Candidate {
    /// Whether it is no flag and looks like growing plants.
    fileprivate var isPlants: Bool { status == .open && judgement.kind == .vegetation }
}
