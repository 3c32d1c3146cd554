import Foundation

/// What somebody did to a case: the body of its entries in the journal. Absent members are left as they were.
public struct CaseEvent: Sendable, Equatable, Codable {
    public enum Action: String, Sendable, Codable, CaseIterable { case open, assign, move, due, note, hold, release }

    public var action: Action
    public var kind: Case.Kind?
    public var title: String?
    public var stage: Case.Stage?
    public var flag: String?
    public var camera: String?
    public var plot: String?
    public var household: String?
    public var village: String?
    public var firstSeen: Date?
    public var assignee: String?
    public var orderedOn: Day?
    public var filedOn: Day?
    public var term: Day?
    public var permit: String?
    public var receiver: String?
    public var note: String?

    public init(_ action: Action, note: String? = nil) {
        self.action = action
        self.note = note
    }
}
