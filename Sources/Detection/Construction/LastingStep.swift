/// Where a series of differences from the beginning goes up, and stays up.
///
/// The series is cut in two so that the sum of the distances from the medians of both parts is least (least absolute
/// deviations, one change point). Works begin with a heap: the part before the cut is cut again while it has a smaller
/// step up of its own that stands out of its noise, and the rise is followed back to its first value.
public struct LastingStep: Sendable, Equatable {
    /// The first value that belongs to the new state.
    public let index: Int
    /// Median of the values after the greatest step less that of the values before the first.
    public let rise: Double

    /// Medians closer than this are one state; a share of the outline, ours.
    public static let leastRise = 0.2
    /// The same for the steps before the greatest, and how far above what was before a value must lie; ours: light and
    /// leaves move a share less.
    static let margin = 0.08
    /// An earlier step must be so many mean deviations of the part before it.
    static let deviations = 3.0
    /// Values that each part needs.
    public static let least = 2

    /// - Parameter values: in order of time.
    /// - Returns: `nil` where the series has no step.
    /// - Complexity: O(n² log n) for each step.
    public init?(_ values: [Double]) {
        guard let cut = Cut(values[...]) else { return nil }
        guard cut.rise >= LastingStep.leastRise else {
            // A step down: most of the beginning shows the new state already.
            guard -cut.rise >= LastingStep.leastRise else { return nil }
            (index, rise) = (cut.index, cut.rise)
            return
        }
        var first = cut
        while let earlier = Cut(values[..<first.index]),
            earlier.rise >= max(LastingStep.margin, LastingStep.deviations * earlier.deviation)
        {
            first = earlier
        }
        let level = first.before + min(LastingStep.margin, first.rise / 2)
        var start = first.index
        while start > 0, values[start - 1] >= level { start -= 1 }
        while start < values.count - 1, values[start] < level { start += 1 }
        index = start
        rise = cut.after - first.before
    }

    /// The best cut of a series in two.
    private struct Cut {
        let index: Int
        /// Medians of the two parts.
        let before: Double, after: Double
        /// Mean distance from the median before the cut: after it works may grow.
        let deviation: Double
        var rise: Double { after - before }

        init?(_ values: ArraySlice<Double>) {
            guard values.count >= 2 * LastingStep.least else { return nil }
            var best: (index: Int, cost: Double)?
            for index in (values.startIndex + LastingStep.least)...(values.endIndex - LastingStep.least) {
                let cost = Cut.spread(values[..<index]).total + Cut.spread(values[index...]).total
                if cost < best?.cost ?? .infinity { best = (index, cost) }
            }
            guard let best else { return nil }
            let low = Cut.spread(values[..<best.index]), high = Cut.spread(values[best.index...])
            index = best.index
            (before, after) = (low.median, high.median)
            deviation = low.total / Double(best.index - values.startIndex)
        }

        private static func spread(_ values: ArraySlice<Double>) -> (median: Double, total: Double) {
            let sorted = values.sorted()
            let median = sorted[(sorted.count - 1) / 2]
            return (median, values.reduce(0) { $0 + abs($1 - median) })
        }
    }
}
