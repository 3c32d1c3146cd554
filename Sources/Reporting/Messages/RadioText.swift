import Village

/// A card as the village radio reads it out: at most 200 characters.
public struct RadioText: Sendable, Equatable {
    public let text: String

    /// Characters.
    public static let limit = 200

    /// - Parameter recipient: who is spoken to: a household's or a plot's name.
    ///
    /// What does not fit is left out from the back of `seen`, sentence by sentence; the action is kept.
    public init(_ advice: Advice, language: Language, recipient: String? = nil) {
        let marks = SentenceMarks(language: language)
        let address = recipient.map { $0 + marks.colon } ?? ""
        let title = marks.ended(advice.title.text(in: language))
        let seen = marks.ended(advice.seen.text(in: language))
        let action = marks.ended(advice.action.text(in: language))
        let whole = [address + title, seen, action]
        let text = whole.joined(separator: marks.space)
        if text.count <= Self.limit {
            self.text = text
        } else {
            let rest = Self.limit - (address + title).count - action.count - 2 * marks.space.count
            let some = marks.shortened(seen, to: max(0, rest))
            let parts = [address + title, some, action].filter { !$0.isEmpty }
            self.text = marks.shortened(parts.joined(separator: marks.space), to: Self.limit)
        }
    }
}
