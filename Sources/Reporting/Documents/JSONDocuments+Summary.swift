import Village

extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"summary","period":…,"town":…,"villages":[…],"wall":{"乡村总览":…}}`.
    public static func summary(_ summary: PeriodSummary, site: Site) -> String {
        document(
            "summary",
            [
                .init("site", .text(site.id)), .init("name", .text(site.name)),
                .init(
                    "period",
                    .object([
                        .init("from", .text(summary.period.from?.description)),
                        .init("until", .text(summary.period.until?.description)),
                    ])), .init("town", counters(summary.town)),
                .init(
                    "villages",
                    .list(
                        summary.villages.map {
                            .object([.init("village", .text($0.name)), .init("counters", counters($0.counters))])
                        })), .init("wall", wall(summary, site: site)),
            ])
    }

    private static func counters(_ counters: PeriodSummary.Counters) -> JSONValue {
        var members: [JSONValue.Member] = [], reasons: [JSONValue.Member] = []
        for (name, count) in SummaryRows.counts(counters) {
            members.append(.init(name, .integer(count.value)))
            if let reason = count.reason { reasons.append(.init(name, bilingual(reason))) }
        }
        members.append(.init("appeals", appeals(counters.appeals)))
        if let reason = counters.noAppeals { reasons.append(.init("appeals", bilingual(reason))) }
        members.append(.init("reason", .object(reasons)))
        return .object(members)
    }

    private static func appeals(_ appeals: PeriodSummary.Appeals?) -> JSONValue {
        guard let appeals else { return .null }
        var reasons: [JSONValue.Member] = []
        if appeals.doneShare == nil { reasons.append(.init("doneShare", .text("none was assigned"))) }
        if appeals.onTimeShare == nil { reasons.append(.init("onTimeShare", .text("none was done"))) }
        return .object([
            .init("received", .integer(appeals.received)), .init("answeredAtOnce", .integer(appeals.answeredAtOnce)),
            .init("assigned", .integer(appeals.assigned)), .init("undecided", .integer(appeals.undecided)),
            .init("done", .integer(appeals.done)), .init("onTime", .integer(appeals.onTime)),
            .init("doneShare", .number(appeals.doneShare, decimals: 4)),
            .init("onTimeShare", .number(appeals.onTimeShare, decimals: 4)), .init("reason", .object(reasons)),
        ])
    }

    /// The six headings of a village's wall screen; what pictures and the ledger do not tell is `null` with a reason.
    private static func wall(_ summary: PeriodSummary, site: Site) -> JSONValue {
        func section(_ values: [(String, Int?)], _ reasons: [(String, Bilingual)] = []) -> JSONValue {
            .object(
                values.map { .init($0.0, .integer($0.1)) }
                    + [.init("reason", .object(reasons.map { .init($0.0, bilingual($0.1)) }))])
        }
        func told(_ counts: [(String, PeriodSummary.Count)], _ values: [(String, Int?)] = []) -> JSONValue {
            section(
                values + counts.map { ($0.0, $0.1.value) },
                counts.compactMap { name, count in count.reason.map { (name, $0) } })
        }
        let notSeen = Bilingual(zh: "照片和台账不反映", en: "pictures and the ledger do not tell")
        let farm = site.plots.filter {
            $0.kind == .orchard || $0.kind == .field || $0.kind == .poultry || $0.kind == .livestock
        }
        let town = summary.town
        return .object([
            .init(
                "乡村总览",
                section([
                    ("cameras", site.cameras.count), ("plots", site.plots.count), ("households", site.households.count),
                    ("captures", summary.captures), ("usableCaptures", summary.usableCaptures),
                ])),
            .init("产业兴旺", section([("farmPlots", farm.count), ("adviceCards", summary.adviceCards)])),
            .init(
                "生态宜居", told([("cleanupsOpened", town.cleanupsOpened), ("cleanupsClosed", town.cleanupsClosed)])),
            .init("乡风文明", section([("points", nil)], [("points", notSeen)])),
            .init(
                "治理有效",
                told(
                    [
                        ("buildingCases", town.buildingCases), ("policeCases", town.policeCases),
                        ("messages", town.messages),
                    ],
                    town.appeals.map { [("appealsReceived", $0.received), ("appealsDone", $0.done)] } ?? [])),
            .init(
                "共同富裕",
                .object([
                    .init("householdsAdvised", .integer(town.householdsAdvised.value)), .init("income", .null),
                    .init(
                        "reason",
                        .object(
                            [.init("income", bilingual(notSeen))]
                                + (town.householdsAdvised.reason.map { [.init("householdsAdvised", bilingual($0))] }
                                    ?? [])
                        )),
                ])),
        ])
    }
}

/// The counters in the order of the answer sheet, with the contract's names.
enum SummaryRows {
    static func counts(_ counters: PeriodSummary.Counters) -> [(String, PeriodSummary.Count)] {
        [
            ("messages", counters.messages), ("buildingCases", counters.buildingCases),
            ("policeCases", counters.policeCases), ("householdsAdvised", counters.householdsAdvised),
            ("cleanupsOpened", counters.cleanupsOpened), ("cleanupsClosed", counters.cleanupsClosed),
        ]
    }

    static func name(_ counter: String) -> Bilingual {
        switch counter {
        case "messages": Bilingual(zh: "推送信息（次）", en: "messages sent")
        case "buildingCases": Bilingual(zh: "监测乱搭乱建（起）", en: "building cases")
        case "policeCases": Bilingual(zh: "协助民警办案（起）", en: "police cases helped")
        case "householdsAdvised": Bilingual(zh: "提供种养建议（户）", en: "households advised")
        case "cleanupsOpened": Bilingual(zh: "环境整治立项（起）", en: "clean-ups opened")
        case "cleanupsClosed": Bilingual(zh: "环境整治办结（起）", en: "clean-ups closed")
        case "appeals.received": Bilingual(zh: "诉求受理（件）", en: "appeals received")
        case "appeals.answeredAtOnce": Bilingual(zh: "现场答复（件）", en: "answered at once")
        case "appeals.assigned": Bilingual(zh: "分类交办（件）", en: "assigned")
        case "appeals.undecided": Bilingual(zh: "尚未处理（件）", en: "not yet seen to")
        case "appeals.done": Bilingual(zh: "办理（件）", en: "done")
        case "appeals.onTime": Bilingual(zh: "按期办理（件）", en: "done on time")
        case "appeals.doneShare": Bilingual(zh: "办结率", en: "share done")
        case "appeals.onTimeShare": Bilingual(zh: "按期办理回复率", en: "share on time")
        default: Bilingual(zh: counter, en: counter)
        }
    }

    static func appeals(_ appeals: PeriodSummary.Appeals) -> [(String, String)] {
        func share(_ value: Double?) -> String {
            value.flatMap { DecimalText.text($0 * 100, decimals: 2, padded: true) }.map { $0 + " %" } ?? "–"
        }
        return [
            ("appeals.received", String(appeals.received)), ("appeals.answeredAtOnce", String(appeals.answeredAtOnce)),
            ("appeals.assigned", String(appeals.assigned)), ("appeals.undecided", String(appeals.undecided)),
            ("appeals.done", String(appeals.done)), ("appeals.onTime", String(appeals.onTime)),
            ("appeals.doneShare", share(appeals.doneShare)), ("appeals.onTimeShare", share(appeals.onTimeShare)),
        ]
    }
}
