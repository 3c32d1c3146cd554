import Village

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
