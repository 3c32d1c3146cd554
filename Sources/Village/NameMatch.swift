import Foundation

/// What a ``NamePattern`` read out of one name.
public struct NameMatch: Sendable, Equatable {
    /// The camera's own id, where the name holds one.
    public var camera: String?
    public var time: NameTime

    public init(camera: String?, time: NameTime) {
        self.camera = camera
        self.time = time
    }
}

/// The time that a name states.
public enum NameTime: Sendable, Equatable {
    /// As a wall clock shows it.
    case wall(WallTime)
    case instant(Date)
    /// The digits stand where a time should, but there is no such time.
    case impossible(reason: String)
}

/// A day and an hour without a place.
public struct WallTime: Sendable, Equatable {
    public var day: Day
    public var hour: Int
    public var minute: Int
    /// 0..<61.
    public var second: Double

    public init(day: Day, hour: Int, minute: Int, second: Double) {
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// Checks numbers that were read somewhere; a second of 60 is a leap second.
    public static func checked(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Double) -> Result<
        WallTime, ImpossibleTime
    > {
        guard (1...12).contains(month) else { return .failure(ImpossibleTime(reason: "there is no month \(month)")) }
        guard let date = Day(year: year, month: month, day: day) else {
            return .failure(ImpossibleTime(reason: "\(year)-\(month) has no day \(day)"))
        }
        return checked(day: date, hour: hour, minute: minute, second: second)
    }

    static func checked(day: Day, hour: Int, minute: Int, second: Double) -> Result<WallTime, ImpossibleTime> {
        guard (0..<24).contains(hour) else { return .failure(ImpossibleTime(reason: "there is no hour \(hour)")) }
        guard (0..<60).contains(minute) else { return .failure(ImpossibleTime(reason: "there is no minute \(minute)")) }
        guard second >= 0, second < 61 else {
            return .failure(ImpossibleTime(reason: "there is no second \(Int(second))"))
        }
        return .success(WallTime(day: day, hour: hour, minute: minute, second: second))
    }
}

/// Why digits are no time.
public struct ImpossibleTime: Error, Sendable, Equatable {
    public var reason: String

    public init(reason: String) { self.reason = reason }
}
