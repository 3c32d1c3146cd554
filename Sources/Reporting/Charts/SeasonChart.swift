import Village

/// One plot's season as SVG, with its flags and advice marked.
public enum SeasonChart {
    /// - Parameter days: what the axis shows; `nil` = first to last measured day.
    /// - Returns: `nil` where there are fewer than two days to draw.
    public static func svg(
        of summary: PlotSummary, days: ClosedRange<Day>? = nil, advice: [Advice], flags: [Flag], title: String,
        dates: DateText
    ) -> String? {
        let measured = summary.series.map(\.day)
        guard let first = measured.min(), let last = measured.max() else { return nil }
        let id = summary.plot.id
        let cards = advice.filter { $0.plot == id }.map {
            GrowthChart.Event(
                kind: .advice, day: dates.clock.day(of: $0.at), text: $0.title.text(in: dates.language))
        }
        let marks = flags.filter { $0.plot == id || $0.neighbours.contains(id) }.map {
            GrowthChart.Event(
                kind: .flag, day: dates.clock.day(of: $0.firstSeen), text: $0.explanation.text(in: dates.language))
        }
        let season = summary.dates.map {
            GrowthChart.Event(
                kind: .season, day: $0.day, text: $0.title.text(in: dates.language) + dates.remarks(on: $0))
        }
        return GrowthChart(
            days: days ?? first...last, series: summary.series, lastYear: summary.lastYear, smooth: summary.smoothGCC,
            expected: summary.expectedGCC, events: season + cards + marks, title: title, dates: dates
        ).svg()
    }
}
