/// A period's answer sheet: what was done, counted, for the town and for each village.
public struct PeriodSummary: Sendable, Equatable {
    /// A number, or why there is none; never 0 for what nobody counted.
    public enum Count: Sendable, Equatable {
        case value(Int)
        case absent(Bilingual)

        public var value: Int? { if case .value(let value) = self { value } else { nil } }
        public var reason: Bilingual? { if case .absent(let reason) = self { reason } else { nil } }
    }

    /// Appeals received in the period, as they stood at its end.
    public struct Appeals: Sendable, Equatable {
        /// = `answeredAtOnce` + `assigned` + `undecided`.
        public var received: Int
        public var answeredAtOnce: Int
        public var assigned: Int
        /// Neither answered nor assigned at the period's end.
        public var undecided: Int
        /// Of those assigned.
        public var done: Int
        /// Of those done, within their term.
        public var onTime: Int

        public init(received: Int, answeredAtOnce: Int, assigned: Int, undecided: Int, done: Int, onTime: Int) {
            self.received = received
            self.answeredAtOnce = answeredAtOnce
            self.assigned = assigned
            self.undecided = undecided
            self.done = done
            self.onTime = onTime
        }

        /// done ÷ assigned, 0…1; `nil` where none was assigned.
        public var doneShare: Double? { assigned > 0 ? Double(done) / Double(assigned) : nil }
        /// on time ÷ done, 0…1; `nil` where none was done.
        public var onTimeShare: Double? { done > 0 ? Double(onTime) / Double(done) : nil }
    }

    public struct Counters: Sendable, Equatable {
        /// Messages that went out.
        public var messages: Count
        /// Building cases opened in the period, without those that proved false alarms by its end.
        public var buildingCases: Count
        /// Requests of the police that were met in the period.
        public var policeCases: Count
        /// Households that got at least one advice card in the period.
        public var householdsAdvised: Count
        public var appeals: Appeals?
        /// Why there are no appeals to count.
        public var noAppeals: Bilingual?
        /// Clean-up cases opened, and closed, in the period.
        public var cleanupsOpened: Count
        public var cleanupsClosed: Count

        public init(
            messages: Count, buildingCases: Count, policeCases: Count, householdsAdvised: Count, appeals: Appeals?,
            noAppeals: Bilingual?, cleanupsOpened: Count, cleanupsClosed: Count
        ) {
            self.messages = messages
            self.buildingCases = buildingCases
            self.policeCases = policeCases
            self.householdsAdvised = householdsAdvised
            self.appeals = appeals
            self.noAppeals = noAppeals
            self.cleanupsOpened = cleanupsOpened
            self.cleanupsClosed = cleanupsClosed
        }
    }

    public struct Village: Sendable, Equatable {
        /// `nil` = what belongs to no village on file.
        public var name: String?
        public var counters: Counters

        public init(name: String?, counters: Counters) {
            self.name = name
            self.counters = counters
        }
    }

    public var period: DayRange
    public var town: Counters
    public var villages: [Village]
    public var captures: Int
    public var usableCaptures: Int
    public var adviceCards: Int

    public init(
        period: DayRange, town: Counters, villages: [Village], captures: Int, usableCaptures: Int, adviceCards: Int
    ) {
        self.period = period
        self.town = town
        self.villages = villages
        self.captures = captures
        self.usableCaptures = usableCaptures
        self.adviceCards = adviceCards
    }
}
