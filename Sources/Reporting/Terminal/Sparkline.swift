import Village

/// A series as a row of blocks, `▂▃▅▇█`; a gap is a blank.
public enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// - Parameter values: `nil` = no value. Values that are not finite count as none.
    public static func text(_ values: [Double?]) -> String {
        let known = values.compactMap { $0 }.filter(\.isFinite)
        guard let low = known.min(), let high = known.max() else { return String(repeating: " ", count: values.count) }
        return String(
            values.map { value -> Character in
                guard let value, value.isFinite else { return " " }
                guard high > low else { return blocks[3] }
                return blocks[min(7, max(0, Int((value / (high - low) - low / (high - low)) * 8)))]
            })
    }

    /// The means of equal stretches of days, one block each.
    ///
    /// - Precondition: `columns` > 0.
    public static func text(_ points: [DailyValues.Point], days: ClosedRange<Day>, columns: Int) -> String {
        precondition(columns > 0, "A sparkline has at least one column.")
        let span = days.upperBound - days.lowerBound + 1, count = min(columns, span)
        var sums = [Double](repeating: 0, count: count), numbers = [Int](repeating: 0, count: count)
        for point in points where days.contains(point.day) && point.value.isFinite {
            let index = (point.day - days.lowerBound) * count / span
            sums[index] += point.value
            numbers[index] += 1
        }
        return text(zip(sums, numbers).map { $1 > 0 ? $0 / Double($1) : nil })
    }
}
