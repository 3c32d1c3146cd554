import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"check",…,"findings":[…]}`.
    public static func check(_ result: CheckResult) -> String {
        document(
            "check",
            [
                .init("site", .text(result.site)), .init("kernels", .text(result.kernels)),
                .init(
                    "captures",
                    .object(result.captures.sorted { $0.key < $1.key }.map { .init($0.key, counts($0.value)) })),
                .init("findings", .list(result.findings.map(finding))),
            ])
    }

    private static func finding(_ finding: CheckFinding) -> JSONValue {
        .object([
            .init("severity", .text(finding.severity.rawValue)), .init("code", .text(finding.code)),
            .init("camera", .text(finding.camera)), .init("plot", .text(finding.plot)),
            .init("path", .text(finding.path)),
            .init("message", bilingual(finding.message)), .init("remedy", finding.remedy.map(bilingual) ?? .null),
        ])
    }

    /// `{"plotwatch":"1","kind":"run",…}`: what one run did.
    public static func run(_ run: RunSummary, clock: SiteClock) -> String {
        document(
            "run",
            [
                .init("site", .text(run.site)), .init("toolVersion", .text(run.toolVersion)),
                .init("kernels", .text(run.kernels)),
                .init("startedAt", .text(clock.iso8601(run.startedAt))),
                .init("finishedAt", .text(clock.iso8601(run.finishedAt))),
                .init("seconds", .number(run.finishedAt.timeIntervalSince(run.startedAt), decimals: 1)),
                .init("interrupted", .bool(run.interrupted)), .init("cameras", .integer(run.camerasVisited)),
                .init("capturesFound", .integer(run.capturesFound)), .init("capturesNew", .integer(run.capturesNew)),
                .init("unusable", .integer(run.unusable)), .init("quality", counts(run.quality)),
                .init("readings", .integer(run.readings)), .init("flagsRaised", .integer(run.flagsRaised)),
                .init("flagsOpen", .integer(run.flagsOpen)), .init("advice", .integer(run.advice)),
                .init("patrolPairs", .integer(run.patrolPairs)), .init("cleanupPairs", .integer(run.cleanupPairs)),
                .init("proposals", .integer(run.proposals)),
                .init(
                    "failures",
                    .list(
                        run.failures.map {
                            .object([.init("path", .text($0.path)), .init("message", .text($0.message))])
                        })),
            ])
    }

    /// `{"plotwatch":"1","kind":"inspect",…}`: one plot with its series, open flags, advice and pictures.
    public static func inspect(_ inspection: PlotInspection, clock: SiteClock) -> String {
        let summary = inspection.plot, plot = summary.plot
        let area: JSONValue = .number(summary.areaInSquareMetres, decimals: 1)
        var reasons: [JSONValue.Member] = []
        if inspection.animals == nil {
            let isPen = plot.isPen
            reasons.append(.init("animals", .text(isPen ? "nothing was counted yet" : "the plot is no pen")))
        }
        if summary.lots.isEmpty {
            reasons.append(
                .init("lot", .text(plot.kind == .fruit ? "no fruit was seen yet" : "the plot is no sorting table")))
        }
        if summary.stage == nil {
            reasons.append(.init("stage", .text("the plot has no crop that is known, or no pictures yet")))
        }
        if summary.areaInSquareMetres?.isFinite != true {
            reasons.append(.init("areaInSquareMetres", .text("the camera has no ground points that cover the place")))
        }
        return document(
            "inspect",
            [
                .init("at", .text(clock.iso8601(inspection.at))), .init("plot", .text(plot.id)),
                .init("camera", .text(plot.camera)),
                .init("plotKind", .text(plot.kind.rawValue)), .init("crop", .text(plot.crop)),
                .init("household", .text(plot.household)),
                .init(
                    "state",
                    .object([
                        .init("level", .text(summary.state.level.rawValue)),
                        .init("text", bilingual(summary.state.text)),
                    ])),
                .init("polygon", outline(summary.outline)), .init("areaInSquareMetres", area),
                .init("stage", summary.stage.map(stage) ?? .null),
                .init("season", .list(summary.dates.map(seasonDate))),
                .init(
                    "facts",
                    .list(
                        (summary.facts + summary.notes).map {
                            .object([.init("name", bilingual($0.name)), .init("value", bilingual($0.value))])
                        })),
                .init("lot", summary.lots.last.map { lot($0, plot: plot.id) } ?? .null),
                .init("series", .list(summary.series.map(daily))),
                .init("flags", .list(inspection.flags.map { flag($0, clock: clock) })),
                .init("advice", .list(inspection.advice.map { card($0, clock: clock) })),
                .init("captures", .list(inspection.captures.map { capture($0, clock: clock) })),
                .init("animals", inspection.animals.map { animals($0, clock: clock) } ?? .null),
                .init("reason", .object(reasons)),
            ])
    }

    private static func animals(_ seen: PlotInspection.Animals, clock: SiteClock) -> JSONValue {
        .object([
            .init("capture", .text(seen.capture)), .init("at", .text(clock.iso8601(seen.at))),
            .init("boxes", .list(seen.boxes.map { .list($0.map { .integer($0) }) })),
        ])
    }

    private static func stage(_ stage: PlotSummary.Stage) -> JSONValue {
        .object([
            .init("bbch", .text(stage.bbch)), .init("name", bilingual(stage.name)), .init("basis", .text(stage.basis)),
            .init("reason", bilingual(stage.reason)),
        ])
    }

    private static func seasonDate(_ date: PlotSummary.SeasonDate) -> JSONValue {
        .object([
            .init("kind", .text(date.kind)), .init("title", bilingual(date.title)),
            .init("day", .text(date.day.description)), .init("from", .text(date.interval?.lowerBound.description)),
            .init("until", .text(date.interval?.upperBound.description)), .init("daysLater", .integer(date.daysLater)),
        ])
    }

    private static func daily(_ entry: DailyValues) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("day", .text(entry.day.description)), .init("capture", .text(entry.capture)),
        ]
        for quantity in Quantity.allCases {
            guard let value = entry.values[quantity], value.isFinite else { continue }
            members.append(.init(quantity.rawValue, .number(value, decimals: shareDecimals)))
        }
        return .object(members)
    }
}
