import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"advice","advice":[…]}`.
    public static func advice(_ advice: [Advice], clock: SiteClock) -> String {
        var out = ""
        stream(kind: "advice", list: "advice", advice, write: { out += $0 }) { card($0, clock: clock) }
        return out
    }

    /// One element of `advice`.
    public static func card(_ advice: Advice, clock: SiteClock) -> JSONValue {
        .object([
            .init("id", .text(advice.id)), .init("plot", .text(advice.plot)),
            .init("household", .text(advice.household)),
            .init("camera", .text(advice.camera)), .init("kind", .text(advice.kind.rawValue)),
            .init("crop", .text(advice.crop)),
            .init("bbch", .text(advice.bbch)), .init("at", .text(clock.iso8601(advice.at))),
            .init("title", bilingual(advice.title)), .init("seen", bilingual(advice.seen)),
            .init("action", bilingual(advice.action)), .init("confidence", .number(advice.confidence, decimals: 3)),
            .init("source", .text(advice.source)), .init("confirmedLocally", .bool(advice.confirmedLocally)),
            .init("capture", .text(advice.capture)),
        ])
    }
}
