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

    init(_ levels: LevelSums, count: UInt64, bins: ArraySlice<UInt32>) {
        mean = Double(levels.sum) / Double(count)
        standardDeviation = levels.variation(count).squareRoot() / Double(count)
        let histogram = Histogram(bins)
        quantiles = MeasuredChannel.probabilities.map { histogram.quantile(Double($0) / 100) }
    }

    /// The sums of a channel's levels and of their squares.
    struct LevelSums {
        var sum: UInt64 = 0
        var squares: UInt64 = 0

        init(_ bins: ArraySlice<UInt32>) {
            for (level, found) in zip(UInt64(0)..., bins) {
                sum += level * UInt64(found)
                squares += level * level * UInt64(found)
            }
        }

        /// n² times the population variance.
        func variation(_ count: UInt64) -> Double { MeasuredChannel.comoment(squares, sum, sum, count) }
    }

    /// n·Σxy − Σx·Σy: n² times the population covariance, exact up to the last conversion.
    static func comoment(_ products: UInt64, _ x: UInt64, _ y: UInt64, _ count: UInt64) -> Double {
        Double(Int128(count) * Int128(products) - Int128(x) * Int128(y))
    }
}
