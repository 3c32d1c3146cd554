import Village

extension ReportPage {
    /// A month: as long as most work of the crop files stays due.
    private static let currentDays = 30

    /// Cards by household, those without a household last.
    func households() -> Any {
        let groups = Dictionary(grouping: contents.advice) { $0.household ?? contents.site.plot($0.plot)?.household }
        let keys = groups.keys.sorted { a, b in
            switch (a, b) {
            case (let a?, let b?):
                let left = contents.site.household(a)?.village ?? "", right = contents.site.household(b)?.village ?? ""
                return (left, a) < (right, b)
            case (nil, _): return false
            case (_, nil): return true
            }
        }
        return some(
            keys.map { key in
                let cards = (groups[key] ?? []).sorted(by: isBefore)
                let earlier = cards.filter { !isCurrent($0) }
                let past: Context? = earlier.isEmpty ? nil : ["number": earlier.count, "cards": earlier.map(card)]
                return [
                    "name": householdName(key), "cards": some(cards.filter(isCurrent).map(card)), "past": some(past),
                ]
            })
    }

    /// Cards of the last days before the end of the report, and what is still wrong. The others are there to look up.
    private func isCurrent(_ advice: Advice) -> Bool {
        guard let last = days?.upperBound else { return true }
        if last.number - dates.clock.day(of: advice.at).number <= Self.currentDays { return true }
        guard advice.kind == .anomaly, let plot = contents.plots.first(where: { $0.plot.id == advice.plot }) else {
            return false
        }
        return level(of: plot) == .attention
    }

    /// What went wrong before what is due before what happened; then the surest.
    private func isBefore(_ a: Advice, _ b: Advice) -> Bool {
        func rank(_ kind: Advice.Kind) -> Int {
            switch kind {
            case .anomaly: 0
            case .work: 1
            case .event: 2
            }
        }
        if a.kind != b.kind { return rank(a.kind) < rank(b.kind) }
        if a.confidence != b.confidence { return a.confidence > b.confidence }
        return (b.at, a.id) < (a.at, b.id)
    }

    private func card(_ advice: Advice) -> Context {
        let thumbnail = contents.adviceThumbnails[advice.id]
        let summary = contents.plots.first { $0.plot.id == advice.plot }
        return [
            "anchor": HTMLText.anchor("advice", advice.id), "title": say(advice.title), "seen": say(advice.seen),
            "action": say(advice.action),
            "kindStyle": advice.kind.rawValue, "kindText": say(Terms.name(of: advice.kind)), "plotID": advice.plot,
            "plotAnchor": HTMLText.anchor("plot", advice.plot), "crop": some(summary.map(plotKind)),
            "dateText": dates.shortDay(of: advice.at), "confidenceText": DecimalText.percent(advice.confidence),
            "source": advice.source, "rule": some(advice.rule),
            "ruleAnchor": some(advice.rule.map { HTMLText.anchor("rule", $0) }), "confirmed": advice.confirmedLocally,
            "bbch": some(advice.bbch),
            "data": some(dataAddress(thumbnail)), "capture": some(advice.capture),
        ]
    }

    /// The rules behind the cards, each once, by name: what a card's rule leads to.
    func rules() -> Any {
        let byRule = Dictionary(grouping: contents.advice.filter { $0.rule != nil }) { $0.rule ?? "" }
        return some(
            byRule.sorted { $0.key < $1.key }.compactMap { rule, cards -> Context? in
                guard let card = cards.max(by: { $0.at < $1.at }) else { return nil }
                return [
                    "anchor": HTMLText.anchor("rule", rule), "rule": rule, "title": say(card.title),
                    "source": card.source, "confirmed": card.confirmedLocally, "cards": cards.count,
                ]
            })
    }
}
