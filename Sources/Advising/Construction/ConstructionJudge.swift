import Foundation
import Village

/// Says of what was built whether a permit covers it: by plot, by dates, by outline.
///
/// - Note: `unauthorized` means "no permit on the list covers it". Whether a rule is broken, people find out on the
///   spot.
public struct ConstructionJudge: Sendable {
    private let site: Site
    private let clock: SiteClock?

    /// A permit with an outline covers a region of which at least this share lies within; the rest is the drawing's
    /// and the
    /// camera's error. A ratio, ours.
    public static let coveredShare = 0.8
    /// A plot of which the region covers less than this share of itself is not its neighbour but a blurred edge; ours.
    public static let neighbourShare = 0.05

    public init(site: Site) {
        self.site = site
        clock = SiteClock(timeZone: site.timeZone)
    }

    /// `nil` where the region lies on no plot.
    public func flag(_ finding: ConstructionFinding) -> Flag? {
        let parts = finding.parts.sorted { ($1.share, $0.plot) < ($0.share, $1.plot) }
        guard let main = parts.first else { return nil }
        let covered = parts.dropFirst().filter { $0.share >= Self.neighbourShare }.map(\.plot)
        let verdict = verdict(finding, plots: [main.plot] + covered)
        let neighbours = covered + finding.touching.filter { $0 != main.plot && !covered.contains($0) }
        var flag = Flag(
            id: finding.id, plot: main.plot, neighbours: neighbours, camera: finding.camera,
            household: site.plot(main.plot)?.household,
            kind: .construction, stage: finding.stage, status: verdict.status, permit: verdict.permit,
            firstSeen: finding.firstSeen,
            lastSeen: finding.lastSeen, confirmedAt: finding.confirmedAt, box: finding.box, polygon: finding.outline,
            areaInPixels: finding.areaInPixels, areaInSquareMetres: finding.areaInSquareMetres,
            confidence: finding.confidence,
            evidence: finding.evidence, explanation: explanation(finding, main.plot, neighbours, verdict),
            stages: finding.stages)
        if finding.isPassing { flag.withdrawn = withdrawal(finding) }
        return flag
    }

    private func withdrawal(_ finding: ConstructionFinding) -> Bilingual {
        let first = day(finding.firstSeen), last = day(finding.lastSeen)
        return Bilingual(
            zh: "\(first)出现，\(last)以后又不见了：多半是车辆、帐篷或临时堆放，已撤回。",
            en: "It came on \(first) and was gone after \(last): a vehicle, a tent or a heap, most likely. Withdrawn.")
    }

    private struct Verdict {
        var status: Flag.Status
        var permit: String?
        var words: Bilingual
    }

    /// Every plot that the region lies on needs its permit, for every day from the first to the last on which it was
    /// seen.
    private func verdict(_ finding: ConstructionFinding, plots: [String]) -> Verdict {
        if finding.stage == .removed {
            let words = Bilingual(zh: "已看不到，请确认是否已拆除。", en: "It is gone from view; check that it was removed.")
            return Verdict(status: .unclear, permit: nil, words: words)
        }
        let verdicts = plots.map { verdict(finding, plot: $0) }
        return verdicts.first { $0.status == .unauthorized } ?? verdicts[0]
    }

    private func verdict(_ finding: ConstructionFinding, plot: String) -> Verdict {
        let permits = site.permits.filter { $0.plot == plot }
        guard !permits.isEmpty else {
            let words = Bilingual(
                zh: "名册里地块\(plot)没有批准证。请核对是否有证未录。",
                en: "No permit is listed for plot \(plot). Check whether one was not entered.")
            return Verdict(status: .unauthorized, permit: nil, words: words)
        }
        let first = day(finding.firstSeen), last = max(day(finding.firstSeen), day(finding.lastSeen))
        let timely = permits.filter { $0.valid.contains(first) && $0.valid.contains(last) }
        guard !timely.isEmpty else { return untimely(permits, first: first, last: last) }
        let covered = timely.map { ($0, $0.polygon.map { OutlineShare.of(finding.outline, within: $0) } ?? 1) }
        let best = covered.max { $0.1 < $1.1 } ?? covered[0]
        if best.1 >= Self.coveredShare {
            let words = Bilingual(
                zh: "在批准证\(best.0.number)的地块和日期内。请核对用途和面积。",
                en: "Within plot and dates of permit \(best.0.number). Check use and area.")
            return Verdict(status: .permitted, permit: best.0.number, words: words)
        }
        let excess = Int(((1 - best.1) * 100).rounded())
        let words = Bilingual(
            zh: "约\(excess)%在批准证\(best.0.number)的范围之外。请到现场量一量超出部分。",
            en: "About \(excess)% lies outside what permit \(best.0.number) covers. Measure the excess on the spot.")
        return Verdict(status: .unauthorized, permit: best.0.number, words: words)
    }

    private func untimely(_ permits: [Permit], first: Day, last: Day) -> Verdict {
        if let over = permits.filter({ $0.valid.until.map { $0 < last } ?? false }).max(by: {
            ($0.valid.until ?? last) < ($1.valid.until ?? last)
        }),
            let until = over.valid.until
        {
            let words = Bilingual(
                zh: "批准证\(over.number)已于\(until)到期，\(last)仍看得到。请核对是否延期，临时建筑到期应拆。",
                en:
                    "Permit \(over.number) ended on \(until), yet it was seen on \(last). "
                    + "Check for an extension; temporary works end with theirs."
            )
            return Verdict(status: .unauthorized, permit: over.number, words: words)
        }
        let next = permits.min { ($0.valid.from ?? first) < ($1.valid.from ?? first) } ?? permits[0]
        let from = next.valid.from.map(\.description) ?? "?"
        let words = Bilingual(
            zh: "批准证\(next.number)从\(from)起有效，\(first)已经动工。请核对开工日期。",
            en: "Permit \(next.number) begins on \(from), but works were seen on \(first). Check when they began.")
        return Verdict(status: .unauthorized, permit: next.number, words: words)
    }

    private func explanation(_ finding: ConstructionFinding, _ plot: String, _ neighbours: [String], _ verdict: Verdict)
        -> Bilingual
    {
        let first = day(finding.firstSeen)
        let name = Self.name(of: finding.stage)
        let area = finding.areaInSquareMetres.map {
            Bilingual(zh: "，约\(Int($0.rounded()))平方米", en: ", about \(Int($0.rounded())) m²")
        }
        let beside =
            neighbours.isEmpty
            ? Bilingual(zh: "", en: "")
            : Bilingual(
                zh: "，伸到地块\(neighbours.joined(separator: "、"))",
                en: ", reaching into \(neighbours.joined(separator: ", "))")
        return Bilingual(
            zh: "地块\(plot)自\(first)起像是有\(name.zh)\(area?.zh ?? "")\(beside.zh)。\(verdict.words.zh)",
            en: "Plot \(plot) seems to have \(name.en) since \(first)\(area?.en ?? "")\(beside.en). \(verdict.words.en)"
        )
    }

    private func day(_ instant: Date) -> Day {
        clock?.day(of: instant) ?? Day(number: Int((instant.timeIntervalSince1970 / 86_400).rounded(.down)))
    }

    static func name(of stage: Flag.Stage) -> Bilingual {
        switch stage {
        case .material: Bilingual(zh: "建材堆放", en: "building material")
        case .clearing: Bilingual(zh: "平地清表", en: "cleared ground")
        case .foundation: Bilingual(zh: "地基", en: "a foundation")
        case .walls: Bilingual(zh: "墙体", en: "walls")
        case .roof: Bilingual(zh: "屋顶或棚顶", en: "a roof")
        case .finished: Bilingual(zh: "已建成的房屋或棚", en: "a finished building")
        case .removed: Bilingual(zh: "建过又拆掉的痕迹", en: "something built and removed")
        case .unknown: Bilingual(zh: "新建的东西", en: "something new")
        }
    }
}
