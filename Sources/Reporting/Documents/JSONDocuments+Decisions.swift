import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"decisions","decisions":[…]}`, in order.
    public static func decisions(_ decisions: [Decision], clock: SiteClock) -> String {
        document("decisions", [.init("decisions", .list(decisions.map { decision($0, clock: clock) }))])
    }

    /// One verdict; `rejection` is a rejection's word, `permit` a permit's number, `undoes` the id that an undo takes
    /// back.
    public static func decision(_ decision: Decision, clock: SiteClock) -> JSONValue {
        var reason: String?, permit: String?, undoes: Int?
        switch decision.verdict {
        case .reject(let word): reason = word.rawValue
        case .permitted(let number): permit = number
        case .undo(let id): undoes = Int(id)
        case .confirm, .unsure: break
        }
        return .object([
            .init("id", .integer(Int(decision.id))), .init("flag", .text(decision.flag)),
            .init("verdict", .text(decision.verdict.kind.rawValue)), .init("rejection", .text(reason)),
            .init("permit", .text(permit)), .init("undoes", .integer(undoes)), .init("by", .text(decision.by)),
            .init("at", .text(clock.iso8601(decision.at))), .init("note", .text(decision.note)),
        ])
    }
}
