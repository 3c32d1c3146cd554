import Foundation

/// Mean and spread.
public enum Moments {
    /// The arithmetic mean; `nil` for no values.
    ///
    /// - Exactness: summed pairwise as NumPy does, so that `numpy.mean` gives the same bits.
    public static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : PairwiseSum.of(values[...]) / Double(values.count)
    }

    /// The population standard deviation √(Σ(x − mean)²/n); `nil` for no values.
    ///
    /// - Exactness: as `numpy.nanstd` without NaN, to the last bit.
    public static func populationDeviation(_ values: [Double]) -> Double? {
        guard let mean = mean(values) else { return nil }
        return (PairwiseSum.of(values.map { ($0 - mean) * ($0 - mean) }[...]) / Double(values.count)).squareRoot()
    }

    /// The sample standard deviation √(Σ(x − mean)²/(n − 1)); `nil` for fewer than two values.
    public static func sampleDeviation(_ values: [Double]) -> Double? {
        guard values.count > 1, let population = populationDeviation(values) else { return nil }
        return population * (Double(values.count) / Double(values.count - 1)).squareRoot()
    }

    /// The standard deviation of a Laplace distribution with the values' mean absolute deviation, √2 · Σ|x − mean| /
    /// `count`.
    ///
    /// - Parameter count: what to divide by, where it is not the number of values.
    public static func laplaceDeviation(_ values: [Double], count: Int? = nil) -> Double? {
        guard let mean = mean(values) else { return nil }
        return 2.0.squareRoot() * values.reduce(0) { $0 + abs($1 - mean) } / Double(count ?? values.count)
    }
}

/// Summation in the order that NumPy uses for contiguous doubles.
enum PairwiseSum {
    private static let blockSize = 128

    static func of(_ values: ArraySlice<Double>) -> Double {
        let n = values.count
        let start = values.startIndex
        if n < 8 { return values.reduce(0, +) }
        if n <= blockSize {
            var lane = Array(values.prefix(8))
            var i = 8
            while i < n - n % 8 {
                for j in 0..<8 { lane[j] += values[start + i + j] }
                i += 8
            }
            let sum = ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]))
            return values[(start + i)...].reduce(sum, +)
        }
        let half = n / 2 - (n / 2) % 8
        return of(values[start..<start + half]) + of(values[(start + half)...])
    }
}
