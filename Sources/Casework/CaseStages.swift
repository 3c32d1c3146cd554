import Village

/// Which step may follow which.
public enum CaseStages {
    /// The main road: 发现 → 研判 → 派单 → 核查 → 处置 → 复核 → 销号.
    public static let road: [Case.Stage] = [.found, .assessed, .dispatched, .checked, .handled, .reviewed, .closed]

    /// How far along the main road; what could not be looked at stands where it was assessed.
    static func rank(_ stage: Case.Stage) -> Int? { road.firstIndex(of: stage == .reshoot ? .assessed : stage) }

    /// What may follow a stage, in the order in which a person would think of it.
    ///
    /// An appeal or a request of the police may be answered at once. Whoever closed a case may open it again, with a
    /// reason, from its assessment on.
    public static func next(after stage: Case.Stage, kind: Case.Kind) -> [Case.Stage] {
        let answered: [Case.Stage] = kind == .appeal || kind == .police ? [.closed] : []
        return switch stage {
        case .found: [.assessed] + answered + [.falseAlarm, .permitted, .handedOver, .reshoot]
        case .assessed: [.dispatched] + answered + [.falseAlarm, .permitted, .handedOver, .reshoot]
        case .dispatched: [.checked] + answered + [.reshoot, .handedOver]
        case .checked: [.handled] + answered + [.falseAlarm, .permitted, .handedOver, .reshoot]
        case .handled: [.reviewed, .handedOver]
        case .reviewed: [.closed, .handled, .handedOver]
        case .reshoot: [.assessed, .dispatched, .checked, .falseAlarm, .handedOver]
        case .closed, .falseAlarm, .permitted, .handedOver: [.assessed]
        }
    }
}
