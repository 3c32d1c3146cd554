import Village

/// At most one value a day, ascending.
struct DailySeries {
    let days: [Day]
    let values: [Double]

    /// Several values of a day become their median; absent and non-finite ones are left out.
    init(_ points: [SeriesPoint]) {
        var byDay: [Day: [Double]] = [:]
        for point in points {
            if let value = point.value, value.isFinite { byDay[point.day, default: []].append(value) }
        }
        days = byDay.keys.sorted()
        values = days.compactMap { byDay[$0].flatMap { RobustStatistics.median($0) } }
    }

    /// For each value, the median of those that are `range` days from it; `nil` where there are fewer than `least`.
    ///
    /// - Complexity: O(n log w) comparisons for windows of w values.
    func medians(over range: ClosedRange<Int>, least: Int, of figure: [Double]? = nil) -> [Double?] {
        windows(over: range, of: figure ?? values) { $0.count >= least ? Quantile.type7(sorted: $0, 0.5) : nil }
    }

    /// For each value, `summary` of the sorted values in its window.
    func windows<Result>(over range: ClosedRange<Int>, of figure: [Double], _ summary: ([Double]) -> Result) -> [Result]
    {
        var window: [Double] = []
        var begin = 0
        var end = 0
        return days.indices.map { index in
            while end < days.count, days[end] - days[index] <= range.upperBound {
                window.insert(figure[end], at: Self.place(of: figure[end], in: window))
                end += 1
            }
            while begin < end, days[begin] - days[index] < range.lowerBound {
                window.remove(at: Self.place(of: figure[begin], in: window))
                begin += 1
            }
            return summary(window)
        }
    }

    /// The first index whose value is not below.
    private static func place(of value: Double, in sorted: [Double]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
