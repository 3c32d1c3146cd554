/// Centre and spread that a few wrong values do not move.
public enum RobustStatistics {
    /// Turns a median absolute deviation into the standard deviation of a normal distribution: 1/Φ⁻¹(¾).
    public static let normalConsistency = 1.482602218505602

    /// The middle value; `nil` for none.
    public static func median(_ values: some Collection<Double>) -> Double? { Quantile.type7(values, 0.5) }

    /// The median distance from the median, unscaled (MAD); `nil` for no values.
    public static func medianAbsoluteDeviation(_ values: some Collection<Double>) -> Double? {
        guard let centre = median(values) else { return nil }
        return median(values.map { abs($0 - centre) })
    }

    /// The standard deviation that a normal distribution with this MAD would have; `nil` for no values.
    public static func scale(_ values: some Collection<Double>) -> Double? {
        medianAbsoluteDeviation(values).map { $0 * normalConsistency }
    }

    /// How many robust standard deviations each value lies above the median.
    ///
    /// - Parameter floor: the least scale to divide by, in the values' unit: keeps a series that hardly varies from
    ///   turning noise of the last digit into alarms.
    /// - Returns: zeros where all values are the same and `floor` is 0.
    public static func robustZ(_ values: [Double], floor: Double = 0) -> [Double] {
        guard let centre = median(values), let spread = scale(values) else { return [] }
        let unit = max(spread, floor)
        return values.map { unit > 0 ? ($0 - centre) / unit : 0 }
    }
}
