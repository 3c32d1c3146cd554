import Village

/// One interval of a 1-day or 3-day summary.
public struct SummaryRow: Sendable, Equatable {
    /// The middle of the interval, cut to the day.
    public var date: Day
    public var imageCount: Int
    /// The picture nearest to noon of `date`; `nil` where the interval has none.
    public var midday: Midday?
    /// `nil` where the interval has too few pictures.
    public var statistics: Statistics?
    /// Degrees.
    public var maximumSolarElevation: Double?
    public var snowFlag: Int?
    public var outlierFlags = OutlierFlags()

    public struct Midday: Sendable, Equatable {
        public var fileName: String
        public var red: Double
        public var green: Double
        public var blue: Double
        public var gcc: Double
        public var rcc: Double
    }

    public struct Statistics: Sendable, Equatable {
        public var red: Spread
        public var green: Spread
        public var blue: Spread
        public var gcc: Distribution
        public var rcc: Distribution
    }

    /// Mean and population standard deviation over the pictures.
    public struct Spread: Sendable, Equatable {
        public var mean: Double
        public var deviation: Double
    }

    /// Over the pictures; quantiles of type 7.
    public struct Distribution: Sendable, Equatable {
        public var mean: Double
        public var deviation: Double
        public var median: Double
        public var quantile75: Double
        public var quantile90: Double
    }

    /// 1 where the value was found to be an outlier, 0 where not, `nil` where nobody looked.
    public struct OutlierFlags: Sendable, Equatable {
        public var gccMean: Int?
        public var gcc50: Int?
        public var gcc75: Int?
        public var gcc90: Int?
        public init() {}
    }
}

extension SummaryRow.Spread {
    init(_ values: [Double]) {
        mean = Moments.mean(values) ?? .nan
        deviation = Moments.populationDeviation(values) ?? .nan
    }
}

extension SummaryRow.Distribution {
    init(_ values: [Double]) {
        let sorted = values.sorted()
        mean = Moments.mean(values) ?? .nan
        deviation = Moments.populationDeviation(values) ?? .nan
        median = Quantile.type7(sorted: sorted, 0.5) ?? .nan
        quantile75 = Quantile.type7(sorted: sorted, 0.75) ?? .nan
        quantile90 = Quantile.type7(sorted: sorted, 0.9) ?? .nan
    }
}
