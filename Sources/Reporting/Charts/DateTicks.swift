import Village

/// Where a time axis is labelled.
enum DateTicks {
    struct Tick: Equatable {
        var day: Day
        var label: String
    }

    /// Months where the span has at least two of them, else days at even steps; never more labels than `room`.
    static func ticks(_ days: ClosedRange<Day>, room: Double, dates: DateText) -> [Tick] {
        let most = max(2, Int(room))
        let firsts = firstsOfMonths(days)
        guard firsts.count >= 3 else {
            let span = days.upperBound - days.lowerBound
            let step = [1, 2, 5, 7, 10, 14, 21, 28].first { span / $0 < most - 1 } ?? 28
            return stride(from: 0, through: span, by: step).map {
                let day = days.lowerBound + $0
                return Tick(day: day, label: "\(day.components.month)/\(day.components.day)")
            }
        }
        let step = [1, 2, 3, 6, 12, 24, 60, 120].first { (firsts.count + $0 - 1) / $0 <= most } ?? 240
        return firsts.filter { ($0.components.year * 12 + $0.components.month - 1) % step == 0 }.map { day in
            let c = day.components
            return Tick(day: day, label: c.month == 1 ? "\(c.year)" : dates.month(c.month))
        }
    }

    private static func firstsOfMonths(_ days: ClosedRange<Day>) -> [Day] {
        var c = days.lowerBound.components
        if c.day > 1 { c.month += 1 }
        var out: [Day] = []
        while true {
            if c.month > 12 { (c.year, c.month) = (c.year + 1, 1) }
            guard let first = Day(year: c.year, month: c.month, day: 1), first <= days.upperBound else { return out }
            out.append(first)
            c.month += 1
        }
    }
}
