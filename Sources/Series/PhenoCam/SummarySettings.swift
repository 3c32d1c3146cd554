/// Which pictures a summary is made of and over how many days.
public struct SummarySettings: Sendable, Equatable {
    /// Days in an interval: 1 or 3.
    public var days: Int
    /// Degrees; pictures with a lower Sun are left out. PhenoCam's default is 10, its files before 2017 used 5.
    public var minimumSolarElevation: Double
    /// R + G + B of the plot's means; pictures outside are left out. PhenoCam's default is 100…665.
    public var brightness: ClosedRange<Int>
    /// Seconds of the local day, both included. PhenoCam's default is the whole day.
    public var timeOfDay: ClosedRange<Int>
    /// Intervals with fewer pictures get no statistics. PhenoCam's default is 1.
    public var imageCountThreshold: Int

    public init(
        days: Int, minimumSolarElevation: Double = 10, brightness: ClosedRange<Int> = 100...665,
        timeOfDay: ClosedRange<Int> = 0...86_399,
        imageCountThreshold: Int = 1
    ) {
        precondition(days >= 1, "an interval has at least one day")
        self.days = days
        self.minimumSolarElevation = minimumSolarElevation
        self.brightness = brightness
        self.timeOfDay = timeOfDay
        self.imageCountThreshold = imageCountThreshold
    }

    public static let oneDay = SummarySettings(days: 1)
    public static let threeDays = SummarySettings(days: 3)
}
