import Advising
import Analysis
import Detection
import Foundation
import Pixels
import Storage
import Village

/// From what is stored to flags and advice. Reads no picture of the archive; the same store gives the same judgement.
struct Judging {
    let site: Site
    let clock: SiteClock
    let store: Store
    let models: Models
    let now: Date

    /// - Returns: besides flags and advice, what could not be used for them.
    func judge() throws -> (flags: [Flag], advice: [Advice], faults: [String]) {
        let rooms = try rooms(), pens = try pens()
        let flags = (try flags() + rooms.flags + pens.flags).sorted { ($0.firstSeen, $0.id) < ($1.firstSeen, $1.id) }
        let advice = (try advice() + pens.advice + fruit()).sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        return (flags, advice, rooms.faults)
    }

    // MARK: Flags

    private func flags() throws -> [Flag] {
        let judge = ConstructionJudge(site: site)
        let decided = Set(try store.standingDecisions().keys)
        var flags: [Flag] = []
        for camera in site.cameras {
            let found = try ConstructionHistory(camera: camera.id, store: store).confirmed.map {
                (number: $0.number, finding: try finding($0, camera: camera))
            }
            let memory = RejectionMemory(
                rejected: try store.rejectedOutlines(camera: camera.id), decided: decided,
                colours: Dictionary(found.map { ($0.finding.id, $0.finding.colours) }) { first, _ in first })
            for (number, finding) in found {
                guard var flag = judge.flag(finding).map(memory.applied) else { continue }
                flag.evidence = try evidence(of: number, camera: camera.id, flag: flag.id)
                flags.append(flag)
            }
        }
        return flags
    }

    private func finding(_ candidate: Candidate, camera: Camera) throws -> ConstructionFinding {
        let id = "\(camera.id)-\(candidate.number)"
        let size = try referenceSize(of: camera)
        let factor = max(1, (size.width + models.construction.workingWidth - 1) / models.construction.workingWidth)
        let shape = CandidateShape(candidate, in: size, factor: factor)
        let ground =
            camera.ground.count >= 4
            ? GroundPlane(pixels: camera.ground.map(\.pixel), metres: camera.ground.map(\.metres)) : nil
        var finding = ConstructionFinding(
            id: id, camera: camera.id, parts: candidate.plots.map { .init(plot: $0.plot, share: $0.share) },
            outline: shape.outline,
            box: [shape.box.x, shape.box.y, shape.box.width, shape.box.height],
            stage: candidate.stages.last?.stage ?? .unknown,
            stages: candidate.stages, firstSeen: candidate.firstSeen, lastSeen: candidate.lastSeen,
            confirmedAt: candidate.confirmedAt ?? candidate.lastSeen, areaInPixels: shape.mask.count,
            areaInSquareMetres: ground.flatMap { area(of: candidate, shape: shape, on: $0) },
            confidence: (candidate.confidence * 100).rounded() / 100,
            evidence: Flag.Evidence(before: nil, after: nil, mask: nil))
        let look = candidate.judgement
        finding.colours = [look.sheetColour, look.grey, look.brick, look.soil]
        finding.touching = candidate.touches ?? []
        finding.isPassing = candidate.isPassing(days: models.construction.passingDays)
        return finding
    }

    private func evidence(of candidate: Int, camera: String, flag: String) throws -> Flag.Evidence {
        func name(_ part: EvidencePart) throws -> String? {
            let key = PictureKey(camera: camera, name: part.pictureName(of: candidate))
            return try store.picture(key) == nil
                ? nil : EvidenceFolder(site: site).relativePath(of: part.fileName(of: flag))
        }
        return Flag.Evidence(before: try name(.before), after: try name(.after), mask: try name(.mask))
    }

    /// What lies flat is measured whole; what stands, by the edge where it meets the ground.
    private func area(of candidate: Candidate, shape: CandidateShape, on ground: GroundPlane) -> Double? {
        switch candidate.stages.last?.stage {
        case .material, .clearing, .foundation: ground.areaInSquareMetres(of: Polygon(shape.outline))
        default: ground.footprintInSquareMetres(of: shape.mask)
        }
    }

    private func referenceSize(of camera: Camera) throws -> Size {
        guard let reference = try CameraReference.stored(camera: camera.id, in: store) else {
            return Size(width: 0, height: 0)
        }
        return try ReferencePicture.size(of: reference.bytes, path: reference.path)
    }

    // MARK: Advice

    private func advice() throws -> [Advice] {
        var series: [PlotSeries] = []
        var first: Day?, last: Day?
        for plot in site.plots where plot.kind == .orchard || plot.kind == .field {
            let days = try DailySeries(plot: plot.id, store: store, clock: clock).days
            guard let begin = days.first?.day, let end = days.last?.day else { continue }
            first = min(first ?? begin, begin)
            last = max(last ?? end, end)
            series.append(PlotSeries(plot: plot, days: days))
        }
        guard let first, let last else { return [] }
        let weather = try VillageWeather(site: site)
        return Adviser(library: models.crops, parameters: models.growth, weather: weather.weather).cards(
            for: site, plots: series, from: first, until: last)
    }
}

extension ConstructionHistory {
    /// Archive paths of the captures behind a flag's pictures.
    public func originals(of flag: String) -> (before: String?, after: String?) {
        guard let number = EvidencePart.candidate(of: flag),
            let candidate = confirmed.first(where: { $0.number == number })
        else {
            return (nil, nil)
        }
        return (candidate.before, candidate.evidence ?? candidate.after)
    }
}

/// What the construction detector of a camera has said.
public struct ConstructionHistory {
    /// Confirmed, and those that were removed after it.
    public let confirmed: [Candidate]

    public init(camera: String, store: Store) throws {
        guard let body = try store.state(camera: camera, name: "construction") else {
            confirmed = []
            return
        }
        confirmed = try JSONDecoder().decode(ConstructionWatch.State.self, from: body).candidates.filter {
            $0.confirmedAt != nil && $0.status != .merged
        }
    }
}
