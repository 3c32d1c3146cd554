import Village

/// Something that the pictures of a plot showed and that has a date.
public struct PlotEvent: Sendable, Equatable {
    public var plot: String
    /// As the crop file is named.
    public var crop: String?
    public var sign: EventSign
    /// When it happened.
    public var on: Day
    /// When it could be told.
    public var found: Day
    /// The rise or drop of what showed it: a share of the plot, or gcc.
    public var amount: Double
    /// The picture of that day.
    public var capture: String?
}
