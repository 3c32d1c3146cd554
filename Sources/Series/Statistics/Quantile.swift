/// Sample quantiles.
public enum Quantile {
    /// The quantile of `values` at `level` by linear interpolation of the order statistics: type 7 of Hyndman and Fan
    /// (1996), R's default.
    ///
    ///     Quantile.type7([1, 2, 4, 8], 0.5)  // 3
    ///
    /// - Returns: `nil` for no values.
    /// - Exactness: the operations and their order are those of `vegindex`'s `quantile.py`, so the last bit agrees.
    /// - Precondition: `level` is in 0…1 and no value is NaN.
    /// - Complexity: O(n log n).
    public static func type7(_ values: some Collection<Double>, _ level: Double) -> Double? {
        type7(sorted: values.sorted(), level)
    }

    /// The same for values that are in ascending order already.
    ///
    /// - Complexity: O(1).
    public static func type7(sorted y: [Double], _ level: Double) -> Double? {
        precondition((0...1).contains(level), "a quantile's level lies between 0 and 1")
        guard let first = y.first, let last = y.last else { return nil }
        let position = 1 + Double(y.count - 1) * level - 1
        let whole = position.rounded(.towardZero)
        if whole < 0 { return first }
        let index = Int(whole)
        guard index + 1 < y.count else { return last }
        let fraction = position - whole
        return fraction == 0 ? y[index] : y[index] + (y[index + 1] - y[index]) * fraction
    }
}
