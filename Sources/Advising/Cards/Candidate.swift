import Village

/// A card that could be sent, before it is merged with others and its household's turn comes.
struct Candidate: Equatable {
    var plots: [String]
    var household: String?
    var camera: String
    var crop: Crop
    var kind: Advice.Kind
    var rule: String
    var text: RuleText
    /// What makes it another card than last year's.
    var occasion: String
    var day: Day
    /// After this day it is of no use.
    var expires: Day
    /// Lower comes first.
    var rank: Int
    var bbch: String?
    var confidence: Double
    var capture: String?
    /// Built when the plots are known.
    var seen: @Sendable ([String]) -> Bilingual

    /// Who gets it: a household, or a plot without one.
    var recipient: String { household ?? "plot \(plots[0])" }

    static func == (a: Candidate, b: Candidate) -> Bool {
        a.plots == b.plots && a.rule == b.rule && a.occasion == b.occasion && a.day == b.day && a.kind == b.kind
            && a.crop.id == b.crop.id
    }
}
