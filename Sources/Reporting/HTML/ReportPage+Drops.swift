import Village

extension ReportPage {
    /// Flights over the village.
    func patrols() -> [Context] {
        contents.patrols.map { patrol in
            let summary = Bilingual(
                zh:
                    "\(patrol.before) → \(patrol.after)：照片\(patrol.pictures)张，对上\(patrol.matched)张，能比较\(patrol.compared)张；"
                    + (patrol.structures > 0 ? "像新建或拆掉的\(patrol.structures)处，请去看看。" : "没有看到像新建或拆掉的。"),
                en: "\(patrol.before) → \(patrol.after): \(patrol.pictures) pictures, \(patrol.matched) matched, "
                    + "\(patrol.compared) compared; "
                    + (patrol.structures > 0
                        ? "\(patrol.structures) places look built or taken away: go and look."
                        : "nothing looks built or taken away."))
            return [
                "id": patrol.id, "summary": say(summary),
                "patrolPlots": patrol.plots.map { plot -> Context in
                    [
                        "plotID": plot.id, "household": householdName(plot.household), "pictures": plot.pictures,
                        "change": plot.greatestChange.map(DecimalText.percent) ?? "–", "structures": plot.structures,
                    ]
                },
                "places": patrol.places.map(place),
            ]
        }
    }

    private func place(_ place: PatrolSummary.Place) -> Context {
        var parts = [place.plots.isEmpty ? nil : say(.plot) + " " + place.plots.joined(separator: ", ")]
        if let latitude = place.latitude, let longitude = place.longitude,
            let north = DecimalText.text(latitude, decimals: 6), let east = DecimalText.text(longitude, decimals: 6)
        {
            parts.append("\(north), \(east)")
        }
        parts.append(say(Bilingual(zh: "占画面", en: "of the picture")) + " " + DecimalText.percent(place.share))
        return [
            "where": parts.compactMap { $0 }.joined(separator: " · "), "names": "\(place.before) → \(place.after)",
            "beforeData": some(dataAddress(place.pictures?.before)),
            "afterData": some(dataAddress(place.pictures?.after)), "missing": say(.noPicture),
        ]
    }

    /// Pairs of photographs, those that wait first.
    func pairs() -> [Context] {
        contents.pairs.map { summary in
            let pair = summary.pair
            let state: Bilingual =
                switch pair.verdict {
                case "refused": Bilingual(zh: "不予记分", en: "refused")
                case "unusable": Bilingual(zh: "照片不能用", en: "unusable")
                default:
                    summary.isOpen
                        ? Bilingual(zh: "等待批准", en: "waits for approval") : Bilingual(zh: "已办", en: "settled")
                }
            return [
                "household": householdName(pair.household), "state": say(state),
                "number": pair.entry.map { "#\($0)" } ?? "", "isOpen": summary.isOpen,
                "beforeData": some(dataAddress(summary.before)), "afterData": some(dataAddress(summary.after)),
                "names": ([pair.before.path] + (pair.after.map { [$0.path] } ?? [])).joined(separator: " → "),
                "checks": pair.checks.map { check -> Context in
                    let mark = check.holds == true ? "✓" : check.holds == false ? "✗" : "?"
                    return ["text": "\(mark) \(say(check.text))"]
                },
            ]
        }
    }
}
