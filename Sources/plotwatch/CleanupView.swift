import Inspection
import Reporting
import Village

/// The result of pairs before and after a clean-up, as text and JSON.
struct CleanupView {
    struct Row {
        var pair: PairList.Pair
        var result: CleanupPair
        var proposal: Int64?
        var points: Int?
    }

    var rows: [Row]

    static let verdicts: [CleanupPair.Verdict: Bilingual] = [
        .proposed: Bilingual(zh: "可以记分，等人批准", en: "points proposed; a person approves"),
        .unclear: Bilingual(zh: "有说不清的地方，请人细看", en: "something is unclear: a person looks closely"),
        .refused: Bilingual(zh: "不予记分", en: "refused"),
    ]

    func text(language: Language) -> String {
        var out = ""
        for row in rows {
            if !row.pair.household.isEmpty { out += row.pair.household + "  " }
            out += "\(row.pair.before) → \(row.pair.after)\n"
            if let verdict = Self.verdicts[row.result.verdict] {
                out += "  " + verdict.text(in: language)
                if let proposal = row.proposal, let points = row.points { out += "  #\(proposal)  +\(points)" }
                out += "\n"
            }
            for check in row.result.checks {
                let mark = check.holds == true ? "+" : check.holds == false ? "-" : "?"
                out += "  \(mark) \(check.text.text(in: language))\n"
            }
        }
        return out
    }

    func json() -> String {
        func words(_ text: Bilingual) -> JSONValue {
            .object([.init("zh", .text(text.zh)), .init("en", .text(text.en))])
        }
        let value = JSONValue.object([
            .init("plotwatch", .text(JSONDocuments.version)), .init("kind", .text("cleanup")),
            .init(
                "pairs",
                .list(
                    rows.map { row in
                        let comparison = row.result.comparison
                        return .object([
                            .init("household", .text(row.pair.household.isEmpty ? nil : row.pair.household)),
                            .init("before", .text(row.pair.before)), .init("after", .text(row.pair.after)),
                            .init("verdict", .text(row.result.verdict.rawValue)),
                            .init("samePlace", .bool(comparison.samePlace)),
                            .init("agreeingShare", .number(comparison.agreeingShare, decimals: 3)),
                            .init("copiedShare", .number(comparison.copiedShare, decimals: 3)),
                            .init("litterBefore", .number(comparison.litterBefore, decimals: 5)),
                            .init("litterAfter", .number(comparison.litterAfter, decimals: 5)),
                            .init("removedShare", .number(comparison.removedShare, decimals: 5)),
                            .init("addedShare", .number(comparison.addedShare, decimals: 5)),
                            .init("proposal", .integer(row.proposal.map { Int($0) })),
                            .init("points", .integer(row.points)),
                            .init(
                                "checks",
                                .list(
                                    row.result.checks.map { check in
                                        .object([
                                            .init("check", .text(check.kind.rawValue)),
                                            .init("holds", .bool(check.holds)),
                                            .init("text", words(check.text)),
                                        ])
                                    })),
                        ])
                    })),
        ])
        return value.compact
    }
}
