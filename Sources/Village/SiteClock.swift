import Foundation

/// Turns instants into the wall clock of a site and back.
public struct SiteClock: Sendable, Equatable {
    public let timeZone: TimeZone
    private let calendar: Calendar

    /// - Parameter name: an IANA name (`Asia/Shanghai`), `UTC`, or a fixed offset `+08:00`; `nil` for any other text.
    public init?(timeZone name: String) {
        guard let zone = SiteClock.zone(name) else { return nil }
        timeZone = zone
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    private static func zone(_ name: String) -> TimeZone? {
        if let sign = name.first, sign == "+" || sign == "-" {
            let parts = name.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && isDigits($0) }), let hours = Int(parts[0]),
                let minutes = Int(parts[1]),
                (0...14).contains(hours), (0..<60).contains(minutes)
            else { return nil }
            return TimeZone(secondsFromGMT: (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
        }
        guard name == "UTC" || name.contains("/") else { return nil }
        return TimeZone(identifier: name)
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (48...57).contains($0) } }

    /// The day it is at the site.
    public func day(of instant: Date) -> Day { Day(number: Int((localSeconds(of: instant) / 86_400).rounded(.down))) }

    /// Seconds since 1970-01-01 00:00 as the site's wall clock shows them.
    public func localSeconds(of instant: Date) -> Double {
        instant.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: instant))
    }

    /// Seconds since local midnight, 0..<86400.
    public func secondsOfDay(of instant: Date) -> Double {
        let local = localSeconds(of: instant)
        return local - (local / 86_400).rounded(.down) * 86_400
    }

    /// The instant at which the site's wall clock shows this; `nil` where there is no such day or hour.
    public func instant(day: Day, hour: Int, minute: Int, second: Double) -> Date? {
        guard (0..<24).contains(hour), (0..<60).contains(minute), second >= 0, second < 61 else { return nil }
        let local = Double(day.number) * 86_400 + Double(hour * 3600 + minute * 60) + second
        // Two steps settle the offset on either side of a daylight-saving change.
        var offset = Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: local)))
        offset = Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: local - offset)))
        return Date(timeIntervalSince1970: local - offset)
    }

    /// Hours east of Greenwich without daylight saving, as PhenoCam's `UTC Offset`.
    public func standardOffsetInHours(at instant: Date) -> Double {
        (Double(timeZone.secondsFromGMT(for: instant)) - timeZone.daylightSavingTimeOffset(for: instant)) / 3600
    }

    /// `2024-03-01T12:00:00+08:00`.
    public func iso8601(_ instant: Date) -> String {
        let local = localSeconds(of: instant).rounded(.down)
        let day = Day(number: Int((local / 86_400).rounded(.down)))
        let seconds = Int(local) - day.number * 86_400
        let offset = timeZone.secondsFromGMT(for: instant)
        let minutes = abs(offset) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(two).joined(separator: ":")
        return "\(day)T\(time)\(offset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }

    /// Reads `2024-03-01`, `2024-03-01T12:00`, `2024-03-01T12:00:00` and the same with `Z` or `+08:00`; a bare day is
    /// its first moment.
    public func instant(_ text: String) -> Date? {
        if let day = Day(text) { return instant(day: day, hour: 0, minute: 0, second: 0) }
        guard text.count >= 16, let day = Day(text.prefix(10)) else { return nil }
        var rest = text.dropFirst(10)
        guard let separator = rest.first, separator == "T" || separator == " " else { return nil }
        rest = rest.dropFirst()
        var clock = self
        if rest.hasSuffix("Z") {
            guard let utc = SiteClock(timeZone: "UTC") else { return nil }
            clock = utc
            rest = rest.dropLast()
        } else if let sign = rest.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let fixed = SiteClock(timeZone: String(rest[sign...])) else { return nil }
            clock = fixed
            rest = rest[..<sign]
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3,
            parts.prefix(2).allSatisfy({ $0.count == 2 && SiteClock.isDigits($0) }), let hour = Int(parts[0]),
            let minute = Int(parts[1])
        else { return nil }
        guard let second = parts.count == 3 ? Double(parts[2]) : 0 else { return nil }
        return clock.instant(day: day, hour: hour, minute: minute, second: second)
    }
}
