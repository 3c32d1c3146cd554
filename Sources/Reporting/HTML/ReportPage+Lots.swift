import Village

extension ReportPage {
    /// Lots that the page lists; `fruit.csv` has all.
    private static let mostLots = 31

    func lotHead(_ summary: PlotSummary) -> [Context] {
        let classes = columns(summary).map(\.name)
        let words =
            [Bilingual(zh: "日期", en: "day"), Bilingual(zh: "个数", en: "fruit")] + classes + [
                Bilingual(zh: "直径中位 mm", en: "median mm"), Bilingual(zh: "最小–最大", en: "least – greatest"),
                Bilingual(zh: "着色", en: "colour"), Bilingual(zh: "有斑", en: "spotted"),
            ]
        return words.map { ["text": say($0)] }
    }

    /// The newest first.
    func lots(_ summary: PlotSummary) -> [Context] {
        let columns = columns(summary)
        func number(_ value: Double?) -> String {
            value.flatMap { DecimalText.text($0, decimals: 1, padded: true) } ?? "–"
        }
        return summary.lots.suffix(Self.mostLots).reversed().map { lot in
            let counts = Dictionary(lot.result.counts.map { ($0.id, $0.count) }) { first, _ in first }
            let cells =
                [lot.day.description, "\(lot.result.fruit.count)"] + columns.map { "\(counts[$0.id] ?? 0)" } + [
                    number(lot.result.medianDiameter),
                    lot.diameterRange.map { number($0.lowerBound) + "–" + number($0.upperBound) } ?? "–",
                    lot.colourShare.map(DecimalText.percent) ?? "–", lot.spottedShare.map(DecimalText.percent) ?? "–",
                ]
            return ["cells": cells.map { ["text": $0] as Context }]
        }
    }

    /// Every class that any lot has, in the order of the table.
    private func columns(_ summary: PlotSummary) -> [(id: String, name: Bilingual)] {
        var columns: [(id: String, name: Bilingual)] = []
        for lot in summary.lots {
            for row in lot.result.counts where !columns.contains(where: { $0.id == row.id }) {
                columns.append((row.id, row.name))
            }
        }
        return columns
    }
}
