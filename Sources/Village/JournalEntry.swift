import Foundation

/// One line of the journal: what somebody did, chained to the line before by its hash.
public struct JournalEntry: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// On a flag; the subject is its id.
        case decision
        /// On a case; the subject is its number.
        case record = "case"
        /// An evidence file that was packed; the subject is its flag or search.
        case evidence
        /// Points of a household; the subject is its id.
        case points
    }

    /// 1, 2, 3 … without gaps.
    public var number: Int64
    /// To the millisecond.
    public var at: Date
    public var by: String
    public var kind: Kind
    public var subject: String
    /// JSON, keys in order.
    public var body: String
    /// SHA-256 of the entry before, lower-case hex; 64 zeros before the first.
    public var previous: String
    /// SHA-256 of this one, over ``text``.
    public var hash: String

    public init(
        number: Int64, at: Date, by: String, kind: Kind, subject: String, body: String, previous: String, hash: String
    ) {
        self.number = number
        self.at = at
        self.by = by
        self.kind = kind
        self.subject = subject
        self.body = body
        self.previous = previous
        self.hash = hash
    }

    public static let origin = String(repeating: "0", count: 64)

    /// Milliseconds since 1970.
    public var milliseconds: Int64 { Int64((at.timeIntervalSince1970 * 1000).rounded()) }

    /// What is hashed: seven lines, each ended by a line feed. None of the fields holds one.
    public var text: String {
        [previous, String(number), String(milliseconds), by, kind.rawValue, subject, body].map { $0 + "\n" }.joined()
    }
}
