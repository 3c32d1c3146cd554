/// How a room is watched, as its plot's row says.
public struct RoomSettings: Sendable, Equatable {
    /// Hours without activity after which somebody should look in.
    public var noActivityHours: Double
    /// Whole days on which nobody is at home.
    public var away: [DayRange]
    /// A CSV of other signs of life, absolute path: a time in the first column of each row.
    public var signs: String?

    public static let usualHours = 24.0

    public init(noActivityHours: Double = usualHours, away: [DayRange] = [], signs: String? = nil) {
        self.noActivityHours = noActivityHours
        self.away = away
        self.signs = signs
    }
}
