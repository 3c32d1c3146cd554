import Village

extension Terms {
    public static func name(of kind: Case.Kind) -> Bilingual {
        switch kind {
        case .construction: .init(zh: "乱搭乱建", en: "construction")
        case .cleanup: .init(zh: "环境整治", en: "clean-up")
        case .police: .init(zh: "协助民警", en: "police request")
        case .appeal: .init(zh: "群众诉求", en: "appeal")
        case .other: .init(zh: "其他", en: "other")
        }
    }

    public static func name(of stage: Case.Stage) -> Bilingual {
        switch stage {
        case .found: .init(zh: "发现", en: "found")
        case .assessed: .init(zh: "研判", en: "assessed")
        case .dispatched: .init(zh: "派单", en: "dispatched")
        case .checked: .init(zh: "核查", en: "checked")
        case .handled: .init(zh: "处置", en: "handled")
        case .reviewed: .init(zh: "复核", en: "reviewed")
        case .closed: .init(zh: "销号", en: "closed")
        case .falseAlarm: .init(zh: "误报", en: "false alarm")
        case .permitted: .init(zh: "已批", en: "permitted")
        case .handedOver: .init(zh: "移送", en: "handed over")
        case .reshoot: .init(zh: "补拍", en: "new pictures needed")
        }
    }

    /// The next thing to do and its day: `现场核查：2024年10月9日，已超期`; `nil` where nothing is due.
    public static func due(of file: Case, today: Day, dates: DateText) -> String? {
        file.due.map { text(of: $0, today: today, dates: dates) }
    }

    /// A deadline, its day, and whether it has passed without having been met.
    public static func text(of deadline: Deadline, today: Day, dates: DateText) -> String {
        let isLate = deadline.isRunning && !deadline.isPassive && deadline.day < today
        let late = isLate ? Bilingual(zh: "，已超期", en: ", overdue") : Bilingual(zh: "", en: "")
        let years = deadline.unknownYears.map(String.init).joined(separator: ", ")
        let unknown = Bilingual(
            zh: years.isEmpty ? "" : "（\(years)年节假日未知，只除去周末）",
            en: years.isEmpty ? "" : " (holidays of \(years) unknown: weekends only)")
        let colon = Bilingual(zh: "：", en: ": ")
        return [deadline.name, colon].map { $0.text(in: dates.language) }.joined() + dates.day(deadline.day)
            + [late, unknown].map { $0.text(in: dates.language) }.joined()
    }

    /// What was done to a case, in a line: `指派 → 派单 李 …`.
    public static func text(of event: CaseEvent, in language: Language) -> String {
        var words = [name(of: event.action).text(in: language)]
        if let stage = event.stage { words.append("→ " + name(of: stage).text(in: language)) }
        words += [event.assignee, event.term?.description, event.permit, event.receiver, event.note].compactMap { $0 }
        return words.joined(separator: " ")
    }

    public static func name(of action: CaseEvent.Action) -> Bilingual {
        switch action {
        case .open: .init(zh: "立项", en: "opened")
        case .assign: .init(zh: "指派", en: "assigned")
        case .move: .init(zh: "流转", en: "moved")
        case .due: .init(zh: "定期限", en: "term set")
        case .note: .init(zh: "备注", en: "note")
        case .hold: .init(zh: "封存", en: "held")
        case .release: .init(zh: "解除封存", en: "released")
        }
    }
}
