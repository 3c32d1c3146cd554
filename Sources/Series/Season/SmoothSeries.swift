import Foundation
import Village

/// A plot's course without its noise, one value a day: phenocamr's `smooth_ts`.
public struct SmoothSeries: Sendable, Equatable {
    /// The first day; the others follow without a gap.
    public let firstDay: Day
    /// Rounded to five decimals.
    public let values: [Double]
    /// Half width of the 95 % band, in the values' unit, at most `SeasonParameters.widestBand`.
    public let band: [Double]
    /// Days in a gap that is too long to be interpolated, or before the first or after the last value.
    public let isFilled: [Bool]

    /// Gaps of up to `longestGapInDays` are drawn straight; longer ones, and `paddingInDays` at both ends, get the mean
    /// of the same day of other years, or a straight line where there is none. Through all of it goes a `Loess` of best
    /// span, filled days with little weight.
    ///
    /// A series whose values lie `sparseSpacingInDays` apart or more is no PhenoCam product. There each value is kept, the
    /// course is drawn straight between them and the band is as wide as it may be; gaps are long from twice the spacing
    /// on.
    ///
    /// - Parameters:
    ///   - points: ascending by day.
    ///   - outliers: points to be taken for absent.
    /// - Returns: `nil` for fewer than four values.
    public init?(_ points: [SeriesPoint], outliers: [Bool], _ parameters: SeasonParameters = SeasonParameters()) {
        guard let first = points.first?.day, let last = points.last?.day else { return nil }
        firstDay = first + -parameters.paddingInDays
        let count = last - first + 1 + 2 * parameters.paddingInDays
        var values = [Double?](repeating: nil, count: count)
        for (point, isOutlier) in zip(points, outliers) where !isOutlier { values[point.day - firstDay] = point.value }
        guard values.lazy.compactMap({ $0 }).count > 3 else { return nil }

        let start = firstDay
        let spacing = Self.spacing(values)
        let isSparse = spacing >= Double(parameters.sparseSpacingInDays)
        let longest = isSparse ? max(parameters.longestGapInDays, Int(2 * spacing)) : parameters.longestGapInDays
        let isFilled = Self.longGaps(values, longest: longest)
        let filled = Self.filled(values, gaps: isFilled, dayOfYear: { (start + $0).dayOfYear })
        if isSparse {
            self.values = filled.map { PhenoCamNumber.rounded($0) }
            band = [Double](repeating: parameters.widestBand, count: count)
            self.isFilled = isFilled
            return
        }
        let x = (0..<count).map { Double($0) }
        guard let span = Loess.bestSpan(x: x, y: filled),
            let fit = Loess(
                x: x, y: filled, weights: values.map { $0 == nil ? parameters.filledWeight : 1 }, span: span)
        else { return nil }
        var smooth: [Double] = []
        var band: [Double] = []
        for day in 0..<count {
            let (value, error) = fit.predict(Double(day)) ?? (filled[day], .infinity)
            let half =
                isFilled[day] || !error.isFinite ? parameters.widestBand : min(1.96 * error, parameters.widestBand)
            smooth.append(PhenoCamNumber.rounded(value))
            band.append(PhenoCamNumber.rounded(half))
        }
        self.values = smooth
        self.band = band
        self.isFilled = isFilled
    }

    /// The value on a day; `nil` outside of the series.
    public func value(on day: Day) -> Double? { values.indices.contains(day - firstDay) ? values[day - firstDay] : nil }

    /// The median distance between neighbouring values, in days.
    private static func spacing(_ values: [Double?]) -> Double {
        let known = values.indices.filter { values[$0] != nil }
        return RobustStatistics.median(zip(known.dropFirst(), known).map { Double($0 - $1) }) ?? 0
    }

    static func longGaps(_ values: [Double?], longest: Int) -> [Bool] {
        var long = [Bool](repeating: false, count: values.count)
        var index = 0
        while index < values.count {
            guard values[index] == nil else {
                index += 1
                continue
            }
            let end = values[index...].firstIndex { $0 != nil } ?? values.count
            if index == 0 || end == values.count || end - index > longest {
                for i in index..<end { long[i] = true }
            }
            index = end
        }
        return long
    }

    /// Gaps filled by the mean of their day of the year, what is left by straight lines, the ends by the nearest value.
    private static func filled(_ values: [Double?], gaps: [Bool], dayOfYear: (Int) -> Int) -> [Double] {
        var sums = [Int: (sum: Double, count: Int)]()
        for (index, value) in values.enumerated() {
            guard let value else { continue }
            let before = sums[dayOfYear(index)] ?? (0, 0)
            sums[dayOfYear(index)] = (before.sum + value, before.count + 1)
        }
        var result = values
        for index in values.indices where gaps[index] {
            result[index] = sums[dayOfYear(index)].map { $0.sum / Double($0.count) }
        }
        return interpolated(result)
    }

    private static func interpolated(_ values: [Double?]) -> [Double] {
        let known = values.indices.filter { values[$0] != nil }
        var result = values.map { $0 ?? 0 }
        guard let first = known.first, let last = known.last else { return result }
        for i in 0..<first { result[i] = result[first] }
        for i in last..<values.count { result[i] = result[last] }
        for (a, b) in zip(known, known.dropFirst()) where b > a + 1 {
            for i in a + 1..<b { result[i] = result[a] + (result[b] - result[a]) * Double(i - a) / Double(b - a) }
        }
        return result
    }
}
