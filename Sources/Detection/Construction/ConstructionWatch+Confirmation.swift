import Analysis
import Foundation
import Pixels
import Village

extension ConstructionWatch {
    /// Takes what a look shows of a candidate.
    ///
    /// - Returns: whether the works have gone on, and what may make a flag of it; `nil` where this look does not.
    mutating func update(
        _ k: Int, region: Mask, isUpright: Bool, old: Mask, at: Date, path: String, now: SceneView,
        _ steadiness: Plane<Float>
    ) -> (events: [ConstructionEvent], sighting: Sighting?) {
        var candidate = state.candidates[k]
        let judgement = judge(region, now: now)
        let earlier = candidate.region.mask
        let earlierArea = earlier.count
        let shared = Double(region.intersection(earlier).count)
        // Works grow over what they were; what drifts by leaves it.
        let stays = shared >= parameters.sameShape * Double(earlierArea)
        candidate.sameShapeInARow = stays ? candidate.sameShapeInARow + 1 : 0
        candidate.region = RunLengthMask(region)
        candidate.judgement = judgement
        candidate.steadiness = mean(of: steadiness, in: region)
        candidate.missed = 0
        candidate.builtInARow = judgement.kind == .structure ? candidate.builtInARow + 1 : 0
        let evidence = evidence(region, now: now)
        if judgement.kind != .soil, (candidate.clearedInARow ?? 0) > 1 {
            candidate.ground = candidate.ground ?? Groundwork(state.candidates[k])
        }
        candidate.clearedInARow = judgement.kind == .soil ? (candidate.clearedInARow ?? 0) + 1 : nil
        candidate.clearedLooks = max(candidate.clearedLooks ?? 0, candidate.clearedInARow ?? 0)
        let score = builtScore(judgement, region: region, hasBegun: hasBegun(candidate), evidence: evidence)
        let isBuilt = isBuilt(judgement, score: score, evidence)
        candidate.builtSince = isBuilt ? candidate.builtSince ?? at : nil
        let former = candidate.built ?? score
        // What has doubled since says little by what it was.
        let grown = 1 - Double(earlierArea) / Double(max(region.count, 1))
        let weight = max(parameters.scoreWeight, grown)
        candidate.built = former + weight * (score - former)
        candidate.likely = likely(judgement, region: region).map {
            candidate.likely?.moved(toward: $0, by: weight) ?? $0
        }
        candidate.rightness = parameters.confidence.of(candidate.likely)
        if candidate.status == .open, isNobodysWork(candidate) { candidate.mistakenAt = at }
        let isShown = covers(looks[looks.count - 1].changed, region)
        if isShown {
            candidate.looks += 1
            candidate.lastSeen = at
            candidate.after = path
        }
        if candidate.status != .confirmed || !isStillOn(candidate, region: region) {
            candidate.plots = plotShares(of: region, keeping: keptPlot(of: candidate, earlier: earlier, region: region))
        }
        var progressed = region.count * 2 > earlierArea * 3
        if candidate.status == .confirmed, !isStillPile(candidate, region: region) {
            progressed = advance(&candidate, region: region, now: now, at: at) || progressed
            drawOutline(of: &candidate, region: region, now: now)
        }
        if candidate.status == .confirmed, progressed { candidate.evidence = path }
        state.candidates[k] = candidate
        guard candidate.status == .open else { return (progressed ? [.progressed(candidate)] : [], nil) }
        // A look that does not show it makes no flag of it: it may have left.
        guard isShown, !isSudden(candidate, grownFrom: earlierArea, to: region, old: old, evidence) else {
            return ([], nil)
        }
        return (
            [],
            Sighting(region: region, isUpright: isUpright, old: old, evidence: evidence, now: now, at: at, path: path)
        )
    }

    /// Whether it has grown many times over with this look: then it is something else, until the next look shows it too.
    /// Walls of which the region model is sure, that lay there for days before they were followed, have been found.
    func isSudden(_ candidate: Candidate, grownFrom area: Int, to region: Mask, old: Mask, _ evidence: BuiltEvidence)
        -> Bool
    {
        let known = isSurelyBuilt(candidate, evidence) ? max(area, region.intersection(old).count) : area
        return region.count > ConstructionWatch.suddenGrowth * known
    }

    /// Growth of the area from one look to the next, as a ratio, from which a look does not confirm; ours: walls that rise
    /// add a half, a tent over a puddle five times.
    static let suddenGrowth = 3

    /// The stage of what has only begun, by its colours: a heap is tall for its width without being a wall.
    func firstStage(_ judgement: RegionJudgement) -> Flag.Stage {
        judgement.brick > max(judgement.grey, judgement.soil)
            ? .material : judgement.grey > judgement.soil ? .foundation : .clearing
    }

    /// Works go forward; a stage that was passed is not gone back to.
    func advance(_ candidate: inout Candidate, region: Mask, now: SceneView, at: Date) -> Bool {
        var progress = candidate.progress ?? WorksProgress(region: region)
        let stage = progress.stage(of: candidate.judgement, view: now, region: region, at: at)
        candidate.progress = progress
        guard let stage, let next = stage.rank else { return false }
        guard next > candidate.stages.last?.stage.rank ?? -1 else { return false }
        candidate.stages.append(.init(stage: stage, at: at))
        return true
    }

    /// A look that does not tell the thing from the ground leaves the outline as it was.
    func drawOutline(of candidate: inout Candidate, region: Mask, now: SceneView) {
        guard let stage = candidate.stages.last?.stage, BuiltOutline.isDrawn(at: stage),
            let outline = BuiltOutline.of(region, now: now, before: background(under: region))
        else { return }
        candidate.builtOutline = RunLengthMask(outline)
    }

    /// Looks and hours from the first to the last that a flag needs: where a camera is looked at once a day, fewer looks
    /// over more days.
    var needed: (looks: Int, hours: Double) {
        let p = parameters
        let usual = isSparse ? (p.sparseSamples, p.sparseHours) : (p.confirmSamples, p.confirmHours)
        guard model == nil else { return usual }
        let more = isSparse ? (p.unjudgedSparseSamples, p.unjudgedSparseHours) : (p.unjudgedSamples, p.unjudgedHours)
        return (usual.0 + more.0, usual.1 + more.1)
    }

    /// Whether the latest looks are far apart.
    var isSparse: Bool {
        let latest = looks.suffix(parameters.window)
        guard latest.count > 1, let first = latest.first?.name.at, let last = latest.last?.name.at else { return false }
        return last.timeIntervalSince(first) >= parameters.sparseSpacing * 3600 * Double(latest.count - 1)
    }

    func isConfirmed(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        guard candidate.looks >= needed.looks, candidate.judgement.kind != .vegetation,
            candidate.sameShapeInARow >= 1, !isNobodysWork(candidate), !isNothingBuilt(candidate),
            !isWorkedField(candidate)
        else { return false }
        if isPlainlyBuilt(candidate) || isSurelyBuilt(candidate, evidence) || isPlainlyDug(candidate, evidence) {
            return true
        }
        return
            ((candidate.built ?? 0) >= parameters.builtScore || hasStayed(candidate, evidence)
            || hasBecomeBuilt(candidate))
            && candidate.strength >= parameters.strength
            && isBuildable(
                candidate.judgement, region: candidate.region.mask, hasBegun: hasBegun(candidate),
                isNewBrick: evidence.newBrick >= parameters.newBrickShare)
    }

    /// Whether it has been seen for so long that it is built though it did not begin low.
    func isLasting(_ candidate: Candidate, at: Date) -> Bool {
        at.timeIntervalSince(candidate.firstSeen) >= parameters.uprightDays * 86_400
    }

    /// What no score makes a building: a place that something left, ripples or furrows, and what is slender as a person.
    ///
    /// - Parameter isNewBrick: whether it is of bricks that were not there, which nothing leaves behind.
    func isBuildable(_ judgement: RegionJudgement, region: Mask, hasBegun: Bool, isNewBrick: Bool) -> Bool {
        (judgement.outlineBefore <= parameters.ghostOutline || isNewBrick)
            && (hasBegun || judgement.crossing > parameters.rippleCrossing
                || judgement.straightness < parameters.rippleStraightness)
            && !isSlender(region)
    }

    func isSlender(_ region: Mask) -> Bool {
        let box = region.bounds
        return Double(box.height) > parameters.slenderness * Double(box.width)
    }

    /// Whether something stood in this place before and left again, and this has not stayed longer than such things do:
    /// a car that is parked there from Monday to Friday, week after week.
    func comesAndGoes(_ candidate: Candidate, region: Mask, at: Date) -> Bool {
        guard at.timeIntervalSince(candidate.firstSeen) < parameters.passingDays * 86_400 else { return false }
        return state.candidates.contains { other in
            guard other.isPassing(days: parameters.passingDays) else { return false }
            let mask = other.region.mask
            return 2 * mask.intersection(region).count >= mask.union(region).count
        }
    }

    /// New brick, look after look: nothing that passes looks like it, and a wall that has begun is low.
    func isSure(_ candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        guard (candidate.built ?? 0) >= parameters.sureScore else { return false }
        if isPile(candidate, evidence) { return candidate.looks > needed.looks }
        return candidate.looks >= parameters.sureSamples && evidence.newBrick >= parameters.newBrickShare
    }

    /// Whether a region is large and compact enough for a flag, and enough of it has stayed long enough.
    ///
    /// Works grow while they are watched, so not all of it need be old; a tent that comes to stand over an old heap is
    /// not as old as the heap.
    ///
    /// What is beyond doubt may be smaller and thinner; what has long looked built, thinner.
    func isProven(_ region: Mask, old: Mask, of candidate: Candidate, _ evidence: BuiltEvidence) -> Bool {
        let isSure = isSure(candidate, evidence)
        let isPlain = candidate.looks >= parameters.sureSamples && (candidate.built ?? 0) >= parameters.plainScore
        let usual = parameters.confirmShare * Double(size.area)
        let ratio = isSure ? sizeRatio(of: candidate, evidence) : 1
        let own = leastOnPlot(of: region, ratio: ratio)
        let least = min(isSure ? parameters.sureShare * Double(size.area) : usual, own)
        let area = Double(region.count)
        guard area >= least, coversPlot(region, ratio: ratio) else { return false }
        // What is far away is smaller in both directions.
        let scale = min(1, (min(area, own) / usual).squareRoot())
        let confirmRadius = Int(Double(parameters.confirmRadius) * scale)
        // The rim of a house whose walls have begun is thin, but long.
        let box = region.bounds
        let isLarge =
            area >= parameters.largeRatio * (isSure ? least : usual) && area >= parameters.largeFill * Double(box.area)
            && min(box.width, box.height) >= 4 * parameters.confirmRadius
        var radius = isLarge || isSure || isPlain ? min(parameters.largeRadius, confirmRadius) : confirmRadius
        // A slab far away is a strip; what is upright may be somebody who stands about.
        if box.width >= 2 * box.height, isPlainlyBuilt(candidate) { radius = min(parameters.plainRadius, radius) }
        let compact = Double(region.opened(by: .disc(radius: radius)).count)
        guard compact >= parameters.compactShare * area else { return false }
        let core = Double(region.intersection(old).count)
        return core >= parameters.provenShare * area && core >= parameters.coreShare * least
    }

    /// Pixels that are enough for a flag on the plot of a region: a plot far away is small, and so is what is built on
    /// it.
    ///
    /// - Parameter ratio: the share of it that will do; only what surely is a pile may be smaller than the smallest piece.
    func leastOnPlot(of region: Mask, ratio: Double = 1) -> Double {
        let least = ratio * (mainPlot(of: region).map { leastOn($0.mask) } ?? .infinity)
        return ratio > parameters.surePileRatio ? max(least, Double(smallestPiece)) : least
    }

    func leastOn(_ plot: Mask) -> Double {
        let own = max(parameters.farShare * Double(size.area), parameters.confirmOwnShare * Double(plot.count))
        return min(parameters.confirmShare * Double(size.area), own)
    }

    /// Whether what was flagged on a plot still lies on it, if only in part: a flag does not move to the next plot.
    private func isStillOn(_ candidate: Candidate, region: Mask) -> Bool {
        guard let plot = candidate.plots.first?.plot, let mask = plots.first(where: { $0.id == plot })?.mask else {
            return false
        }
        return Double(mask.intersection(region).count) >= parameters.sliverShare * Double(region.count)
    }

    func lastLook(before at: Date) -> String? { state.history.last { $0.at < at }?.path }

    /// The latest background that shows the place is the fairest "before".
    func background(under region: Mask) -> SceneView {
        (backgrounds.last { $0.view.valid.intersection(region).count * 2 > region.count } ?? backgrounds[0]).view
    }

    /// How built one look makes the region, 0…1.
    func builtScore(
        _ judgement: RegionJudgement, region: Mask, hasBegun: Bool = false, evidence: BuiltEvidence
    ) -> Double {
        guard judgement.kind != .vegetation,
            isBuildable(
                judgement, region: region, hasBegun: hasBegun,
                isNewBrick: evidence.newBrick >= parameters.newBrickShare)
        else { return 0 }
        return evidence.score(judgement, hasBegun: hasBegun, parameters: parameters)
    }

    func evidence(_ region: Mask, now: SceneView) -> BuiltEvidence {
        BuiltEvidence(in: region, now: now, before: background(under: region))
    }

    func judge(_ region: Mask, now: SceneView) -> RegionJudgement {
        let before = background(under: region)
        let judge = RegionJudge(parameters: parameters, model: model, kernels: kernels)
        let whole = judge.judge(region, now: now, before: before)
        guard whole.kind != .structure, whole.kind != .vegetation, let hard = hardPart(of: region, in: now.image) else {
            return whole
        }
        // Sand and trodden ground lie about every works and say nothing against them.
        var core = judge.judge(hard, now: now, before: before)
        guard core.kind == .structure else { return whole }
        // What a thing is, its whole outline tells.
        core.measures = whole.measures
        core.likely = whole.likely
        return core
    }

    /// The region without bare ground, where that is large enough to be a flag by itself.
    func hardPart(of region: Mask, in image: RGBImage) -> Mask? {
        var hard = region
        for i in hard.bytes.indices where hard.bytes[i] != 0 && ColourKind(of: image, at: i) == .soil {
            hard.bytes[i] = 0
        }
        hard = hard.closed(by: .disc(radius: 1)).opened(by: .disc(radius: 1)).intersection(region)
        let least = max(parameters.confirmShare * Double(size.area), parameters.provenShare * Double(region.count))
        return Double(hard.count) >= least ? hard : nil
    }

    func mean(of plane: Plane<Float>, in region: Mask) -> Double {
        var sum = 0.0, count = 0.0
        for i in region.bytes.indices where region.bytes[i] != 0 {
            sum += Double(plane.samples[i])
            count += 1
        }
        return count == 0 ? 0 : sum / count
    }
}
