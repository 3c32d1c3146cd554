import Village

/// Which days are working days: Monday to Friday, without the holidays and with the make-up days that are known.
public struct WorkCalendar: Sendable, Equatable {
    /// One year's notice.
    public struct Year: Sendable, Equatable {
        public var off: Set<Day>
        /// Weekend days that are worked.
        public var work: Set<Day>
        /// The notice.
        public var source: String

        public init(off: Set<Day>, work: Set<Day>, source: String) {
            self.off = off
            self.work = work
            self.source = source
        }
    }

    public let years: [Int: Year]

    public init(years: [Int: Year]) { self.years = years }

    /// 0 on Monday … 6 on Sunday. Day 0, 1970-01-01, was a Thursday.
    static func weekday(_ day: Day) -> Int { ((day.number + 3) % 7 + 7) % 7 }

    public func isWorkingDay(_ day: Day) -> Bool {
        // A notice may reach into the days of the year before it.
        let year = day.components.year
        for notice in [years[year], years[year + 1]].compactMap({ $0 }) {
            if notice.off.contains(day) { return false }
            if notice.work.contains(day) { return true }
        }
        return Self.weekday(day) < 5
    }

    public func isKnown(year: Int) -> Bool { years[year] != nil }

    /// The `count`-th working day after `day`; that day is not counted.
    ///
    /// - Returns: with the years on the way whose holidays are not known.
    /// - Complexity: O(`count`) days.
    public func day(after day: Day, workingDays count: Int) -> (day: Day, unknownYears: [Int]) {
        var current = day, left = count
        var unknown: Set<Int> = []
        while left > 0 {
            current = current + 1
            let year = current.components.year
            if !isKnown(year: year) { unknown.insert(year) }
            if isWorkingDay(current) { left -= 1 }
        }
        return (current, unknown.sorted())
    }
}
