import Village

/// What a plot's series says about its seasons.
public struct Season: Sendable, Equatable {
    /// For each point, whether it was left out.
    public let outliers: [Bool]
    /// `nil` where there are too few values.
    public let smooth: SmoothSeries?
    /// By time.
    public let transitions: [SeasonTransition]
    /// Whether the values vary too little to have a season, as those of evergreens.
    public let isFlat: Bool
    /// What kind of course the plot has; `nil` where less than `leastYearInDays` of it is known.
    public let course: Course?
    /// The flushes of an evergreen or flat series, by time; none for others.
    public let flushes: [Flush]
    /// Root mean square of smooth − value over the points that have a value, five decimals; `nil` without a smooth.
    public let smoothError: Double?

    public enum Course: String, Sendable, Codable {
        /// Greens and fades over the year: forest, deciduous fruit, annual crops.
        case seasonal
        /// Stays green: citrus, tea, bamboo.
        case evergreen
    }

    /// - Parameters:
    ///   - points: of one column of a 1-day or 3-day summary, by day; days may be missing.
    ///   - stepInDays: 1 or 3.
    public init(_ points: [SeriesPoint], stepInDays: Int, _ parameters: SeasonParameters = SeasonParameters()) {
        let points = points.sorted { $0.day < $1.day }
        outliers = Outliers.flags(in: points, parameters)
        let smooth = SmoothSeries(points, outliers: outliers, parameters)
        self.smooth = smooth
        let isFlat =
            Moments.sampleDeviation(points.compactMap(\.value)).map { $0 < parameters.flatDeviation } ?? false
        let course = Season.course(smooth, isFlat: isFlat, parameters)
        self.isFlat = isFlat
        self.course = course
        let squares = points.compactMap { point -> Double? in
            guard let value = point.value, let centre = smooth?.value(on: point.day) else { return nil }
            return (centre - value) * (centre - value)
        }
        smoothError = Moments.mean(squares).map { PhenoCamNumber.rounded($0.squareRoot()) }
        flushes =
            smooth.map {
                isFlat || course == .evergreen ? Flushes.find(in: $0, points: points, parameters) : []
            } ?? []
        guard let smooth, !isFlat else {
            transitions = []
            return
        }
        transitions = SeasonTransition.Direction.allCases
            .flatMap { TransitionDates(smooth, $0, stepInDays: stepInDays, parameters)?.find() ?? [] }
            .sorted { ($0.dates.last?.day ?? smooth.firstDay) < ($1.dates.last?.day ?? smooth.firstDay) }
    }

    private static func course(_ smooth: SmoothSeries?, isFlat: Bool, _ parameters: SeasonParameters) -> Course? {
        guard let smooth else { return nil }
        let slow = smooth.averaged(width: parameters.flushWidthInDays)
        let known = slow.indices.filter { !smooth.isFilled[$0] }.map { slow[$0] }
        guard known.count >= parameters.leastYearInDays, let low = Quantile.type7(known, 0.1),
            let high = Quantile.type7(known, 0.9)
        else { return nil }
        return isFlat || high - low < parameters.evergreenAmplitude ? .evergreen : .seasonal
    }
}
