import Village

extension CSVDocuments {
    /// One line a counter and place; what was not measured has no value but a reason.
    public static func summary(_ summary: PeriodSummary, site: Site) -> String {
        let table = CSVTable(columns: ["place", "counter", "name.zh", "name.en", "value", "reason.zh", "reason.en"])
        var out = table.header
        func add(_ place: String, _ counters: PeriodSummary.Counters) {
            for (name, count) in SummaryRows.counts(counters) {
                let title = SummaryRows.name(name)
                out += table.row([
                    .text(place), .text(name), .text(title.zh), .text(title.en), .integer(count.value),
                    .text(count.reason?.zh), .text(count.reason?.en),
                ])
            }
            for (name, value) in counters.appeals.map(SummaryRows.appeals) ?? [] {
                let title = SummaryRows.name(name)
                out += table.row([
                    .text(place), .text(name), .text(title.zh), .text(title.en), .text(value), .empty, .empty,
                ])
            }
            if let reason = counters.noAppeals {
                let title = SummaryRows.name("appeals.received")
                out += table.row([
                    .text(place), .text("appeals.received"), .text(title.zh), .text(title.en), .empty, .text(reason.zh),
                    .text(reason.en),
                ])
            }
        }
        add(site.name, summary.town)
        for village in summary.villages { add(village.name ?? "–", village.counters) }
        return out
    }
}
