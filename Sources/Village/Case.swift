import Foundation

/// One matter that people see to, from its discovery to its end: 发现 → 研判 → 派单 → 核查 → 处置 → 复核 → 销号.
public struct Case: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Built or being built without a permit on the list.
        case construction
        /// Rubbish, dung, firewood piled where it must not be.
        case cleanup
        /// A request of the police for pictures of a place and time.
        case police
        /// A villager's appeal (诉求).
        case appeal
        case other
    }

    public enum Stage: String, Sendable, Codable, CaseIterable {
        case found, assessed, dispatched, checked, handled, reviewed, closed
        case falseAlarm, permitted, handedOver, reshoot

        /// Whether nothing more is to be done.
        public var isEnd: Bool { [.closed, .falseAlarm, .permitted, .handedOver].contains(self) }
    }

    public var number: String
    public var kind: Kind
    public var title: String
    public var stage: Stage
    public var flag: String?
    public var camera: String?
    public var plot: String?
    public var household: String?
    public var village: String?
    /// When the matter was first seen, which the law counts from; `nil` where nobody knows.
    public var firstSeen: Date?
    public var openedAt: Date
    public var openedBy: String
    /// The grid member who sees to it.
    public var assignee: String?
    /// When the stop or correction order was served.
    public var orderedOn: Day?
    /// When the authority opened its file (立案).
    public var filedOn: Day?
    /// The term that a person has set; it stands in the place of the answer timer.
    public var term: Day?
    public var permit: String?
    /// Where it was handed over to.
    public var receiver: String?
    public var endedAt: Date?
    /// When it first came to each stage since it was opened or reopened.
    public var reached: [Stage: Date]
    /// Whether its pictures are kept beyond their time.
    public var isHeld: Bool
    /// Running and met deadlines, earliest first.
    public var deadlines: [Deadline]
    /// The last entry of the journal about it.
    public var lastEntry: Int64

    public init(
        number: String, kind: Kind, title: String, stage: Stage, openedAt: Date, openedBy: String, lastEntry: Int64
    ) {
        self.number = number
        self.kind = kind
        self.title = title
        self.stage = stage
        self.openedAt = openedAt
        self.openedBy = openedBy
        self.lastEntry = lastEntry
        reached = [stage: openedAt]
        isHeld = false
        deadlines = []
    }

    /// By when something has to be done; the earliest deadline that runs.
    public var due: Deadline? { deadlines.first { $0.isRunning && !$0.isPassive } }

    public func isOverdue(on today: Day) -> Bool { due.map { $0.day < today } ?? false }
}

/// A day by which a step of a case has to be taken; the day itself is still in time.
public struct Deadline: Sendable, Equatable {
    public var id: String
    public var name: Bilingual
    public var day: Day
    /// Whether the step is still to be taken.
    public var isRunning: Bool
    /// Whether it only tells when something ends (the other side's time to sue), and nobody has to act.
    public var isPassive: Bool
    public var isStatutory: Bool
    /// The law, or whose setting it is.
    public var source: Bilingual
    /// Years whose holidays are not known: only weekends were left out.
    public var unknownYears: [Int]

    public init(
        id: String, name: Bilingual, day: Day, isRunning: Bool, isPassive: Bool, isStatutory: Bool, source: Bilingual,
        unknownYears: [Int]
    ) {
        self.id = id
        self.name = name
        self.day = day
        self.isRunning = isRunning
        self.isPassive = isPassive
        self.isStatutory = isStatutory
        self.source = source
        self.unknownYears = unknownYears
    }
}
