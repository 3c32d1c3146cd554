import Village

/// The ups and downs that all plots of a camera have in common: light, haze, white balance, a dirty lens.
public enum SharedLight {
    /// Days on each side of a day whose median is a plot's course; shorter ups and downs count as light. Own choice: a
    /// week keeps the season and lets weather go.
    public static let courseInDays = 7
    /// With fewer plots nothing is taken away: the median of two is still moved by each.
    public static let leastPlots = 3

    /// What the plots share on a day: the median over the plots of value − course. Days on which fewer than
    /// `leastPlots` have a value are not in it.
    public static func effect(on plots: [[SeriesPoint]]) -> [Day: Double] {
        var deviations: [Day: [Double]] = [:]
        for plot in plots {
            let series = DailySeries(plot)
            let course = series.medians(over: -courseInDays...courseInDays, least: 1)
            for index in series.days.indices {
                if let centre = course[index] {
                    deviations[series.days[index], default: []].append(series.values[index] - centre)
                }
            }
        }
        return deviations.compactMapValues { $0.count >= leastPlots ? RobustStatistics.median($0) : nil }
    }

    /// The plots' series without what they share.
    public static func removed(from plots: [[SeriesPoint]]) -> [[SeriesPoint]] {
        let effect = effect(on: plots)
        return plots.map { plot in
            plot.map { point in SeriesPoint(day: point.day, value: point.value.map { $0 - (effect[point.day] ?? 0) }) }
        }
    }
}
