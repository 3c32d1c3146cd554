/// What one day says about one plot.
public struct DailyValues: Sendable, Equatable {
    public var day: Day
    /// What was measured; a quantity that is not there was not.
    public var values: [Quantity: Double]
    /// The picture that stands for the day.
    public var capture: String?
    /// How many pictures are behind the values.
    public var captureCount: Int

    public init(day: Day, values: [Quantity: Double], capture: String? = nil, captureCount: Int = 1) {
        self.day = day
        self.values = values
        self.capture = capture
        self.captureCount = captureCount
    }
}
