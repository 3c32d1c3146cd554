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
    /// Whether there are values around every crossing; where not, phenocamr reports it all the same, from what other
    /// years would give.
    public var isMeasured: Bool

    /// The smooth passes a share of the way from `low` to `high`.
    public struct Crossing: Sendable, Equatable {
        /// 0.10, 0.25 or 0.50.
        public var share: Double
        public var day: Day
        /// The days between which the 95 % band passes it; at least one day to either side.
        public var interval: ClosedRange<Day>
        /// The smooth on `day`.
        public var value: Double

        public init(share: Double, day: Day, interval: ClosedRange<Day>, value: Double) {
            self.share = share
            self.day = day
            self.interval = interval
            self.value = value
        }
    }

    public init(
        direction: Direction, dates: [Crossing], low: Double, high: Double, isMeasured: Bool
    ) {
        self.direction = direction
        self.dates = dates
        self.low = low
        self.high = high
        self.isMeasured = isMeasured
    }

    /// The crossing at a share of the amplitude, such as 0.5.
    public func crossing(_ share: Double) -> Crossing? { dates.first { $0.share == share } }
}
