import Foundation
import Village

/// One flush of an evergreen: young leaves, lighter than the old ones, until they have hardened.
public struct Flush: Sendable, Equatable {
    /// A quarter of the rise is passed.
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
    /// The peaks of the slow course whose prominence is at least `SeasonParameters.leastFlush`, by time. The course is the
    /// smooth averaged with Gaussian weights of `flushWidthInDays`. A peak in a filled stretch or at the end of what was
    /// measured is not one.
    ///
    /// - Complexity: O(n) for the course and for each peak.
    public static func find(in smooth: SmoothSeries, _ parameters: SeasonParameters = SeasonParameters()) -> [Flush] {
        guard let first = smooth.isFilled.firstIndex(of: false), let last = smooth.isFilled.lastIndex(of: false),
            last - first > 2
        else { return [] }
        let values = smooth.averaged(width: parameters.flushWidthInDays)
        let least = parameters.leastFlush
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
            let start = (low...peak).first { values[$0] >= values[low] + 0.25 * (values[peak] - values[low]) } ?? low
            let end = (peak...last).first { values[$0] <= values[peak] - 0.75 * rise }
            found.append(
                Flush(
                    start: smooth.firstDay + start, peak: smooth.firstDay + peak, end: end.map { smooth.firstDay + $0 },
                    rise: PhenoCamNumber.rounded(rise)))
        }
        return found
    }
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
