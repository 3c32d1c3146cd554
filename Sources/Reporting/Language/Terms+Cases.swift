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
