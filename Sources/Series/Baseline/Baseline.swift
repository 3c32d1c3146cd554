import Village

/// Whether a plot does worse than it should: against plots beside it, or against its own past.
///
/// All comparisons look back only, so that yesterday's answer does not change when today's picture arrives.
public enum Baseline {
    /// How the plot moved against the other plots of its camera.
    ///
    /// For each neighbour, the difference plot − neighbour of a day is compared with the median of that difference over
    /// the past (`historyInDays`, without the last `guardInDays`); the residual is the median of this over the
    /// neighbours. What all plots share, such as light, a dirty lens or the season of one crop, cancels. The z is the
    /// residual over the robust scale of the earlier residuals, but at least `leastScale`.
    ///
    /// - Returns: one entry for each day on which the plot and a neighbour have values and a past; ascending by day.
    /// - Note: when most neighbours are ill the plot looks well. Neighbours should be of the same crop or the season
    ///   shows.
    /// - Complexity: O(n log n) for each neighbour.
    public static func againstNeighbours(
        _ series: [SeriesPoint], neighbours: [[SeriesPoint]], _ parameters: BaselineParameters = BaselineParameters()
    ) -> [BaselineResidual] {
        let own = DailySeries(series)
        var residuals: [Day: [Double]] = [:]
        for neighbour in neighbours {
            let other = DailySeries(neighbour)
            let otherValues = Dictionary(uniqueKeysWithValues: zip(other.days, other.values))
            let difference = DailySeries(
                zip(own.days, own.values).compactMap { day, value in
                    otherValues[day].map { SeriesPoint(day: day, value: value - $0) }
                })
            for (index, usual) in difference.medians(over: past(parameters), least: parameters.leastHistory)
                .enumerated()
            {
                if let usual { residuals[difference.days[index], default: []].append(difference.values[index] - usual) }
            }
        }
        let merged = residuals.compactMapValues { RobustStatistics.median($0) }
        return scored(own, merged, parameters)
    }

    /// How the plot differs from the median of its own past, without regard to the season; for plots that have no
    /// neighbour and for crops that keep their leaves.
    public static func againstOwnPast(
        _ series: [SeriesPoint], _ parameters: BaselineParameters = BaselineParameters()
    ) -> [BaselineResidual] {
        let own = DailySeries(series)
        var residuals: [Day: Double] = [:]
        for (index, usual) in own.medians(over: past(parameters), least: parameters.leastHistory).enumerated() {
            if let usual { residuals[own.days[index]] = own.values[index] - usual }
        }
        return scored(own, residuals, parameters)
    }

    /// How the plot differs from the median of its own earlier years in the `guardInDays` days on both sides of the
    /// same date.
    ///
    /// - Returns: one entry for each day whose season is known from an earlier year.
    public static func againstEarlierYears(
        _ series: [SeriesPoint], _ parameters: BaselineParameters = BaselineParameters()
    ) -> [BaselineResidual] {
        let own = DailySeries(series)
        guard let first = own.days.first else { return [] }
        var residuals: [Day: Double] = [:]
        for (day, value) in zip(own.days, own.values) {
            var earlier: [Double] = []
            var middle = day + -daysInYear
            while middle + parameters.guardInDays >= first {
                earlier +=
                    own.values[own.range(from: middle + -parameters.guardInDays, to: middle + parameters.guardInDays)]
                middle = middle + -daysInYear
            }
            if earlier.count >= parameters.leastHistory, let usual = RobustStatistics.median(earlier) {
                residuals[day] = value - usual
            }
        }
        return scored(own, residuals, parameters)
    }

    private static let daysInYear = 365
    /// Days: more than any archive has.
    private static let allEarlier = -1_000_000

    private static func past(_ parameters: BaselineParameters) -> ClosedRange<Int> {
        -(parameters.historyInDays + parameters.guardInDays)...(-parameters.guardInDays)
    }

    /// The scale is that of all earlier residuals outside of the guard: it neither forgets a quiet past nor learns from
    /// a fresh decline.
    private static func scored(
        _ own: DailySeries, _ residuals: [Day: Double], _ parameters: BaselineParameters
    ) -> [BaselineResidual] {
        let series = DailySeries(residuals.map { SeriesPoint(day: $0.key, value: $0.value) })
        let values = Dictionary(uniqueKeysWithValues: zip(own.days, own.values))
        let sizes = series.values.map { abs($0) }
        let scales = series.windows(over: allEarlier...(-parameters.guardInDays), of: sizes) {
            $0.count >= parameters.leastHistory
                ? Quantile.type7(sorted: $0, 0.5).map { $0 * RobustStatistics.normalConsistency } : nil
        }
        return series.days.indices.compactMap { index in
            guard let value = values[series.days[index]] else { return nil }
            let residual = series.values[index]
            return BaselineResidual(
                day: series.days[index], value: value, residual: residual,
                z: scales[index].map { residual / max($0, parameters.leastScale) })
        }
    }
}

extension DailySeries {
    /// The indices of the values from one day to another, both included.
    func range(from: Day, to: Day) -> Range<Int> {
        let begin = firstIndex { $0 >= from }
        return begin..<max(begin, firstIndex { $0 > to })
    }

    private func firstIndex(_ isReached: (Day) -> Bool) -> Int {
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if isReached(days[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
