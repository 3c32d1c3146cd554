import Foundation
import Village

extension TerminalForms {
    /// Columns of the growth line on a terminal whose width is not known.
    private static let sparkColumns = 60
    /// Pictures listed for one plot.
    private static let mostCaptures = 8
    /// Cards of one plot that are still of use to somebody who stands before it.
    private static let recentDays = 45

    // MARK: inspect

    /// One plot: state, growth line, flags, advice, the newest pictures.
    public func inspect(_ inspection: PlotInspection, site: Site) -> String {
        let summary = inspection.plot, plot = summary.plot
        let household = plot.household.map { site.household($0)?.name ?? $0 } ?? say(.noHousehold)
        let kind = say(summary.cropName ?? Terms.name(of: plot.kind))
        var out = paragraph(
            "\(plot.id) · \(kind) · \(household) · \(site.camera(plot.camera)?.name ?? plot.camera)", indent: 0)
        let symbol = PlotMap.symbol(summary.state.level)
        out += paragraph(
            label(.state) + symbol + say(Terms.name(of: summary.state.level)) + " · " + say(summary.state.text))
        if let stage = summary.stage {
            out += paragraph(
                label(.stageNow) + say(stage.name) + " · BBCH \(stage.bbch) · " + say(stage.reason))
        }
        if summary.facts.isEmpty {
            out += growth(summary)
        } else {
            for fact in summary.facts { out += paragraph(say(fact.name) + colon + say(fact.value)) }
        }
        for note in summary.notes { out += paragraph(say(note.name) + colon + say(note.value)) }
        if !inspection.flags.isEmpty { out += "\n" + flags(inspection.flags) }
        out += recentAdvice(inspection, site: site)
        if !inspection.captures.isEmpty {
            out += "\n" + say(.captures) + "\n"
            for capture in inspection.captures.prefix(Self.mostCaptures) {
                let time = capture.at.map(clock.iso8601) ?? say(.noTime)
                let mark = capture.quality == .ok ? "" : "  " + say(Terms.name(of: capture.quality))
                out += "  \(time)  \(TextWidth.printable(capture.path))\(mark)\n"
            }
            let rest = inspection.captures.count - Self.mostCaptures
            if rest > 0 { out += "  + \(rest)\n" }
        }
        return out
    }

    private func growth(_ summary: PlotSummary) -> String {
        let green = summary.series.points(of: .gcc)
        guard let first = green.first, let last = green.last, let low = green.map(\.value).min(),
            let high = green.map(\.value).max()
        else {
            return paragraph(say(.noSeries))
        }
        let columns = max(10, min((width ?? Self.sparkColumns + 4) - 4, Self.sparkColumns))
        func figure(_ value: Double) -> String { DecimalText.text(value, decimals: 3, padded: true) ?? "–" }
        return "  " + Sparkline.text(green, days: first.day...last.day, columns: columns) + "\n"
            + paragraph(
                "\(say(.greenness)) GCC \(figure(low))–\(figure(high)) · \(first.day) – \(last.day) · "
                    + "\(say(.latest)) \(figure(last.value))"
            )
            + summary.dates.sorted { $0.day < $1.day }.map { date in
                let range = date.interval.map { " (\($0.lowerBound) – \($0.upperBound))" } ?? ""
                return paragraph("◆ \(say(date.title)) \(date.day)\(range)")
            }.joined()
    }

    /// The cards of the last weeks, and where the older ones are.
    private func recentAdvice(_ inspection: PlotInspection, site: Site) -> String {
        let from = inspection.at.addingTimeInterval(-Double(Self.recentDays) * 86400)
        let recent = inspection.advice.filter { $0.at >= from }
        let older = inspection.advice.count - recent.count
        var out = recent.isEmpty ? "" : "\n" + advice(recent, site: site)
        if older > 0 {
            out += "\n"
            out += paragraph(
                say(
                    zh: "\(Self.recentDays) 天以前的建议还有 \(older) 条：plotwatch advice",
                    en: "\(older) cards older than \(Self.recentDays) days: plotwatch advice"))
        }
        return out
    }

    // MARK: check

    /// Findings, errors first, then the pictures of every camera by quality.
    public func check(_ result: CheckResult) -> String {
        var out = ""
        for severity in CheckFinding.Severity.allCases {
            for finding in result.findings where finding.severity == severity {
                let place = [finding.camera, finding.plot, finding.path].compactMap { $0 }.joined(separator: " · ")
                out += paragraph(
                    "\(name(severity))  \(place.isEmpty ? "" : place + "  ")\(say(finding.message))", indent: 0)
                if let remedy = finding.remedy { out += paragraph("→ " + say(remedy), indent: 6) }
            }
        }
        if result.findings.isEmpty { out += say(zh: "没有发现问题。", en: "Nothing to complain of.") + "\n" }
        guard !result.captures.isEmpty else { return out }
        var table = TerminalTable([
            .init(say(.camera)), .init(say(.captures), side: .right), .init(say(.usable), side: .right),
            .init(say(.unusable), isFlexible: true),
        ])
        for (camera, counts) in result.captures.sorted(by: { $0.key < $1.key }) {
            table.add([camera, String(counts.values.reduce(0, +)), String(counts[.ok] ?? 0), list(counts)])
        }
        return out + "\n" + table.text(width: width)
    }

    private func name(_ severity: CheckFinding.Severity) -> String {
        switch severity {
        case .error: say(zh: "错误", en: "error")
        case .warning: say(zh: "警告", en: "warning")
        case .note: say(zh: "提示", en: "note")
        }
    }

    private func list(_ counts: [Quality: Int]) -> String {
        Quality.allCases.filter { $0 != .ok && (counts[$0] ?? 0) > 0 }.map {
            "\(say(Terms.name(of: $0))) \(counts[$0] ?? 0)"
        }
        .joined(separator: say(zh: "、", en: ", "))
    }

    // MARK: run

    /// What a run did, in a few lines.
    public func run(_ run: RunSummary) -> String {
        let seconds = run.finishedAt.timeIntervalSince(run.startedAt)
        let duration = DecimalText.text(max(seconds, 0), decimals: seconds < 10 ? 1 : 0) ?? "0"
        var out = say(
            zh: "\(run.camerasVisited) 台摄像头，照片 \(run.capturesFound) 张，其中新的 \(run.capturesNew) 张，用时 \(duration) 秒\n",
            en:
                "\(run.camerasVisited) cameras, \(run.capturesFound) pictures, \(run.capturesNew) of them new, "
                + "in \(duration) s\n"
        )
        if seconds > 0, run.capturesNew > 0, let rate = DecimalText.text(Double(run.capturesNew) / seconds, decimals: 1)
        {
            out += say(zh: "每秒 \(rate) 张\n", en: "\(rate) pictures a second\n")
        }
        if run.unusable > 0 {
            out += paragraph(
                say(zh: "用不了 \(run.unusable) 张：", en: "\(run.unusable) unusable: ") + list(run.quality), indent: 0)
        }
        out += say(
            zh: "测量 \(run.readings) 条 · 新线索 \(run.flagsRaised) 条，待核查共 \(run.flagsOpen) 条 · 建议 \(run.advice) 条\n",
            en:
                "\(run.readings) readings · \(run.flagsRaised) new leads, \(run.flagsOpen) open · \(run.advice) "
                + "cards of advice\n"
        )
        if run.patrolPairs > 0 {
            out += say(
                zh: "巡查比较 \(run.patrolPairs) 对照片\n", en: "\(run.patrolPairs) pairs of patrol pictures compared\n")
        }
        if run.cleanupPairs > 0 {
            out += say(
                zh: "对比照 \(run.cleanupPairs) 对，其中 \(run.proposals) 对等待批准\n",
                en: "\(run.cleanupPairs) clean-up pairs, \(run.proposals) of them wait for approval\n")
        }
        for failure in run.failures.prefix(10) {
            out += paragraph(say(zh: "\(failure.path)：\(chinese(failure))", en: "\(failure.path): \(failure.message)"))
        }
        if run.failures.count > 10 {
            let more = run.failures.count - 10
            out += say(zh: "  还有 \(more) 张，见 report 的“用不了的照片”\n", en: "  and \(more) more: see the report\n")
        }
        if run.interrupted { out += say(zh: "中途停止，再运行一次即可接着做。\n", en: "Interrupted; run again to go on.\n") }
        return out
    }

    private func chinese(_ failure: RunSummary.Failure) -> String {
        let name = Terms.name(of: failure.quality).zh
        return Terms.remedy(for: failure.quality).map { "\(name)，\($0.zh)" } ?? name
    }

    // MARK: compare

    /// What a comparison of two pictures found.
    public func compare(_ result: ComparisonResult) -> String {
        var out: String
        switch result.samePlace {
        case true?: out = say(zh: "同一地点", en: "same place")
        case false?: out = say(zh: "不是同一地点", en: "not the same place")
        case nil: out = say(zh: "看不出是不是同一地点", en: "cannot tell whether it is the same place")
        }
        out += "\n"
        if let alignment = result.alignment {
            let error =
                alignment.errorInPixels.flatMap { DecimalText.text($0, decimals: 2) }.map { " · ± \($0) px" } ?? ""
            out += "\(alignment.model.rawValue) · \(alignment.inliers) inliers\(error)\n"
        }
        if let share = result.changedShare, let percent = DecimalText.text(share * 100, decimals: 2) {
            out += say(
                zh: "变化占画面 \(percent) %，\(result.regions.count) 处\n",
                en: "\(percent) % changed in \(result.regions.count) places\n")
        }
        if let reason = result.reason { out += paragraph(reason, indent: 0) }
        guard !result.regions.isEmpty else { return out }
        var table = TerminalTable([
            .init("x", side: .right), .init("y", side: .right), .init("w", side: .right), .init("h", side: .right),
            .init(say(.area) + " px", side: .right), .init(say(.kindOfFlag)), .init(say(.confidence), side: .right),
        ])
        for region in result.regions {
            let box = (0..<4).map { $0 < region.box.count ? String(region.box[$0]) : "" }
            table.add(box + [String(region.areaInPixels), region.kind, DecimalText.percent(region.confidence)])
        }
        return out + table.text(width: width)
    }
}
