import Foundation
import Village

/// Turns report contents into the names and texts that the templates show.
///
/// Mustache looks a missing name up in the enclosing scopes, so absent values are always stated, as `false`.
struct ReportPage {
    typealias Context = [String: Any]

    let contents: ReportContents
    let dates: DateText

    var language: Language { contents.site.language }

    func context() -> Context {
        let words = Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, $0.text(in: language)) })
        return [
            "w": words, "colon": language == .zh ? "：" : ": ", "lang": language == .zh ? "zh-CN" : "en",
            "siteName": contents.site.name,
            "periodText": dates.range(contents.period), "generatedText": dates.minute(contents.generatedAt),
            "today": today(), "openFlags": openFlags.enumerated().map { flag($1, number: $0 + 1) },
            "otherFlags": some(otherFlags.enumerated().map { flag($1, number: openFlags.count + $0 + 1) }),
            "anyFlags": !contents.flags.isEmpty, "maps": maps(), "advice": households(), "rules": rules(),
            "villages": villages(), "plots": plots(), "cameras": cameras(), "unusable": unusable(),
            "unusableTotal": contents.unusable.count,
            "noneUnusable": say(contents.cameras.contains { $0.total > 0 } ? .noUnusable : .noCaptures),
            "anyBand": contents.plots.contains { !$0.expectedGCC.isEmpty },
            "anyLastYear": contents.plots.contains { !$0.lastYear.isEmpty },
            "anyDates": contents.plots.contains { !$0.dates.isEmpty }, "bloom": bloom(), "points": points(),
            "patrols": patrols(), "cleanupPairs": pairs(),
            "madeWith": "PlotWatch \(contents.toolVersion)", "kernels": contents.kernels,
            "parameters": some(contents.parameters.map { ["name": say($0.name), "value": $0.value] as Context }),
        ]
    }

    private func points() -> [Context] {
        contents.points.map { account in
            [
                "name": householdName(account.household), "balance": account.balance, "earned": account.earned,
                "spent": account.spent, "waiting": account.open.count,
            ]
        }
    }

    // MARK: What every section uses

    func say(_ text: Bilingual) -> String { text.text(in: language) }
    func say(_ word: Word) -> String { word.text(in: language) }
    /// The value, or `false` where there is none.
    func some(_ value: Any?) -> Any { value ?? false }
    /// The list, or `false` where it is empty.
    func some(_ list: [Context]) -> Any { list.isEmpty ? false : list }

    /// Flags that ask for a visit: without permit first, then the surest, then the oldest.
    var openFlags: [FlagPictures] { ordered(contents.flags.filter(\.isOpen)) }
    var otherFlags: [FlagPictures] { ordered(contents.flags.filter { !$0.isOpen }) }

    /// A plot with an open flag asks for an inspection, whatever else is known of it.
    func level(of summary: PlotSummary) -> PlotSummary.State.Level {
        contents.flags.contains { $0.isOpen && $0.flag.plot == summary.plot.id } ? .action : summary.state.level
    }

    private func ordered(_ flags: [FlagPictures]) -> [FlagPictures] {
        flags.sorted { a, b in
            let left = a.flag.status == .unauthorized, right = b.flag.status == .unauthorized
            if left != right { return left }
            if a.flag.confidence != b.flag.confidence { return a.flag.confidence > b.flag.confidence }
            return (a.flag.firstSeen, a.flag.id) < (b.flag.firstSeen, b.flag.id)
        }
    }

    /// The days on the charts' axes: the period, its open ends filled from what was measured.
    var days: ClosedRange<Day>? {
        let measured = contents.plots.flatMap { $0.series.map(\.day) }
        guard let from = contents.period.from ?? measured.min(), let until = contents.period.until ?? measured.max(),
            from <= until
        else { return nil }
        return from...until
    }

    func householdName(_ id: String?) -> String { contents.site.householdLabel(id, in: language) }

    /// Crop where known, else the kind of plot.
    func plotKind(_ summary: PlotSummary) -> String {
        say(summary.cropName ?? Terms.name(of: summary.plot.kind))
    }

    func dataAddress(_ picture: Picture?) -> String? {
        picture?.dataAddress
    }

    func area(pixels: Int, squareMetres: Double?) -> String {
        AreaText.text(pixels: pixels, squareMetres: squareMetres, in: language)
    }
}
