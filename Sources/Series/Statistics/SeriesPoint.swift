import Village

/// A value on a day; `nil` where there was nothing to measure.
public struct SeriesPoint: Sendable, Equatable {
    public var day: Day
    public var value: Double?

    public init(day: Day, value: Double?) {
        self.day = day
        self.value = value
    }
}
