import Foundation

/// What somebody did to the points of a household: the body of its entries in the journal.
public struct PointsEvent: Sendable, Equatable, Codable {
    public enum Action: String, Sendable, Codable, CaseIterable {
        /// Points that wait for a person's word.
        case propose
        case approve
        case reject
        /// Points for a thing.
        case redeem
    }

    public var action: Action
    /// What was done, an id of the rules.
    public var deed: String?
    public var points: Int?
    /// The entry that is approved or rejected.
    public var proposal: Int64?
    /// What was taken, an id of the rules, and how many.
    public var item: String?
    public var count: Int?
    /// Lower-case hex of the two pictures.
    public var before: String?
    public var after: String?
    public var note: String?

    public init(
        _ action: Action, deed: String? = nil, points: Int? = nil, proposal: Int64? = nil, item: String? = nil,
        count: Int? = nil, before: String? = nil, after: String? = nil, note: String? = nil
    ) {
        self.action = action
        self.deed = deed
        self.points = points
        self.proposal = proposal
        self.item = item
        self.count = count
        self.before = before
        self.after = after
        self.note = note
    }
}
