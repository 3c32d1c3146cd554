import Storage
import Village

/// Why nothing was done to a case.
public enum CaseError: Error, Equatable, Sendable {
    case noSuchCase(String)
    case noSuchFlag(String)
    case noSuchPlace(String)
    /// The flag has a case that is not ended.
    case hasCase(flag: String, number: String)
    case wrongStep(from: Case.Stage, to: Case.Stage, allowed: [Case.Stage])
    /// What the step needs to be told.
    case missing(String)
    case badText(field: String, reason: String)
    /// Somebody else has worked on it meanwhile.
    case conflict(number: String)
    case store(StoreError)

    public var message: String {
        switch self {
        case .noSuchCase(let number): "there is no case \(number); `plotwatch case list` names them"
        case .noSuchFlag(let id): "there is no flag \(id); `plotwatch flags --all` lists them"
        case .noSuchPlace(let place): "the site has no \(place)"
        case .hasCase(let flag, let number): "the flag \(flag) has the case \(number) already"
        case .wrongStep(let from, let to, let allowed):
            "after \(from.rawValue) comes \(allowed.map(\.rawValue).joined(separator: ", ")), not \(to.rawValue)"
        case .missing(let what): what
        case .badText(let field, let reason): "\(field) \(reason)"
        case .conflict(let number): "somebody else has worked on \(number) meanwhile: look again"
        case .store(let error): error.message
        }
    }
}
