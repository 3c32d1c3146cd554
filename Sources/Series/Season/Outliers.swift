import Village

/// Values that haze, snow or a dirty lens pulled away from a plot's course.
public enum Outliers {
    /// Whether each point is an outlier: phenocamr's `detect_outliers` for one of the series of a summary.
    ///
    /// Each calendar year is judged by itself, with the December before and the January after. A `Loess` of best span
    /// is drawn through the values, at first without those that drop by more than a quarter of the year's amplitude in
    /// one step; what lies further than `outlierSigma` times the day-to-day change below it, or twice that above, is
    /// left out, and again until nothing changes.
    ///
    /// - Parameter points: ascending by day; absent values are never outliers. A year with three values or fewer is not
    ///   judged.
    /// - Note: phenocamr finds the first drops in the series without its gaps and then looks them up in the series with
    ///   them; here the right values are taken.
    public static func flags(in points: [SeriesPoint], _ parameters: SeasonParameters = SeasonParameters()) -> [Bool] {
        let present = points.indices.filter { points[$0].value != nil }
        var flags = [Bool](repeating: false, count: points.count)
        let years = present.map { points[$0].day.components.year }
        for year in Set(years).sorted() {
            let window = present.filter { index in
                let c = points[index].day.components
                return c.year == year || (c.year == year - 1 && c.month == 12) || (c.year == year + 1 && c.month == 1)
            }
            guard window.count > 3 else { continue }
            let outliers = search(
                days: window.map { Double(points[$0].day.number) }, values: window.compactMap { points[$0].value },
                parameters)
            for (index, isOutlier) in zip(window, outliers) where points[index].day.components.year == year {
                flags[index] = isOutlier
            }
        }
        return flags
    }

    private static func search(days: [Double], values: [Double], _ parameters: SeasonParameters) -> [Bool] {
        let changes = zip(values.dropFirst(), values).map { $0 - $1 }
        guard let high = Quantile.type7(values, 0.9), let low = Quantile.type7(values, 0.1),
            let noise = Moments.laplaceDeviation(changes, count: values.count)
        else { return values.map { _ in false } }
        let limit = parameters.outlierSigma * (noise <= parameters.calmVariation ? 2 : 1) * noise
        var out = [false] + changes.map { $0 < -(high - low) / 4 }
        for round in 1...max(1, parameters.outlierRounds) {
            let kept = values.indices.filter { !out[$0] }
            let smooth = smoothed(days: days, kept: kept, values: values)
            let now = values.indices.map { index in
                guard let centre = smooth[index] else { return false }
                let residual = values[index] - centre
                return residual > 2 * limit || residual <= -limit
            }
            let same = now == out && round > 1
            out = now
            if same { break }
        }
        return out
    }

    /// At every day; `nil` outside of the days that are kept.
    private static func smoothed(days: [Double], kept: [Int], values: [Double]) -> [Double?] {
        let x = kept.map { days[$0] }
        let y = kept.map { values[$0] }
        guard let span = Loess.bestSpan(x: x, y: y), let fit = Loess(x: x, y: y, span: span) else {
            var own = [Double?](repeating: nil, count: values.count)
            for index in kept { own[index] = values[index] }
            return own
        }
        return days.map { fit.predict($0)?.value }
    }
}
