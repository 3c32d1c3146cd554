/// Where the mean of a series changes.
public enum ChangePoints {
    /// The segmentation with the least Σ(x − mean of its segment)² + `penalty` for each segment, none shorter than
    /// `minimumLength`: PELT of Killick, Fearnhead and Eckley (2012) with the cost of a normal distribution of known
    /// variance 1.
    ///
    /// - Returns: the index after the last value of each segment, ascending; the last is the number of values. One
    ///   segment where the series is too short to be cut; none for no values.
    /// - Complexity: O(n) to O(n²), by how often the mean changes.
    public static func ends(in values: [Double], penalty: Double, minimumLength: Int) -> [Int] {
        precondition(minimumLength >= 1, "a segment has at least one value")
        let n = values.count
        guard n >= 2 * minimumLength else { return n > 0 ? [n] : [] }
        var sums = [0.0]
        var squares = [0.0]
        for value in values {
            sums.append(sums[sums.count - 1] + value)
            squares.append(squares[squares.count - 1] + value * value)
        }
        func cost(_ from: Int, _ to: Int) -> Double {
            let sum = sums[to] - sums[from]
            return squares[to] - squares[from] - sum * sum / Double(to - from)
        }
        var best = [Double](repeating: .infinity, count: n + 1)
        var previous = [Int](repeating: 0, count: n + 1)
        best[0] = -penalty
        // A start that has lost at some end stays in play until a segment from that end could be long enough to replace
        // it.
        var starts: [(index: Int, lostAt: Int?)] = [(0, nil)]
        for end in minimumLength...n {
            if end - minimumLength >= minimumLength { starts.append((end - minimumLength, nil)) }
            starts.removeAll { $0.lostAt.map { end >= $0 + minimumLength } ?? false }
            for start in starts {
                let total = best[start.index] + cost(start.index, end) + penalty
                if total < best[end] {
                    best[end] = total
                    previous[end] = start.index
                }
            }
            for i in starts.indices where starts[i].lostAt == nil {
                if best[starts[i].index] + cost(starts[i].index, end) > best[end] { starts[i].lostAt = end }
            }
        }
        var ends: [Int] = []
        var end = n
        while end > 0 {
            ends.append(end)
            end = previous[end]
        }
        return ends.reversed()
    }
}
