import Village

extension ReportPage {
    /// Files named for each reason; the others are in captures.csv.
    private static let mostFilesNamed = 20

    func cameras() -> Any {
        some(
            contents.cameras.map { summary in
                let share = summary.total > 0 ? Double(summary.usable) / Double(summary.total) : 0
                let notes: [Context] = summary.notes.map {
                    [
                        "text": say($0.text),
                        "since": some(
                            $0.since.map { dates.shortDay(of: $0) }.map { language == .zh ? $0 + "起" : "since " + $0 }),
                        "problem": $0.isProblem,
                    ]
                }
                return [
                    "anchor": HTMLText.anchor("camera", summary.camera.id), "name": summary.camera.name,
                    "id": summary.camera.id,
                    "usableText": "\(summary.usable) / \(summary.total)",
                    "share": DecimalText.text(share * 100, decimals: 0) ?? "0",
                    "shareText": summary.total > 0 ? DecimalText.percent(share) : say(.noFigure),
                    "dayText": coveredDays(summary),
                    "first": summary.first.map(dates.day(of:)) ?? "–", "last": summary.last.map(dates.minute) ?? "–",
                    "notes": some(notes), "well": notes.isEmpty && summary.total > 0,
                ]
            })
    }

    /// Usable days of the days there could be: the period, or first to last capture.
    private func coveredDays(_ summary: CameraSummary) -> String {
        let from = contents.period.from ?? summary.first.map(dates.clock.day(of:))
        let until = contents.period.until ?? summary.last.map(dates.clock.day(of:))
        guard let from, let until, from <= until else { return "\(summary.usableDays) \(say(.days))" }
        return "\(summary.usableDays) / \(until - from + 1) \(say(.days))"
    }

    /// Unusable captures by reason, the most frequent first.
    func unusable() -> Any {
        let groups = Dictionary(grouping: contents.unusable, by: \.quality)
        let order = Quality.allCases.filter { groups[$0] != nil }.sorted {
            (groups[$0]?.count ?? 0) > (groups[$1]?.count ?? 0)
        }
        return some(
            order.map { quality in
                let captures = (groups[quality] ?? []).sorted {
                    ($0.at ?? .distantPast, $0.path) < ($1.at ?? .distantPast, $1.path)
                }
                let times = captures.compactMap(\.at)
                let span = times.first.flatMap { first in
                    times.last.map {
                        dates.range(.init(from: dates.clock.day(of: first), until: dates.clock.day(of: $0)))
                    }
                }
                let cameras = Dictionary(grouping: captures, by: \.camera).map { ($0.key, $0.value.count) }.sorted {
                    $0.0 < $1.0
                }
                let rest = captures.count - Self.mostFilesNamed
                let names = cameras.map { "\(contents.site.camera($0.0)?.name ?? $0.0) \($0.1)" }
                return [
                    "reasonText": say(Terms.name(of: quality)), "number": captures.count, "span": span ?? say(.noTime),
                    "cameras": names.joined(separator: language == .zh ? "、" : ", "),
                    "remedy": some(Terms.remedy(for: quality).map(say)),
                    "files": captures.prefix(Self.mostFilesNamed).map(file),
                    "rest": some(rest > 0 ? "+ \(rest)" as Any : nil),
                ]
            })
    }

    private func file(_ capture: Capture) -> Context {
        ["path": capture.path, "when": capture.at.map(dates.minute) ?? say(.noTime), "why": some(capture.reason)]
    }
}
