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
    /// The case that was opened last, and the form that asked for it: sent twice, it opens one.
    var opened: Opened?
    var lastSeen: Date

    struct Opened: Sendable, Equatable {
        var request: String
        var number: String
    }

    struct Given: Sendable, Equatable {
        var flag: String
        var decision: Int64
    }

    /// Verdicts that can be taken back one after the other.
    static let longestHistory = 100
}
