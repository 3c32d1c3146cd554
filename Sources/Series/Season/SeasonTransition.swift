import Village

/// One greening or one fading of a plot.
public struct SeasonTransition: Sendable, Equatable {
    public enum Direction: String, Sendable, Codable, CaseIterable { case rising, falling }

    public var direction: Direction
    /// One for each of `SeasonParameters.thresholds`, in their order.
    public var dates: [Crossing]
    /// Level before a rise or after a fall, in the series' unit.
    public var low: Double
    /// Level after a rise or before a fall.
    public var high: Double

    /// The smooth passes a share of the way from `low` to `high`.
    public struct Crossing: Sendable, Equatable {
        /// 0.10, 0.25 or 0.50.
        public var share: Double
        public var day: Day
        /// The days between which the 95 % band passes it; at least one day to either side.
        public var interval: ClosedRange<Day>
        /// The smooth on `day`.
        public var value: Double
    }

    /// The crossing at a share of the amplitude, such as 0.5.
    public func crossing(_ share: Double) -> Crossing? { dates.first { $0.share == share } }
}
