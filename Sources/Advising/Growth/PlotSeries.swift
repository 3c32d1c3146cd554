import Village

/// What one day says about one plot.
public struct DailyValues: Sendable, Equatable {
    public var day: Day
    /// What was measured; a quantity that isn't there was not.
    public var values: [Quantity: Double]
    /// The picture that stands for the day.
    public var capture: String?
    /// How many pictures are behind the values.
    public var captureCount: Int

    public init(day: Day, values: [Quantity: Double], capture: String?, captureCount: Int) {
        self.day = day
        self.values = values
        self.capture = capture
        self.captureCount = captureCount
    }
}

/// A plot with its measured days. The other plots of its camera are its neighbours: pass them all.
public struct PlotSeries: Sendable, Equatable {
    public var plot: Plot
    /// A region of the crop file; `nil` = by the site's location.
    public var region: String?
    /// In any order; of two entries for a day the later counts.
    public var days: [DailyValues]

    public init(plot: Plot, region: String? = nil, days: [DailyValues]) {
        self.plot = plot
        self.region = region
        self.days = days
    }
}
