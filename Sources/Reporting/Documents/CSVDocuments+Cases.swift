import Village

extension CSVDocuments {
    /// One line a case.
    public static func cases(_ cases: [Case], today: Day, clock: SiteClock) -> String {
        let table = CSVTable(columns: [
            "number", "kind", "title", "stage", "village", "household", "plot", "camera", "flag", "firstSeen",
            "openedAt", "openedBy", "assignee", "due", "overdue", "permit", "handedOverTo", "endedAt", "held",
        ])
        return cases.reduce(into: table.header) { out, file in
            out += table.row([
                .text(file.number), .text(file.kind.rawValue), .text(file.title), .text(file.stage.rawValue),
                .text(file.village), .text(file.household), .text(file.plot), .text(file.camera), .text(file.flag),
                .text(file.firstSeen.map(clock.iso8601)), .text(clock.iso8601(file.openedAt)), .text(file.openedBy),
                .text(file.assignee), .text(file.due?.day.description),
                .text(file.isOverdue(on: today) ? "true" : "false"), .text(file.permit), .text(file.receiver),
                .text(file.endedAt.map(clock.iso8601)), .text(file.isHeld ? "true" : "false"),
            ])
        }
    }
}
