/// One channel of the pixels inside a mask: mean, population standard deviation and quantiles, in grey levels 0…255.
public struct MeasuredChannel: Sendable, Equatable {
    /// The probabilities of `quantiles`, in per cent: those of PhenoCam's `roistats` files.
    public static let probabilities = [5, 10, 25, 50, 75, 90, 95]

    public var mean: Double
    public var standardDeviation: Double
    /// Quantiles at `probabilities`, by linear interpolation between order statistics (type 7 of R, as numpy's
    /// `percentile`).
    public var quantiles: [Double]

    public init(mean: Double, standardDeviation: Double, quantiles: [Double]) {
        self.mean = mean
        self.standardDeviation = standardDeviation
        self.quantiles = quantiles
    }

    init(sum: UInt64, squares: UInt64, count: UInt64, bins: ArraySlice<UInt32>) {
        mean = Double(sum) / Double(count)
        standardDeviation = MeasuredChannel.comoment(squares, sum, sum, count).squareRoot() / Double(count)
        quantiles = MeasuredChannel.probabilities.map { Histogram(bins).quantile(Double($0) / 100) }
    }

    /// n·Σxy − Σx·Σy: n² times the population covariance, exact up to the last conversion.
    static func comoment(_ products: UInt64, _ x: UInt64, _ y: UInt64, _ count: UInt64) -> Double {
        Double(Int128(count) * Int128(products) - Int128(x) * Int128(y))
    }
}
