import Advising
import Foundation
import Inspection
import Reporting
import Series
import Storage
import Village

/// What a plot's whole series says of its season, cut to the days of a report.
struct PlotSeason {
    private let season: Season
    private let days: [DailyValues]
    private let events: [PlotEvent]
    private let points: [SeriesPoint]
    /// The line to draw; empty where there is none.
    private let line: [Double]

    /// - Parameters:
    ///   - days: all that is known, by day.
    ///   - events: of this plot.
    init(days: [DailyValues], events: [PlotEvent]) {
        self.days = days
        self.events = events
        points = days.compactMap { day in day.values[.gcc].map { SeriesPoint(day: day.day, value: $0) } }
        season = Season(points, stepInDays: 1)
        // Between rare pictures the light of each would be drawn as if it were growth.
        let spacing = RobustStatistics.median(zip(points.dropFirst(), points).map { Double($0.day - $1.day) }) ?? 1
        line = season.smooth?.averaged(width: max(Self.leastWidth, spacing)) ?? []
    }

    /// Days: passes over a rainy week and keeps a flush visible.
    private static let leastWidth = 4.0

    /// The line through the values, where it rests on pictures.
    func smooth(in range: ClosedRange<Day>) -> [DailyValues.Point] {
        guard let smooth = season.smooth else { return [] }
        return smooth.values.indices.compactMap { index in
            let day = smooth.firstDay + index
            guard range.contains(day), !smooth.isFilled[index] else { return nil }
            return DailyValues.Point(day: day, value: line[index])
        }
    }

    /// Where a day's value may lie: around the smooth of the earlier years of the same days where there are any, else around
    /// the plot's own, as wide as its values scatter.
    func band(in range: ClosedRange<Day>) -> [PlotSummary.Band] {
        guard let smooth = season.smooth else { return [] }
        let residuals = days.compactMap { day -> Double? in
            let index = day.day - smooth.firstDay
            guard let value = day.values[.gcc], line.indices.contains(index) else { return nil }
            return abs(value - line[index])
        }
        // Twice the robust deviation holds 19 of 20 ordinary days.
        guard let spread = RobustStatistics.median(residuals).map({ 2 * $0 * RobustStatistics.normalConsistency })
        else { return [] }
        return smooth.values.indices.compactMap { index in
            let day = smooth.firstDay + index
            guard range.contains(day) else { return nil }
            let earlier = (1...Self.mostYears).compactMap { year -> Double? in
                let then = index - 365 * year
                return then >= 0 && !smooth.isFilled[then] ? line[then] : nil
            }
            if let low = earlier.min(), let high = earlier.max() {
                return PlotSummary.Band(day: day, low: low - spread, high: high + spread)
            }
            guard !smooth.isFilled[index] else { return nil }
            return PlotSummary.Band(day: day, low: line[index] - spread, high: line[index] + spread)
        }
    }

    private static let mostYears = 5

    func lastYear(of range: ClosedRange<Day>) -> [DailyValues] {
        days.filter { range.contains($0.day + 365) && $0.day < range.lowerBound }
    }

    /// Greening, fading, flushes and what the pictures showed, by day.
    func dates(in range: ClosedRange<Day>, habit: Crop.Habit?) -> [PlotSummary.SeasonDate] {
        let shifts = YearComparison(season.transitions).shifts
        // The leaves of an evergreen stay: what rises and falls there is flushes and light.
        let isEvergreen = habit == .evergreen || (habit == nil && season.course == .evergreen)
        let transitions = isEvergreen ? [] : season.transitions.filter(\.isMeasured)
        var found = transitions.compactMap { transition -> PlotSummary.SeasonDate? in
            guard let crossing = transition.crossing(0.5) else { return nil }
            let shift = shifts.first { $0.day == crossing.day && $0.direction == transition.direction }
            return PlotSummary.SeasonDate(
                kind: transition.direction == .rising ? "leaves" : "fading",
                title: transition.direction == .rising
                    ? Bilingual(zh: "叶子绿了一半", en: "Half green") : Bilingual(zh: "绿色褪了一半", en: "Half faded"),
                day: crossing.day, interval: crossing.interval, daysLater: shift?.daysLater)
        }
        if isEvergreen {
            found += (season.smooth.map { Flushes.find(in: $0, points: points) } ?? []).map {
                PlotSummary.SeasonDate(
                    kind: "flush", title: Bilingual(zh: "新梢最嫩", en: "Flush at its lightest"), day: $0.peak,
                    interval: $0.start...($0.end ?? $0.peak))
            }
        }
        found += events.map {
            PlotSummary.SeasonDate(kind: $0.sign.rawValue, title: Self.title(of: $0.sign), day: $0.on)
        }
        return found.filter { range.contains($0.day) }.sorted { ($0.day, $0.kind) < ($1.day, $1.kind) }
    }

    /// The capture nearest to a day, at most a few days away.
    func capture(near day: Day) -> String? {
        days.filter { abs($0.day - day) <= Self.nearDays && $0.capture != nil }
            .min { abs($0.day - day) < abs($1.day - day) }?.capture
    }

    private static let nearDays = 5

    static func title(of sign: EventSign) -> Bilingual {
        switch sign {
        case .bloomStart: Bilingual(zh: "开始开花", en: "First blossom")
        case .bloomPeak: Bilingual(zh: "花最盛", en: "Peak bloom")
        case .colouringStart: Bilingual(zh: "果子开始转色", en: "Fruit begins to colour")
        case .harvested: Bilingual(zh: "果子采完", en: "Fruit picked")
        case .pruning: Bilingual(zh: "像是修剪", en: "Looks pruned")
        case .frostNight: Bilingual(zh: "霜冻", en: "Frost")
        case .heavyRain: Bilingual(zh: "大雨", en: "Heavy rain")
        }
    }
}
