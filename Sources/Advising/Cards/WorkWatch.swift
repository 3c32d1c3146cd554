import Village

/// Finds the work that falls due on a plot, by the calendar or after something that was seen.
struct WorkWatch {
    let crop: Crop
    let region: String
    /// The measured days of the plot, ascending.
    let measured: [Day]
    /// Events of the plot: when they were found and when they happened.
    let events: [(sign: EventSign, found: Day, on: Day)]

    struct Due: Equatable {
        var rule: WorkRule
        /// The first day on which it is known to be due.
        var day: Day
        var window: ClosedRange<Day>
        var anchor: Day?
        /// The year in which the rule's calendar window opens.
        var year: Int
    }

    /// A camera that has been silent for so many days says nothing about work; ours.
    private static let silentDays = 14
    /// An event so far from the calendar window belongs to another season; ours.
    private static let seasonDays = 120
    /// Work whose window is nearly over when a plot is first seen is not told any more; ours.
    private static let remainingDays = 3

    /// - Parameter until: later days are not looked at.
    func due(until: Day) -> [Due] {
        guard let first = measured.first else { return [] }
        var found: [Due] = []
        for rule in crop.work {
            guard let calendar = crop.window(rule.windows, in: region) else { continue }
            for year in (first.components.year - 1)...(max(first, until).components.year) {
                let window = calendar.occurrence(openingIn: year)
                guard window.upperBound >= first + -Self.seasonDays,
                    let due = due(rule, window, year, first: first, until: until)
                else { continue }
                found.append(due)
            }
        }
        return found
    }

    private func due(_ rule: WorkRule, _ calendar: ClosedRange<Day>, _ year: Int, first: Day, until: Day) -> Due? {
        // Once in a season the anchor counts from the day on which it was found; until then the calendar does.
        if let anchor = rule.anchor,
            let event = events.first(where: {
                $0.sign == anchor.event && $0.on >= calendar.lowerBound + -Self.seasonDays
                    && $0.on <= calendar.upperBound
            })
        {
            let window = (event.on + anchor.days.lowerBound)...(event.on + anchor.days.upperBound)
            let byCalendar = day(in: calendar, from: first, until: min(until, event.found + -1))
            if let byCalendar { return Due(rule: rule, day: byCalendar, window: calendar, anchor: nil, year: year) }
            guard let day = day(in: window, from: max(first, event.found), until: until) else { return nil }
            return Due(rule: rule, day: day, window: window, anchor: event.on, year: year)
        }
        guard let day = day(in: calendar, from: first, until: until) else { return nil }
        return Due(rule: rule, day: day, window: calendar, anchor: nil, year: year)
    }

    /// The first day of the window on which the plot has been seen lately.
    private func day(in window: ClosedRange<Day>, from first: Day, until: Day) -> Day? {
        let last = min(until, window.upperBound)
        guard
            window.upperBound - max(window.lowerBound, first)
                >= min(Self.remainingDays, window.upperBound - window.lowerBound)
        else { return nil }
        let opening = max(window.lowerBound, first)
        guard opening <= last else { return nil }
        if measured.contains(where: { $0 <= opening && opening - $0 <= Self.silentDays }) { return opening }
        return measured.first { $0 >= opening && $0 <= last }
    }
}
