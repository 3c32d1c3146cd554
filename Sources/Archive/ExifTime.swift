import Foundation
import Village

/// `DateTimeOriginal` with its companions.
public struct ExifTime: Sendable, Equatable {
    public var wall: WallTime
    /// Seconds east of Greenwich, where `OffsetTimeOriginal` states them.
    public var offsetInSeconds: Int?

    public init(wall: WallTime, offsetInSeconds: Int?) {
        self.wall = wall
        self.offsetInSeconds = offsetInSeconds
    }

    /// - Parameters:
    ///   - dateTime: `2024:03:01 12:00:00`.
    ///   - subSecond: digits after the point.
    ///   - offset: `+08:00`.
    /// - Returns: `nil` where the text is no time; blanks and zeros stand for a clock that was never set.
    public init?(dateTime: String, subSecond: String? = nil, offset: String? = nil) {
        let numbers = dateTime.split(whereSeparator: { ": -/T\0".contains($0) }).map {
            $0.utf8.allSatisfy({ (48...57).contains($0) }) ? Int($0) : nil
        }
        guard numbers.count >= 6, let year = numbers[0], let month = numbers[1], let day = numbers[2],
            let hour = numbers[3],
            let minute = numbers[4], let second = numbers[5]
        else { return nil }
        let digits = (subSecond ?? "").trimmingCharacters(in: CharacterSet(charactersIn: " \0"))
        let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (48...57).contains($0) }
        let fraction = isNumber ? Double("0." + digits) ?? 0 : 0
        guard
            case .success(let wall) = WallTime.checked(
                year: year, month: month, day: day, hour: hour, minute: minute, second: Double(second) + fraction)
        else { return nil }
        self.wall = wall
        let zone = (offset?.trimmingCharacters(in: CharacterSet(charactersIn: " \0"))).flatMap {
            SiteClock(timeZone: $0 == "Z" ? "UTC" : $0)
        }
        offsetInSeconds = zone?.timeZone.secondsFromGMT()
    }
}
