import Village

/// The constants of the comparison of a plot with its past and its neighbours.
public struct BaselineParameters: Sendable, Equatable {
    /// Days before the guard that make up the past. Own choice: long enough for a median over cloudy weeks, short
    /// enough to follow the season's drift between two plots.
    public var historyInDays = 45
    /// The last days, which are not part of the past, so that a decline of some days does not become its own measure.
    /// Own choice: the ten days within which a sick plot should be noticed.
    public var guardInDays = 10
    /// Values in the past without which there is no comparison. Own choice.
    public var leastHistory = 5
    /// The least scale that a residual is measured with, in the series' unit; for gcc about what light alone does to a
    /// daily value. Source: the noise at which phenocamr calls a series calm is 0.007, and a 3-day value has less.
    public var leastScale = 0.004

    public init() {}
}

/// How a plot's value on a day differs from what was to be expected.
public struct BaselineResidual: Sendable, Equatable {
    public var day: Day
    public var value: Double
    /// Value minus expectation, in the series' unit; negative where the plot is behind.
    public var residual: Double
    /// The residual in robust standard deviations of the earlier residuals; `nil` while there are too few of them.
    public var z: Double?

    public init(day: Day, value: Double, residual: Double, z: Double?) {
        self.day = day
        self.value = value
        self.residual = residual
        self.z = z
    }
}
