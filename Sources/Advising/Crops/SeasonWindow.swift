import Village

/// A part of the year such as `11-15..02-10`, both days included; it may run over New Year.
public struct SeasonWindow: Sendable, Hashable, CustomStringConvertible {
    public struct MonthDay: Sendable, Hashable {
        public var month: Int
        public var day: Int

        /// Reads `03-15`; `nil` where no year has that day.
        public init?(_ text: some StringProtocol) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2,
                parts.allSatisfy({ $0.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
                let month = Int(parts[0]), let day = Int(parts[1]),
                Village.Day(year: SeasonWindow.leapYear, month: month, day: day) != nil
            else { return nil }
            self.month = month
            self.day = day
        }

        fileprivate var isLeapDay: Bool { month == 2 && day == 29 }

        /// 29 February is the 28th where the year has none.
        func day(in year: Int) -> Village.Day {
            Village.Day(year: year, month: month, day: min(day, Village.Day.daysIn(month: month, year: year)))
                ?? Village.Day(number: 0)
        }
    }

    public var from: MonthDay
    public var until: MonthDay
    /// The same part of the year, so many days later.
    public var shiftInDays = 0

    private static let leapYear = 2024

    /// Reads `MM-DD..MM-DD`.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].isEmpty, let from = MonthDay(parts[0]), let until = MonthDay(parts[2]) else {
            return nil
        }
        self.from = from
        self.until = until
    }

    public var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(from.month))-\(two(from.day))..\(two(until.month))-\(two(until.day))"
    }

    private var runsOverNewYear: Bool { (until.month, until.day) < (from.month, from.day) }

    /// The window that opens in `year`.
    public func occurrence(openingIn year: Int) -> ClosedRange<Day> {
        let first = from.day(in: year) + shiftInDays
        let last = until.day(in: runsOverNewYear ? year + 1 : year) + shiftInDays
        return first...max(first, last)
    }

    /// The occurrence that holds `day`, or, with `slack`, the nearest that comes within so many days of it.
    public func occurrence(at day: Day, slack: Int = 0) -> ClosedRange<Day>? {
        let year = day.components.year
        if slack == 0, shiftInDays == 0, !from.isLeapDay, !until.isLeapDay { return plainOccurrence(at: day) }
        var best: (range: ClosedRange<Day>, distance: Int)?
        for candidate in (year - 1)...(year + 1) {
            let range = occurrence(openingIn: candidate)
            let distance = max(0, range.lowerBound - day, day - range.upperBound)
            if distance <= slack, distance < best?.distance ?? .max { best = (range, distance) }
        }
        return best?.range
    }

    /// The same without a leap day, a slack or a shift: two numbers are compared, as this is asked for every day of
    /// every plot.
    private func plainOccurrence(at day: Day) -> ClosedRange<Day>? {
        let (year, month, dayOfMonth) = day.components
        let now = month * 100 + dayOfMonth, first = from.month * 100 + from.day, last = until.month * 100 + until.day
        if first <= last { return now >= first && now <= last ? occurrence(openingIn: year) : nil }
        if now >= first { return occurrence(openingIn: year) }
        return now <= last ? occurrence(openingIn: year - 1) : nil
    }

    public func contains(_ day: Day) -> Bool { occurrence(at: day) != nil }
}
