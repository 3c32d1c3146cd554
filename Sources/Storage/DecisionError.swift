import Village

/// Why a decision was not taken down; nothing was changed.
public enum DecisionError: Error, Equatable, Sendable {
    case noSuchFlag(String)
    /// Somebody else decided meanwhile; their last decision.
    case conflict(last: Decision?)
    /// There is nothing to take back under this id.
    case cannotUndo(Int64)
    /// A label, number or note that is empty, too long or holds line ends.
    case badText(field: String, reason: String)
    case store(StoreError)

    public var message: String {
        switch self {
        case .noSuchFlag(let id): "there is no flag \(id); `plotwatch flags` lists them"
        case .conflict(let last?): "\(last.by) has decided meanwhile (decision \(last.id)): look again, then decide"
        case .conflict(nil): "the decision that was on the page is not in the store: load the page again"
        case .cannotUndo(let id): "decision \(id) cannot be taken back: it is not on this flag, or it was taken back"
        case .badText(let field, let reason): "\(field) \(reason)"
        case .store(let error): error.message
        }
    }
}
