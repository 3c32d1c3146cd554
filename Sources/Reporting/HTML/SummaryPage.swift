import Village

/// The answer sheet as one A4 page that needs no network.
public enum SummaryPage {
    /// - Throws: ``HTMLReport/RenderingError``.
    public static func render(_ summary: PeriodSummary, site: Site) throws -> String {
        guard let clock = SiteClock(timeZone: site.timeZone) else {
            throw HTMLReport.RenderingError.unknownTimeZone(site.timeZone)
        }
        let dates = DateText(clock: clock, language: site.language)
        func say(zh: String, en: String) -> String { site.language == .zh ? zh : en }
        func rows(_ counters: PeriodSummary.Counters) -> [ReportPage.Context] {
            var rows = SummaryRows.counts(counters).map { name, count in
                row(name, count.value.map(String.init), count.reason, site.language)
            }
            rows += (counters.appeals.map(SummaryRows.appeals) ?? []).map { row($0.0, $0.1, nil, site.language) }
            if let reason = counters.noAppeals { rows.append(row("appeals.received", nil, reason, site.language)) }
            return rows
        }
        let places =
            [(site.name, summary.town)]
            + summary.villages.map { ($0.name ?? say(zh: "未归到村", en: "no village"), $0.counters) }
        return try HTMLReport.page(
            "summary",
            [
                "lang": site.language == .zh ? "zh-CN" : "en",
                "title": site.name + say(zh: " 答卷", en: ": the answer sheet"),
                "periodText": dates.range(summary.period),
                "tiles": Array(rows(summary.town).prefix(4)),
                "places": places.map { ["name": $0.0, "rows": rows($0.1)] as ReportPage.Context },
                "footnote": say(
                    zh: "“办理”与“按期”分开计：办结率＝办理÷交办，按期率＝按期÷办理。没有计数的写明原因，不写零。",
                    en:
                        "Done and on time are kept apart: share done = done ÷ assigned, share on time = on time ÷ done. "
                        + "What was not counted has a reason, never a zero."),
            ])
    }

    private static func row(_ name: String, _ value: String?, _ reason: Bilingual?, _ language: Language)
        -> ReportPage.Context
    {
        [
            "name": SummaryRows.name(name).text(in: language), "value": value ?? "–", "none": value == nil,
            "reason": reason.map { $0.text(in: language) } ?? false,
        ]
    }
}
