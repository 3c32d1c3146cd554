import Village

/// What a weather station says of one day.
public struct WeatherDay: Sendable, Equatable {
    public var day: Day
    /// °C.
    public var lowest: Double?
    public var highest: Double?
    /// As measured; where it is not, `(lowest + highest) / 2` stands in.
    public var mean: Double?
    /// Millimetres.
    public var rain: Double?

    public init(day: Day, lowest: Double?, highest: Double?, mean: Double?, rain: Double?) {
        self.day = day
        self.lowest = lowest
        self.highest = highest
        self.mean = mean
        self.rain = rain
    }

    /// °C; `nil` where the day has neither a mean nor both extremes.
    public var dailyMean: Double? {
        if let mean { return mean }
        guard let lowest, let highest else { return nil }
        return (lowest + highest) / 2
    }
}
