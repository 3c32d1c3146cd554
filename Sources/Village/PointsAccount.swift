import Foundation

/// The points of one household, folded from its entries in the journal.
public struct PointsAccount: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public var number: Int64
        public var at: Date
        public var by: String
        public var event: PointsEvent

        public init(number: Int64, at: Date, by: String, event: PointsEvent) {
            self.number = number
            self.at = at
            self.by = by
            self.event = event
        }
    }

    public let household: String
    /// In order.
    public let lines: [Line]
    /// Approved.
    public let earned: Int
    public let spent: Int
    /// Proposals that wait.
    public let open: [Line]

    public var balance: Int { earned - spent }

    /// The highest balance first.
    public static func ranked(_ accounts: [PointsAccount]) -> [PointsAccount] {
        accounts.sorted { ($0.balance, $1.household) > ($1.balance, $0.household) }
    }

    public init(household: String, lines: [Line]) {
        self.household = household
        self.lines = lines
        var proposals: [Int64: Line] = [:]
        var earned = 0, spent = 0
        for line in lines {
            switch line.event.action {
            case .propose: proposals[line.number] = line
            case .approve:
                if let number = line.event.proposal, let proposal = proposals.removeValue(forKey: number) {
                    earned += proposal.event.points ?? 0
                }
            case .reject: if let number = line.event.proposal { proposals[number] = nil }
            case .redeem: spent += line.event.points ?? 0
            }
        }
        self.earned = earned
        self.spent = spent
        open = proposals.values.sorted { $0.number < $1.number }
    }
}
