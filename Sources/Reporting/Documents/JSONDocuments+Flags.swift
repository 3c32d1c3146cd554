import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"flags","flags":[…]}`.
    ///
    /// - Parameter cases: case numbers by flag id.
    public static func flags(_ flags: [Flag], cases: [String: String] = [:], clock: SiteClock) -> String {
        var out = ""
        stream(kind: "flags", list: "flags", flags, write: { out += $0 }) {
            flag($0, caseNumber: cases[$0.id], clock: clock)
        }
        return out
    }

    /// One element of `flags`.
    public static func flag(_ flag: Flag, caseNumber: String? = nil, clock: SiteClock) -> JSONValue {
        var reasons: [JSONValue.Member] = []
        if flag.areaInSquareMetres?.isFinite != true {
            reasons.append(.init("areaInSquareMetres", .text("the camera has no ground points that cover the place")))
        }
        for (name, path) in [
            ("before", flag.evidence.before), ("after", flag.evidence.after), ("mask", flag.evidence.mask),
        ]
        where path == nil { reasons.append(.init("evidence." + name, .text("no such picture was stored"))) }
        return .object([
            .init("id", .text(flag.id)), .init("plot", .text(flag.plot)), .init("camera", .text(flag.camera)),
            .init("household", .text(flag.household)), .init("kind", .text(flag.kind.rawValue)),
            .init("stage", .text(flag.stage.rawValue)), .init("status", .text(flag.status.rawValue)),
            .init("firstSeen", .text(clock.iso8601(flag.firstSeen))),
            .init("lastSeen", .text(clock.iso8601(flag.lastSeen))),
            .init("confirmedAt", .text(clock.iso8601(flag.confirmedAt))),
            .init("box", .list(flag.box.map { .integer($0) })),
            .init("polygon", outline(flag.polygon)), .init("areaInPixels", .integer(flag.areaInPixels)),
            .init("areaInSquareMetres", .number(flag.areaInSquareMetres, decimals: 1)),
            .init("confidence", .number(flag.confidence, decimals: 3)),
            .init(
                "evidence",
                .object([
                    .init("before", .text(flag.evidence.before)), .init("after", .text(flag.evidence.after)),
                    .init("mask", .text(flag.evidence.mask)),
                ])),
            .init("case", .text(caseNumber)),
            .init("decision", flag.decision.map { decision($0, clock: clock) } ?? .null),
            .init("withdrawn", flag.withdrawn.map { bilingual($0) } ?? .null),
            .init("neighbours", .list(flag.neighbours.map { .text($0) })),
            .init("permit", .text(flag.permit)), .init("explanation", bilingual(flag.explanation)),
            .init(
                "stages",
                .list(
                    flag.stages.map {
                        .object([.init("stage", .text($0.stage.rawValue)), .init("at", .text(clock.iso8601($0.at)))])
                    })),
            .init("reason", .object(reasons)),
        ])
    }
}
