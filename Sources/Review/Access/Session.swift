import Foundation
import Village

/// One browser at work.
struct Session: Sendable, Equatable {
    /// What the cookie holds.
    var token: String
    /// What every form of this browser carries.
    var formToken: String
    var isSignedIn = false
    /// Who decides; `nil` = the one that the settings name.
    var inspector: String?
    var language: Language?
    /// Verdicts given here, the latest last: what "undo" takes back.
    var verdicts: [Given] = []
    var lastSeen: Date

    struct Given: Sendable, Equatable {
        var flag: String
        var decision: Int64
    }

    /// Verdicts that can be taken back one after the other.
    static let longestHistory = 100
}
