import Village

/// A rule that gives cases a deadline, as `models/casework.yaml` has it.
public struct CaseTimer: Sendable, Equatable {
    public enum Start: String, Sendable, CaseIterable {
        case found, assessed, dispatched, checked, handled, reviewed, closed, filed, ordered, firstSeen
    }

    public enum Unit: String, Sendable, CaseIterable { case workingDays, days, years }

    public var id: String
    public var name: Bilingual
    public var start: Start
    /// The stage that ends it; `nil` = it only tells when something ends.
    public var until: Case.Stage?
    public var length: Int
    public var unit: Unit
    /// Empty = all.
    public var kinds: [Case.Kind]
    public var isStatutory: Bool
    /// Whether it is told, but nobody here has to act by it.
    public var isPassive: Bool
    public var source: Bilingual

    /// The last day in time.
    func day(from start: Day, calendar: WorkCalendar) -> (day: Day, unknownYears: [Int]) {
        switch unit {
        case .workingDays: return calendar.day(after: start, workingDays: length)
        case .days: return (start + length, [])
        case .years:
            let (year, month, day) = start.components
            // 29 February ends on the last day of February.
            let end =
                Day(year: year + length, month: month, day: day)
                ?? Day(year: year + length, month: month, day: Day.daysIn(month: month, year: year + length))
            return (end ?? start, [])
        }
    }
}
