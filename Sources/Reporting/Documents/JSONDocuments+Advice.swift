import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"advice","advice":[…]}`.
    ///
    /// - Parameter recipient: whom the radio calls, such as a household's name; `nil` = nobody by name.
    public static func advice(
        _ advice: [Advice], clock: SiteClock, recipient: (Advice) -> String? = { _ in nil }
    ) -> String {
        var out = ""
        stream(kind: "advice", list: "advice", advice, write: { out += $0 }) {
            card($0, clock: clock, recipient: recipient($0))
        }
        return out
    }

    /// One element of `advice`; `radio` has at most 200 characters, `sms` at most 70 UTF-16 units, which is one message.
    public static func card(_ advice: Advice, clock: SiteClock, recipient: String? = nil) -> JSONValue {
        .object([
            .init("id", .text(advice.id)), .init("plot", .text(advice.plot)),
            .init("household", .text(advice.household)),
            .init("camera", .text(advice.camera)), .init("kind", .text(advice.kind.rawValue)),
            .init("crop", .text(advice.crop)),
            .init("bbch", .text(advice.bbch)), .init("at", .text(clock.iso8601(advice.at))),
            .init("title", bilingual(advice.title)), .init("seen", bilingual(advice.seen)),
            .init("action", bilingual(advice.action)), .init("confidence", .number(advice.confidence, decimals: 3)),
            .init("source", .text(advice.source)), .init("rule", .text(advice.rule)),
            .init("confirmedLocally", .bool(advice.confirmedLocally)),
            .init("capture", .text(advice.capture)),
            .init(
                "radio",
                bilingual(
                    Bilingual(
                        zh: RadioText(advice, language: .zh, recipient: recipient).text,
                        en: RadioText(advice, language: .en, recipient: recipient).text))),
            .init(
                "sms",
                bilingual(
                    Bilingual(zh: SMSText(advice, language: .zh).text, en: SMSText(advice, language: .en).text))),
        ])
    }
}
