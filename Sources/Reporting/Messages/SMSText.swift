import Village

/// A card as one short message: at most 70 UTF-16 units, which is one message with Chinese letters.
public struct SMSText: Sendable, Equatable {
    public let text: String

    /// UTF-16 units.
    public static let limit = Advice.longestMessage

    /// The rule's own short message, where it has one; else the title with as many whole sentences of the action as fit: half a sentence may say the opposite. Where none
    /// fits, the reader is sent to the card.
    public init(_ advice: Advice, language: Language) {
        let marks = SentenceMarks(language: language)
        if let own = advice.message?[language], own.utf16.count <= Self.limit {
            text = own
            return
        }
        let title = marks.ended(advice.title.text(in: language))
        let rest = Self.limit - title.utf16.count - marks.space.count
        let whole = marks.ended(advice.action.text(in: language))
        var action = marks.wholeSentences(whole, to: max(0, rest)) { $0.utf16.count }
        if action.isEmpty, !whole.isEmpty, marks.seeCard.utf16.count <= rest { action = marks.seeCard }
        let text = action.isEmpty ? title : title + marks.space + action
        self.text = marks.shortened(text, to: Self.limit) { $0.utf16.count }
    }
}
