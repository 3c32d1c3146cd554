import Foundation
import Village

/// One flush of an evergreen: young leaves, lighter than the old ones, until they have hardened.
public struct Flush: Sendable, Equatable {
    /// A quarter of `rise` is passed.
    public var start: Day
    public var peak: Day
    /// Three quarters of it are lost again; `nil` where the series ends before.
    public var end: Day?
    /// How far the peak stands above the higher of the levels before and after it, in the series' unit.
    public var rise: Double

    public init(start: Day, peak: Day, end: Day?, rise: Double) {
        self.start = start
        self.peak = peak
        self.end = end
        self.rise = rise
    }
}

/// The flushes of a series that has no winter.
public enum Flushes {
    /// The peaks of the slow course whose prominence is at least `SeasonParameters.leastFlush`, and so large that the scatter of
    /// the values around the course does not make it: `flushCertainty` standard errors of the difference of two places. By
    /// time. The course is the smooth averaged with Gaussian weights of `flushWidthInDays`. A peak in a filled stretch or at
    /// the end of what was measured is not one.
    ///
    /// - Parameter points: the values behind the smooth.
    /// - Complexity: O(n) for the course and for each peak.
    public static func find(
        in smooth: SmoothSeries, points: [SeriesPoint], _ parameters: SeasonParameters = SeasonParameters()
    ) -> [Flush] {
        guard let first = smooth.isFilled.firstIndex(of: false), let last = smooth.isFilled.lastIndex(of: false),
            last - first > 2
        else { return [] }
        let values = smooth.averaged(width: parameters.flushWidthInDays)
        let least = max(
            parameters.leastFlush,
            parameters.flushCertainty * error(of: values, smooth, points, width: parameters.flushWidthInDays))
        var found: [Flush] = []
        for peak in (first + 1)..<last
        where !smooth.isFilled[peak] && values[peak] > values[peak - 1] && values[peak] >= values[peak + 1] {
            // As far as the peak is the highest, at most to the ends of what was measured.
            var low = peak, before = peak
            while before > first, values[before - 1] <= values[peak] {
                before -= 1
                if values[before] < values[low] { low = before }
            }
            var high = peak, after = peak
            while after < last, values[after + 1] < values[peak] {
                after += 1
                if values[after] < values[high] { high = after }
            }
            let rise = values[peak] - max(values[low], values[high])
            guard rise >= least else { continue }
            let foot = values[peak] - 0.75 * rise
            let start = (low...peak).last { values[$0] <= foot } ?? low
            let end = (peak...last).first { values[$0] <= foot }
            found.append(
                Flush(
                    start: smooth.firstDay + start, peak: smooth.firstDay + peak, end: end.map { smooth.firstDay + $0 },
                    rise: PhenoCamNumber.rounded(rise)))
        }
        return found
    }

    /// The standard error of the difference of the course at two places: the robust scatter of the values around it over the
    /// root of how many of them a Gaussian of that width averages, 2√π · width ÷ spacing.
    private static func error(of course: [Double], _ smooth: SmoothSeries, _ points: [SeriesPoint], width: Double)
        -> Double
    {
        let known = points.filter { $0.value != nil }
        let residuals = known.compactMap { point -> Double? in
            let index = point.day - smooth.firstDay
            guard course.indices.contains(index), let value = point.value else { return nil }
            return abs(value - course[index])
        }
        let gaps = zip(known.dropFirst(), known).map { Double($0.day - $1.day) }
        guard let scatter = RobustStatistics.median(residuals), let spacing = RobustStatistics.median(gaps) else {
            return .infinity
        }
        let averaged = max(1, 2 * Double.pi.squareRoot() * width / max(spacing, 1))
        // A value pulls the course towards itself: its residual is smaller than its error by this share of the variance.
        let own = min(1, max(spacing, 1) / (width * (2 * Double.pi).squareRoot()))
        let left = max(Self.leastFreedom, 1 - 2 * own + 1 / averaged)
        return scatter * RobustStatistics.normalConsistency * (2 / averaged / left).squareRoot()
    }

    /// Below this share of free variance the scatter says nothing; then hardly any peak is certain.
    private static let leastFreedom = 0.05
}

extension SmoothSeries {
    /// The smooth averaged with Gaussian weights, `width` days their standard deviation: a course that passes over the weather.
    /// Filled days have no weight; where nothing but them is near, the smooth stands.
    ///
    /// - Complexity: O(n · width).
    public func averaged(width: Double) -> [Double] {
        let reach = Int((3 * width).rounded())
        let weights = (0...reach).map { exp(-Double($0 * $0) / (2 * width * width)) }
        return values.indices.map { centre in
            var sum = 0.0, total = 0.0
            for index in max(0, centre - reach)...min(values.count - 1, centre + reach) where !isFilled[index] {
                sum += weights[abs(index - centre)] * values[index]
                total += weights[abs(index - centre)]
            }
            return total > 0 ? sum / total : values[centre]
        }
    }
}
