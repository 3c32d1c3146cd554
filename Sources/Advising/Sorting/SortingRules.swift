import ConfigurationFiles
import Village

/// When what lies on the sorting table asks for a card: `models/sorting.yaml`.
public struct SortingRules: Sendable, Equatable {
    /// What of a fruit a rule counts.
    public enum Measure: String, Sendable, CaseIterable {
        /// Below the smallest diameter that the grade table takes.
        case belowSizes
        /// Less ripe colour than ``Rule/below``.
        case unripe
        /// With a spot on its visible side.
        case spotted
    }

    public struct Rule: Sendable, Equatable {
        public var id: String
        public var measure: Measure
        /// Share of ripe colour, for ``Measure/unripe``.
        public var below: Double
        /// Of the fruits that were measured, from which the card is raised.
        public var share: Double
        /// Fruits of a lot below which nothing is said.
        public var least: Int
        /// After a card, until the same one may come again.
        public var quietDays: Int
        public var title: Bilingual
        /// With `{share}`, `{fruit}` and `{lot}`.
        public var seen: Bilingual
        public var action: Bilingual
        public var message: [Language: String]
        public var source: String
        public var isConfirmed: Bool
    }

    public let rules: [Rule]

    /// - Throws: every fault of the file at once.
    public static func load(path: String) throws(ConfigurationError) -> SortingRules {
        try rules(in: Document(path: path))
    }

    /// - Throws: every fault of the document at once.
    public static func rules(in document: Document) throws(ConfigurationError) -> SortingRules {
        var rules: [Rule] = []
        if let list = document.root.mapping(keys: ["rules"])?.required("rules", example: "[]") {
            for item in list.list() ?? [] {
                guard let rule = rule(item) else { continue }
                if rules.contains(where: { $0.id == rule.id }) {
                    item.fail(
                        .init(zh: "规则“\(rule.id)”写了两次", en: "the rule \"\(rule.id)\" is there twice"),
                        remedy: .ownIdentifier)
                }
                rules.append(rule)
            }
        }
        try document.finish()
        return SortingRules(rules: rules)
    }

    private static let keys = [
        "id", "measure", "below", "share", "least", "quietDays", "title", "seen", "action", "sms", "source",
        "confirmed",
    ]

    private static func rule(_ item: Node) -> Rule? {
        guard let map = item.mapping(keys: keys) else { return nil }
        let id = map.required("id", example: "small")?.identifier()
        let measure = map.required("measure", example: "belowSizes")?.choice(Measure.self)
        let share = map.required("share", example: "0.25")?.number(in: 0...1)
        let below = map["below"].map { $0.number(in: 0...1) } ?? 0.8
        let least = map["least"].map { $0.integer(in: 1...1_000_000) } ?? 20
        let quietDays = map["quietDays"].map { $0.integer(in: 0...366) } ?? 30
        let title = map.required("title", example: "{zh: …, en: …}")?.bilingual()
        let seen = map.required("seen", example: "{zh: …, en: …}")?.bilingual()
        let action = map.required("action", example: "{zh: …, en: …}")?.bilingual()
        let source = map.required("source", example: "https://…")?.text()
        var message: [Language: String] = [:]
        if let node = map["sms"], let texts = node.mapping(keys: Language.allCases.map(\.rawValue)) {
            for language in Language.allCases {
                guard let text = texts[language.rawValue]?.text() else { continue }
                if text.utf16.count > Advice.longestMessage {
                    node.fail(
                        .init(zh: "短信有 \(text.utf16.count) 个字", en: "the message has \(text.utf16.count) letters"),
                        remedy: .init(
                            zh: "一条最多 \(Advice.longestMessage) 个字",
                            en: "at most \(Advice.longestMessage) fit one message"))
                }
                message[language] = text
            }
        }
        let isConfirmed = map["confirmed"]?.boolean() ?? false
        guard let id, let measure, let share, let below, let least, let quietDays, let title, let seen, let action,
            let source
        else { return nil }
        return Rule(
            id: id, measure: measure, below: below, share: share, least: least, quietDays: quietDays, title: title,
            seen: seen, action: action, message: message, source: source, isConfirmed: isConfirmed)
    }
}
