import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"cases","cases":[…]}`, in order of their opening.
    public static func cases(_ cases: [Case], today: Day, clock: SiteClock) -> String {
        document(
            "cases",
            [
                .init("today", .text(today.description)),
                .init("cases", .list(cases.map { .object(members(of: $0, today: today, clock: clock)) })),
            ])
    }

    /// `{"plotwatch":"1","kind":"case",…,"history":[…]}`.
    public static func file(
        _ file: Case, history: [(entry: JournalEntry, event: CaseEvent)], next: [Case.Stage], today: Day,
        clock: SiteClock
    ) -> String {
        document(
            "case",
            members(of: file, today: today, clock: clock) + [
                .init("next", .list(next.map { .text($0.rawValue) })),
                .init("history", .list(history.map { line($0.entry, $0.event, clock: clock) })),
            ])
    }

    private static func members(of file: Case, today: Day, clock: SiteClock) -> [JSONValue.Member] {
        let due = file.due
        var reasons: [JSONValue.Member] = []
        if due == nil {
            let why = file.stage.isEnd ? "the case has ended" : "no deadline runs at this stage"
            reasons.append(.init("due", .text(why)))
        }
        return [
            .init("number", .text(file.number)), .init("kindOfCase", .text(file.kind.rawValue)),
            .init("title", .text(file.title)), .init("stage", .text(file.stage.rawValue)),
            .init("flag", .text(file.flag)), .init("plot", .text(file.plot)), .init("camera", .text(file.camera)),
            .init("household", .text(file.household)), .init("village", .text(file.village)),
            .init("firstSeen", .text(file.firstSeen.map(clock.iso8601))),
            .init("openedAt", .text(clock.iso8601(file.openedAt))), .init("openedBy", .text(file.openedBy)),
            .init("assignee", .text(file.assignee)), .init("due", .text(due?.day.description)),
            .init("overdue", .bool(file.isOverdue(on: today))), .init("permit", .text(file.permit)),
            .init("handedOverTo", .text(file.receiver)), .init("endedAt", .text(file.endedAt.map(clock.iso8601))),
            .init("held", .bool(file.isHeld)),
            .init(
                "deadlines",
                .list(
                    file.deadlines.map {
                        .object([
                            .init("id", .text($0.id)), .init("name", bilingual($0.name)),
                            .init("day", .text($0.day.description)), .init("running", .bool($0.isRunning)),
                            .init("statutory", .bool($0.isStatutory)), .init("source", bilingual($0.source)),
                            .init("holidaysUnknown", .list($0.unknownYears.map { .integer($0) })),
                        ])
                    })),
            .init("reason", .object(reasons)),
        ]
    }

    private static func line(_ entry: JournalEntry, _ event: CaseEvent, clock: SiteClock) -> JSONValue {
        .object([
            .init("entry", .integer(Int(entry.number))), .init("at", .text(clock.iso8601(entry.at))),
            .init("by", .text(entry.by)), .init("action", .text(event.action.rawValue)),
            .init("stage", .text(event.stage?.rawValue)), .init("assignee", .text(event.assignee)),
            .init("term", .text(event.term?.description)), .init("orderedOn", .text(event.orderedOn?.description)),
            .init("filedOn", .text(event.filedOn?.description)), .init("note", .text(event.note)),
            .init("previous", .text(entry.previous)), .init("hash", .text(entry.hash)),
        ])
    }
}
