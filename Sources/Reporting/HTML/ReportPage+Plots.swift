import Village

extension ReportPage {
    /// Small charts side by side, by village.
    func villages() -> Any {
        guard let days else { return false }
        let groups = Dictionary(grouping: contents.plots) {
            $0.plot.household.flatMap(contents.site.household)?.village ?? ""
        }
        let names = groups.keys.sorted { a, b in a.isEmpty != b.isEmpty ? b.isEmpty : a < b }
        return some(
            names.map { name in
                let plots = (groups[name] ?? []).map { summary -> Context in
                    let green = summary.series.points(of: .gcc)
                    return [
                        "anchor": HTMLText.anchor("plot", summary.plot.id), "plotID": summary.plot.id,
                        "symbol": PlotMap.symbol(level(of: summary)), "style": level(of: summary).rawValue,
                        "kind": plotKind(summary),
                        "svg": some(SmallChart.svg(green, days: days, title: summary.plot.id)),
                        "latest": latest(summary),
                    ]
                }
                return ["name": name.isEmpty ? say(.elsewhere) : name, "plots": plots]
            })
    }

    func plots() -> Any {
        let days = days
        return some(
            contents.plots.map { summary in
                let plot = summary.plot
                let title = "\(plot.id) \(plotKind(summary))"
                let chart = days.flatMap {
                    SeasonChart.svg(
                        of: summary, days: $0, advice: contents.advice, flags: contents.flags.map(\.flag),
                        title: title, dates: dates)
                }
                return [
                    "anchor": HTMLText.anchor("plot", plot.id), "plotID": plot.id, "kind": plotKind(summary),
                    "household": householdName(plot.household), "level": level(of: summary).rawValue,
                    "levelText": PlotMap.symbol(level(of: summary)) + say(Terms.name(of: level(of: summary))),
                    "text": say(summary.state.text), "latest": latest(summary), "chart": some(chart),
                    "stage": some(summary.stage.map { stage($0) }),
                    "dates": some(
                        summary.dates.sorted { $0.day < $1.day }.map { ["text": dates.text(of: $0)] as Context }),
                    "facts": some(
                        (summary.facts + summary.notes).map {
                            ["name": say($0.name), "value": say($0.value)] as Context
                        }),
                    "isGrown": summary.facts.isEmpty && summary.isMeasured,
                    "figures": some(summary.figures.map(figure)),
                    "isMeasuredDaily": summary.plot.isOutdoors && summary.isMeasured,
                    "lotHead": summary.lots.isEmpty ? [] : lotHead(summary), "lots": lots(summary),
                    "moments": some(summary.moments.sorted { $0.day < $1.day }.map(moment)),
                ]
            })
    }

    /// `开花（BBCH 60-69）：日历与画面一致`.
    private func stage(_ stage: PlotSummary.Stage) -> String {
        language == .zh
            ? "\(stage.name.zh)（BBCH \(stage.bbch)）：\(stage.reason.zh)"
            : "\(stage.name.en) (BBCH \(stage.bbch)): \(stage.reason.en)"
    }

    private func figure(_ figure: PlotSummary.Figure) -> Context {
        ["data": some(dataAddress(figure.picture)), "caption": say(figure.caption)]
    }

    private func moment(_ moment: PlotSummary.Moment) -> Context {
        var when = dates.shortDay(moment.day)
        if let taken = moment.taken, taken != moment.day, moment.picture != nil {
            let day = dates.shortDay(taken)
            when += say(Bilingual(zh: "（照片：\(day)）", en: " (picture of \(day))"))
        }
        return [
            "title": say(moment.title), "when": when, "data": some(dataAddress(moment.picture)),
            "missing": say(.noPicture),
        ]
    }

    /// The last day's greenness and cover with its date.
    private func latest(_ summary: PlotSummary) -> String {
        guard
            let entry = summary.series.last(where: {
                $0.values[.gcc]?.isFinite == true || $0.values[.vegetationCover]?.isFinite == true
            })
        else { return say(.noFigure) }
        var parts: [String] = []
        if let green = entry.values[.gcc], let text = DecimalText.text(green, decimals: 3, padded: true) {
            parts.append("\(say(.greenness)) \(text)")
        }
        if let cover = entry.values[.vegetationCover], cover.isFinite {
            parts.append("\(say(.cover)) \(DecimalText.percent(cover))")
        }
        return parts.joined(separator: " · ") + " · " + dates.shortDay(entry.day)
    }
}
