import Village

/// The years of one plot against each other.
public struct YearComparison: Sendable, Equatable {
    /// How much later than in the other years half of a rise or fall was passed.
    public struct Shift: Sendable, Equatable {
        public var year: Int
        public var direction: SeasonTransition.Direction
        public var day: Day
        /// Days after the median of the other years; negative = earlier; `nil` where there is no other.
        public var daysLater: Int?
        /// How many other years.
        public var otherYears: Int
    }

    /// By year, rises before falls.
    public let shifts: [Shift]

    /// - Parameter transitions: of one series. Of several rises in a year the greatest counts; those that are not
    ///   measured do not.
    public init(_ transitions: [SeasonTransition]) {
        var shifts: [Shift] = []
        for direction in SeasonTransition.Direction.allCases {
            var byYear: [Int: (day: Day, amplitude: Double)] = [:]
            for transition in transitions where transition.direction == direction && transition.isMeasured {
                guard let day = transition.crossing(0.5)?.day else { continue }
                let year = day.components.year, amplitude = transition.high - transition.low
                if amplitude > byYear[year]?.amplitude ?? -.infinity { byYear[year] = (day, amplitude) }
            }
            for (year, entry) in byYear.sorted(by: { $0.key < $1.key }) {
                let others = byYear.filter { $0.key != year }.values.map { Double($0.day.dayOfYear) }
                let usual = RobustStatistics.median(others)
                shifts.append(
                    Shift(
                        year: year, direction: direction, day: entry.day,
                        daysLater: usual.map { Int((Double(entry.day.dayOfYear) - $0).rounded()) },
                        otherYears: others.count))
            }
        }
        self.shifts = shifts.enumerated().sorted { ($0.element.year, $0.offset) < ($1.element.year, $1.offset) }
            .map(\.element)
    }
}
