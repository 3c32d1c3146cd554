import Analysis
import Foundation
import Kernels
import Pixels
import Village

/// Follows one camera's scene and says what was built.
///
/// Looks (captures in the reference frame, at most one in some hours) are compared with several backgrounds (medians of
/// earlier looks). A pixel speaks when it differs from every background in a way that light does not explain, in most
/// of the
/// latest looks, with the same content each time. Regions of such pixels are candidates; one that stays and looks built
/// is
/// confirmed. Backgrounds never take in what a candidate covers.
///
/// - Note: pure and ordered: the same looks in the same order give the same events, wherever a run was cut.
public struct ConstructionWatch: Sendable {
    let parameters: ConstructionParameters
    let size: Size
    let kernels: KernelSet
    let plots: [(id: String, mask: Mask)]
    let anyPlot: Mask
    var state: State
    var looks: [Look] = []
    /// The looks that backgrounds are made of.
    var anchors: [Look] = []
    var age: ChangeAge
    var backgrounds: [Background] = []

    /// What is kept between runs besides pictures.
    public struct State: Sendable, Codable, Equatable {
        var lastSample: Int?
        var looks: [LookName] = []
        var anchors: [LookName] = []
        /// Looks before those, oldest first, to name the picture that was last without a thing.
        var history: [LookName] = []
        var backgrounds: [BackgroundName] = []
        public internal(set) var candidates: [Candidate] = []
        var nextNumber = 1
    }

    struct LookName: Sendable, Codable, Equatable {
        var at: Date
        var path: String
        var picture: String { "look/\(Int(at.timeIntervalSince1970))" }
    }

    struct BackgroundName: Sendable, Codable, Equatable {
        var from: Date
        var until: Date
        var picture: String { "background/\(Int(until.timeIntervalSince1970))" }
    }

    struct Look: Sendable {
        var name: LookName
        var view: SceneView
        /// Where this look differs from every background.
        var changed: Mask
        /// Where it shows what the look before showed.
        var repeats: Mask
    }

    struct Background: Sendable {
        var name: BackgroundName
        var view: SceneView
    }

    /// - Parameters:
    ///   - size: of the working picture.
    ///   - plots: masks of that size.
    public init(parameters: ConstructionParameters, size: Size, plots: [(id: String, mask: Mask)], kernels: KernelSet) {
        self.parameters = parameters
        self.size = size
        self.kernels = kernels
        self.plots = plots
        anyPlot = plots.reduce(Mask(width: size.width, height: size.height, inside: false)) { $0.union($1.mask) }
        state = State()
        age = ChangeAge(size: size)
    }

    public var candidates: [Candidate] { state.candidates }

    /// Whether a capture at this moment would be looked at.
    public func wants(at: Date) -> Bool { state.lastSample.map { sample(at) > $0 } ?? true }

    /// Four a day for two months.
    static let historyLength = 240

    private func sample(_ at: Date) -> Int {
        Int((at.timeIntervalSince1970 / (parameters.sampleHours * 3600)).rounded(.down))
    }

    /// Takes one usable capture, in order of time.
    ///
    /// - Parameters:
    ///   - image: in the reference frame, of the working size.
    ///   - valid: 255 where `image` shows the scene.
    public mutating func look(at: Date, path: String, image: RGBImage, valid: Mask) -> [ConstructionEvent] {
        precondition(image.size == size && valid.size == size, "looks have the working size")
        guard wants(at: at) else { return [] }
        state.lastSample = sample(at)
        let view = SceneView(image: image, valid: valid, radius: parameters.correlationRadius)
        let name = LookName(at: at, path: path)
        guard !backgrounds.isEmpty else {
            let unchanged = Mask(width: size.width, height: size.height, inside: false)
            append(Look(name: name, view: view, changed: unchanged, repeats: repeats(view)))
            makeBackgroundIfDue(at: at)
            return []
        }
        let (changed, share) = differenceFromBackgrounds(view)
        // Snow, flood, fog that slipped through, a camera that looks elsewhere: such a look testifies to nothing.
        guard share <= parameters.sceneWideShare else { return [] }
        append(Look(name: name, view: view, changed: changed, repeats: repeats(view)))
        age.add(changed, valid: valid, at: at)
        let events = evaluate(at: at, path: path)
        makeBackgroundIfDue(at: at)
        return events
    }

    private mutating func append(_ look: Look) {
        looks.append(look)
        let oldest = look.name.at.addingTimeInterval(-parameters.windowDays * 86_400)
        looks.removeAll { $0.name.at < oldest }
        looks = looks.suffix(parameters.window)
        // Of each day the first look and the latest, so that a camera of many looks a day is remembered over days.
        if anchors.count >= 2, anchors.suffix(2).allSatisfy({ bin($0.name.at) == bin(look.name.at) }) {
            anchors.removeLast()
        }
        anchors.append(look)
        anchors.removeAll { $0.name.at < oldest }
        anchors = anchors.suffix(parameters.backgroundSamples)
        state.anchors = anchors.map(\.name)
        state.history = (state.history + [look.name]).suffix(ConstructionWatch.historyLength)
        state.looks = looks.map(\.name)
    }

    private func bin(_ at: Date) -> Int { Int((at.timeIntervalSince1970 / 86_400).rounded(.down)) }

    // MARK: Backgrounds

    /// Changed against every background that shows the pixel; the share is of the pixels that any background shows.
    private func differenceFromBackgrounds(_ view: SceneView) -> (changed: Mask, share: Double) {
        var changed = Mask(width: size.width, height: size.height, inside: false)
        var same = changed
        for background in backgrounds {
            let map = ChangeMap(of: view, against: background.view, parameters: parameters).changed
            changed = changed.union(map)
            same = same.union(view.valid.intersection(background.view.valid).subtracting(map))
        }
        let either = changed.union(same).count
        changed = changed.subtracting(same)
        return (changed, either == 0 ? 1 : Double(changed.count) / Double(either))
    }

    private mutating func makeBackgroundIfDue(at: Date) {
        let latest = anchors
        guard latest.count == parameters.backgroundSamples, let first = latest.first?.name.at else { return }
        guard at.timeIntervalSince(first) >= parameters.backgroundDays * 86_400 else { return }
        if let last = backgrounds.last {
            guard at.timeIntervalSince(last.name.until) >= parameters.backgroundEveryDays * 86_400 else { return }
        }
        let composite = MedianComposite(images: latest.map(\.view.image), valid: latest.map { $0.view.valid })
        var valid = Mask(
            width: size.width, height: size.height,
            bytes: composite.support.samples.map { Int($0) * 2 > latest.count ? 255 : 0 })
        for candidate in state.candidates where candidate.stands {
            valid = valid.subtracting(candidate.region.mask.dilated(by: .disc(radius: parameters.closeRadius + 2)))
        }
        // What has only begun to differ is left out as well; what has differed all along and is no candidate is learnt.
        if !backgrounds.isEmpty {
            let recent = votes(of: looks[...], atLeast: 1)
            let lasting = votes(of: anchors[...], atLeast: anchors.count)
            valid = valid.subtracting(recent.subtracting(lasting))
        }
        let name = BackgroundName(from: first, until: at)
        backgrounds.append(
            Background(
                name: name, view: SceneView(image: composite.image, valid: valid, radius: parameters.correlationRadius))
        )
        // The first stays for good: it is what the place was like; of the others the latest.
        while backgrounds.count > parameters.backgroundsKept { backgrounds.remove(at: 1) }
        state.backgrounds = backgrounds.map(\.name)
    }

    /// Pixels that changed in at least so many of these looks.
    private func votes(of looks: ArraySlice<Look>, atLeast needed: Int) -> Mask {
        let counts = Mask.counts(of: looks.map(\.changed), size: size)
        return Mask(width: size.width, height: size.height, bytes: counts.map { Int($0) >= needed ? 255 : 0 })
    }

    // MARK: Candidates

    private mutating func evaluate(at: Date, path: String) -> [ConstructionEvent] {
        let latest = looks.suffix(parameters.window)
        guard latest.count >= parameters.votes else { return [] }
        let voted = votes(of: latest, atLeast: parameters.votes)
        let composite = MedianComposite(images: latest.map(\.view.image), valid: latest.map { $0.view.valid })
        let now = SceneView(
            image: composite.image,
            valid: Mask(
                width: size.width, height: size.height,
                bytes: composite.support.samples.map { Int($0) >= parameters.votes ? 255 : 0 }),
            radius: parameters.correlationRadius)
        let steadiness = steadiness(of: latest)
        var lasting = voted.intersection(differenceFromBackgrounds(now).changed)
        for i in lasting.bytes.indices where steadiness.samples[i] < Float(parameters.stability) {
            lasting.bytes[i] = 0
        }
        lasting = lasting.closed(by: .disc(radius: parameters.closeRadius)).opened(
            by: .disc(radius: parameters.openRadius))

        let old = age.lasting(hours: parameters.confirmHours, votes: parameters.confirmSamples, at: at)
        let proven = regions(
            in: lasting.intersection(old).opened(by: .disc(radius: 1)), atLeast: parameters.confirmShare
        )
        .filter {
            $0.eroded(by: .disc(radius: parameters.confirmRadius)).count > 0 && coversPlot($0)
                && judge($0, now: now).kind == .structure
        }
        return follow(
            regions(in: lasting, atLeast: parameters.smallestShare), proven: proven, at: at, path: path, now: now,
            steadiness: steadiness)
    }

    /// Whether a region is large for the plot that it lies in, not only for the picture.
    private func coversPlot(_ region: Mask) -> Bool {
        plots.contains { plot in
            let inside = plot.mask.intersection(region).count
            return 2 * inside > region.count
                && Double(inside) >= parameters.confirmPlotShare * Double(plot.mask.count)
        }
    }

    /// The pieces of `lasting` that are large enough, cut at the borders of plots.
    ///
    /// Works on neighbouring plots often touch in an oblique view, so each plot answers for what lies on it; a sliver
    /// that hangs
    /// on a much larger piece of the next plot is part of that one.
    private func regions(in lasting: Mask, atLeast share: Double) -> [Mask] {
        let smallest = Int(share * Double(size.area))
        let whole = Components(of: lasting)
        var pieces: [(region: Mask, area: Int, label: Int32)] = []
        for plot in plots {
            let parts = Components(of: lasting.intersection(plot.mask))
            for part in parts.pieces where part.areaInPixels >= smallest {
                let region = parts.mask(of: part)
                guard let first = region.bytes.firstIndex(of: 255) else { continue }
                pieces.append((region, part.areaInPixels, whole.labels.samples[first]))
            }
        }
        return pieces.filter { piece in
            let host = pieces.filter { $0.label == piece.label }.map(\.area).max() ?? piece.area
            guard Double(piece.area) >= parameters.sliverShare * Double(host) else { return false }
            // What lies mostly beside every plot is nobody's: a heap in the street that leans on a plot's edge.
            var beside = 0
            for i in lasting.bytes.indices
            where whole.labels.samples[i] == piece.label && anyPlot.bytes[i] == 0 { beside += 1 }
            return Double(piece.area) >= parameters.plotShare * Double(piece.area + beside)
        }.map(\.region)
    }

    /// Share of the looks that show at each pixel what the look before showed.
    ///
    /// Water, leaves in the wind and a crossing that is never empty differ from any background, and from look to look
    /// as
    /// well. A median of the looks would not tell: each of them is part of it.
    private func steadiness(of looks: ArraySlice<Look>) -> Plane<Float> {
        let counts = Mask.counts(of: looks.map(\.repeats), size: size)
        return Plane(width: size.width, height: size.height, samples: counts.map { Float($0) / Float(looks.count) })
    }

    /// Where a view shows what the look before showed; everywhere for the first.
    private func repeats(_ view: SceneView) -> Mask {
        guard let last = looks.last else { return Mask(width: size.width, height: size.height, inside: true) }
        return ChangeMap(of: view, against: last.view, parameters: parameters).changed.inverted
    }

    private func plotShares(of region: Mask) -> [Candidate.PlotShare] {
        let count = Double(region.count)
        return plots.compactMap { plot in
            let inside = Double(plot.mask.intersection(region).count)
            return inside == 0 ? nil : Candidate.PlotShare(plot: plot.id, share: inside / count)
        }.sorted { ($1.share, $0.plot) < ($0.share, $1.plot) }
    }

    private mutating func follow(
        _ found: [Mask], proven: [Mask], at: Date, path: String, now: SceneView, steadiness: Plane<Float>
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
        for (k, region) in seen.sorted(by: { $0.key < $1.key }) {
            // A tent that comes to stand over an old heap is not as old as the heap.
            let least = parameters.provenShare * Double(region.count)
            let isProven = proven.contains { Double($0.intersection(region).count) >= least }
            events += update(k, region: region, isProven: isProven, at: at, path: path, now: now, steadiness)
        }
        for k in state.candidates.indices where seen[k] == nil && state.candidates[k].stands {
            state.candidates[k].missed += 1
            guard state.candidates[k].missed >= parameters.missedLooks else { continue }
            if state.candidates[k].status == .confirmed {
                state.candidates[k].status = .removed
                state.candidates[k].removedAt = at
                state.candidates[k].stages.append(.init(stage: .removed, at: at))
                events.append(.removed(state.candidates[k]))
            } else {
                events.append(.withdrawn(state.candidates[k]))
            }
        }
        // Growing plants, and what stayed doubtful for long, are given back to the backgrounds.
        let oldest = at.addingTimeInterval(-parameters.giveUpDays * 86_400)
        state.candidates.removeAll {
            $0.status == .open
                && ($0.missed >= parameters.missedLooks || $0.judgement.kind == .vegetation || $0.firstSeen < oldest)
        }
        for region in newcomers { open(region, at: at, path: path, now: now, steadiness: steadiness) }
        return events
    }

    /// The candidate that a region continues: a confirmed one before an open one, the older before the younger.
    private func match(of region: Mask) -> Int? {
        let area = region.count
        let matching = state.candidates.indices.filter { k in
            guard state.candidates[k].stands else { return false }
            let other = state.candidates[k].region.mask
            return Double(region.intersection(other).count) >= 0.4 * Double(max(min(area, other.count), 1))
        }
        return matching.first { state.candidates[$0].status == .confirmed } ?? matching.first
    }

    /// A candidate that another has grown over is part of it from now on, and not gone.
    private mutating func mergeOvergrown(by seen: [Int: Mask]) {
        var overgrown: Set<Int> = []
        for (k, region) in seen.sorted(by: { $0.key < $1.key }) {
            for other in state.candidates.indices where seen[other] == nil && state.candidates[other].stands {
                let mask = state.candidates[other].region.mask
                guard region.intersection(mask).count * 2 > mask.count else { continue }
                overgrown.insert(other)
                // Once confirmed, the beginning is known better than the older one's.
                guard state.candidates[k].status == .open,
                    state.candidates[other].firstSeen < state.candidates[k].firstSeen
                else { continue }
                state.candidates[k].firstSeen = state.candidates[other].firstSeen
                state.candidates[k].before = state.candidates[other].before
            }
        }
        for k in overgrown { state.candidates[k].status = .merged }
    }

    private mutating func open(_ region: Mask, at: Date, path: String, now: SceneView, steadiness: Plane<Float>) {
        let judgement = judge(region, now: now)
        // Growing plants are no candidates: the backgrounds may learn them.
        guard judgement.kind != .vegetation else { return }
        let showing = looks.suffix(parameters.window).filter { covers($0.changed, region) }
        let firstSeen = showing.first?.name.at ?? at
        state.candidates.append(
            Candidate(
                number: state.nextNumber, firstSeen: firstSeen, lastSeen: at, looks: showing.count,
                region: RunLengthMask(region),
                judgement: judgement, builtInARow: judgement.kind == .structure ? 1 : 0, sameShapeInARow: 0,
                steadiness: mean(of: steadiness, in: region),
                stages: [], plots: plotShares(of: region),
                before: lastLook(before: firstSeen), after: path))
        state.nextNumber += 1
    }

    private func covers(_ changed: Mask, _ region: Mask) -> Bool {
        Double(changed.intersection(region).count) >= 0.35 * Double(region.count)
    }

    private mutating func update(
        _ k: Int, region: Mask, isProven: Bool, at: Date, path: String, now: SceneView, _ steadiness: Plane<Float>
    ) -> [ConstructionEvent] {
        var candidate = state.candidates[k]
        let judgement = judge(region, now: now)
        let earlier = candidate.region.mask
        let earlierArea = earlier.count
        let shared = Double(region.intersection(earlier).count)
        let overlap = shared / max(Double(region.count + earlierArea) - shared, 1)
        candidate.sameShapeInARow = overlap >= parameters.sameShape ? candidate.sameShapeInARow + 1 : 0
        candidate.region = RunLengthMask(region)
        candidate.judgement = judgement
        candidate.steadiness = mean(of: steadiness, in: region)
        candidate.missed = 0
        candidate.builtInARow = judgement.kind == .structure ? candidate.builtInARow + 1 : 0
        if covers(looks[looks.count - 1].changed, region) {
            candidate.looks += 1
            candidate.lastSeen = at
            candidate.after = path
        }
        candidate.plots = plotShares(of: region)
        var progressed = region.count * 2 > earlierArea * 3
        if candidate.status == .confirmed {
            progressed = advance(&candidate, to: judgement.stage, at: at) || progressed
        }
        var events: [ConstructionEvent] = []
        if candidate.status == .open, isProven, isConfirmed(candidate), !isHeapOfNeighbour(candidate, region: region) {
            candidate.status = .confirmed
            candidate.confirmedAt = at
            candidate.evidence = path
            candidate.firstSeen = max(candidate.firstSeen, begin(of: region) ?? candidate.firstSeen)
            candidate.before = lastLook(before: candidate.firstSeen)
            candidate.stages = [.init(stage: judgement.stage, at: candidate.firstSeen)]
            events.append(.confirmed(candidate))
        } else if candidate.status == .confirmed, progressed {
            candidate.evidence = path
            events.append(.progressed(candidate))
        }
        state.candidates[k] = candidate
        return events
    }

    /// Works go forward; a stage that was passed is not gone back to.
    private func advance(_ candidate: inout Candidate, to stage: Flag.Stage, at: Date) -> Bool {
        let order: [Flag.Stage] = [.clearing, .material, .foundation, .walls, .roof, .finished]
        guard let next = order.firstIndex(of: stage) else { return false }
        let reached = candidate.stages.last.flatMap { order.firstIndex(of: $0.stage) } ?? -1
        guard next > reached else { return false }
        candidate.stages.append(.init(stage: stage, at: at))
        return true
    }

    private func isConfirmed(_ candidate: Candidate) -> Bool {
        candidate.looks >= parameters.confirmSamples && candidate.builtInARow >= 2 && candidate.sameShapeInARow >= 1
            && candidate.confidence >= parameters.confidence
    }

    /// Builders heap their material beside the works, on the next plot's edge too: a smaller thing without walls or
    /// roof that
    /// touches confirmed works is theirs.
    private func isHeapOfNeighbour(_ candidate: Candidate, region: Mask) -> Bool {
        guard candidate.judgement.stage != .walls, candidate.judgement.stage != .roof else { return false }
        let near = region.dilated(by: .disc(radius: parameters.heapDistance))
        return state.candidates.contains { other in
            guard other.status == .confirmed, other.number != candidate.number else { return false }
            let works = other.region.mask
            return Double(region.count) < parameters.heapShare * Double(works.count)
                && near.intersection(works).count > 0
        }
    }

    /// The look that first showed as much of the region as a flag needs. Ages are kept in whole hours.
    private func begin(of region: Mask) -> Date? {
        guard let hour = age.begin(of: region, pixels: Int(parameters.confirmShare * Double(size.area))) else {
            return nil
        }
        return state.history.first { $0.at >= hour }?.at
    }

    private func lastLook(before at: Date) -> String? { state.history.last { $0.at < at }?.path }

    private func judge(_ region: Mask, now: SceneView) -> RegionJudgement {
        // The background that differs least outside the region is the fairest "before".
        let before = backgrounds.last { $0.view.valid.intersection(region).count * 2 > region.count } ?? backgrounds[0]
        return RegionJudge(parameters: parameters, kernels: kernels).judge(region, now: now, before: before.view)
    }

    private func mean(of plane: Plane<Float>, in region: Mask) -> Double {
        var sum = 0.0, count = 0.0
        for i in region.bytes.indices where region.bytes[i] != 0 {
            sum += Double(plane.samples[i])
            count += 1
        }
        return count == 0 ? 0 : sum / count
    }
}
