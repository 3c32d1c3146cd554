/// The constants of a season's analysis; the defaults are phenocamr's.
public struct SeasonParameters: Sendable, Equatable {
    /// Standard deviations of day-to-day change that a value may lie below the smooth; twice as many above. Source:
    /// phenocamr.
    public var outlierSigma = 2.0
    /// Day-to-day change (a Laplace deviation, in the series' unit) up to which a series counts as calm and
    /// `outlierSigma` doubles. Source: phenocamr.
    public var calmVariation = 0.007
    /// Rounds of outlier search. Source: phenocamr, whose loop ends after 19.
    public var outlierRounds = 19
    /// Days: longer gaps are not interpolated but filled by the mean of other years. Source: phenocamr.
    public var longestGapInDays = 14
    /// Half width of the 95 % band, in the series' unit, that is never exceeded and that holds for filled stretches.
    /// Source: phenocamr.
    public var widestBand = 0.02
    /// Weight of values that were filled in, against 1. Source: phenocamr.
    public var filledWeight = 0.001
    /// Days that the series is extended by at both ends. Source: phenocamr.
    public var paddingInDays = 90
    /// Price of a change point, for a series that is scaled to 0…1. Source: phenocamr.
    public var changePenalty = 0.5
    /// Rows of the product (days or three-day steps) in the shortest segment between change points. Source: phenocamr.
    public var shortestSegment = 14
    /// Shares of the amplitude that mark a transition, ascending. Source: phenocamr and PhenoCam's published dates.
    public var thresholds = [0.10, 0.25, 0.50]
    /// Sample standard deviation of the raw values below which a series has no season: evergreens. Source: a line of
    /// phenocamr's `transition_dates` that is commented out.
    public var flatDeviation = 0.003
    /// From the 10 % to the 90 % quantile of the slow course, in the series' unit: with less over `leastYearInDays` a plot is
    /// evergreen. Own choice: the two PhenoCam forests at hand have 0.09 and 0.10, a flush adds 0.01 to 0.02.
    public var evergreenAmplitude = 0.03
    /// Days that must be known before a plot is called evergreen or seasonal. Own choice: winter and summer both.
    public var leastYearInDays = 270
    /// How far a flush must stand out, in the series' unit, 0.003…0.03. Own choice: twice the noise of a daily value.
    public var leastFlush = 0.008
    /// Standard errors that a flush must stand out by. Own choice: three, as a year has some thirty places where noise could.
    public var flushCertainty = 3.0
    /// Standard deviation of the weights, in days, with which the smooth is averaged to its slow course: young leaves
    /// take three weeks and more to harden, weather changes within one. Own choice.
    public var flushWidthInDays = 6.0
    /// Days between neighbouring values (median) from which a series counts as sparse: then the course is drawn straight
    /// from value to value, as a local regression would smooth the season itself away. Own choice.
    public var sparseSpacingInDays = 7

    public init() {}
}
