import Foundation
import Village

/// From the lots of a sorting table to advice.
public struct SortingJudge: Sendable {
    /// The fruit of one day, each counted once.
    public struct Lot: Sendable {
        public var day: Day
        /// The last capture that added to it.
        public var at: Date
        public var capture: String
        public var fruit: [GradedFruit]

        public init(day: Day, at: Date, capture: String, fruit: [GradedFruit]) {
            self.day = day
            self.at = at
            self.capture = capture
            self.fruit = fruit
        }
    }

    private let site: Site
    private let rules: SortingRules

    public init(site: Site, rules: SortingRules) {
        self.site = site
        self.rules = rules
    }

    /// - Parameters:
    ///   - lots: in order of day.
    ///   - table: the plot's; its smallest diameter is the limit of what is small.
    public func cards(of plot: Plot, lots: [Lot], table: GradeTable) -> [Advice] {
        let smallest = table.classes.compactMap { $0.diameter?.lowerBound }.min()
        var cards: [Advice] = []
        for rule in rules.rules {
            var quietUntil: Day?
            for lot in lots {
                if let quietUntil, lot.day < quietUntil { continue }
                let found = lot.fruit.compactMap { concerns($0, rule, smallest: smallest) }
                guard found.count >= rule.least else { continue }
                let count = found.count { $0 }, share = Double(count) / Double(found.count)
                guard share >= rule.share else { continue }
                cards.append(card(rule, plot, lot, count: count, of: found.count, share: share))
                quietUntil = lot.day + rule.quietDays
            }
        }
        return cards
    }

    /// `nil` where it was not measured.
    private func concerns(_ fruit: GradedFruit, _ rule: SortingRules.Rule, smallest: Double?) -> Bool? {
        switch rule.measure {
        case .belowSizes: smallest.flatMap { least in fruit.diameter.map { $0 < least } }
        case .unripe: fruit.figures.colourShare.map { $0 < rule.below }
        case .spotted: fruit.figures.largestSpotInMillimetres.map { _ in !fruit.figures.spots.isEmpty }
        }
    }

    private func card(
        _ rule: SortingRules.Rule, _ plot: Plot, _ lot: Lot, count: Int, of total: Int, share: Double
    ) -> Advice {
        func filled(_ text: String) -> String {
            text.replacing("{share}", with: "\(Int((share * 100).rounded()))").replacing("{fruit}", with: "\(count)")
                .replacing("{lot}", with: "\(total)")
        }
        return Advice(
            id: CardID.of([site.id, plot.id, "sorting-" + rule.id, lot.day.description]), plot: plot.id,
            household: plot.household, camera: plot.camera, crop: plot.crop, kind: .anomaly, at: lot.at, bbch: nil,
            title: rule.title, seen: Bilingual(zh: filled(rule.seen.zh), en: filled(rule.seen.en)),
            action: rule.action, message: rule.message.isEmpty ? nil : rule.message, confidence: 0.6,
            source: rule.source, rule: "sorting/\(rule.id)", confirmedLocally: rule.isConfirmed, capture: lot.capture)
    }
}
