import Foundation
import Village

/// A moment on the wall clock of a camera that keeps standard time all year, to the second.
public struct LocalTime: Hashable, Comparable, Sendable {
    public var day: Day
    /// Seconds since midnight, 0..<86400.
    public var second: Int

    public init(day: Day, second: Int) {
        self.day = day
        self.second = second
    }

    /// What a clock `utcOffset` hours ahead of Greenwich shows; parts of a second are dropped.
    public init(_ instant: Date, utcOffset: Double) {
        let local = Int((instant.timeIntervalSince1970 + utcOffset * 3600).rounded(.down))
        let number = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        self.init(day: Day(number: number), second: local - number * 86_400)
    }

    /// Reads `2015-01-31` and `12:01:09`; `nil` where that is no moment.
    public init?(date: some StringProtocol, time: some StringProtocol) {
        guard let day = Day(date), let second = LocalTime.seconds(time) else { return nil }
        self.init(day: day, second: second)
    }

    /// Reads `12:01:09`.
    public static func seconds(_ text: some StringProtocol) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 3, let h = parts[0], let m = parts[1], let s = parts[2], (0..<24).contains(h),
            (0..<60).contains(m),
            (0..<60).contains(s)
        else { return nil }
        return h * 3600 + m * 60 + s
    }

    /// `12:01:09`.
    public var clock: String { LocalTime.clock(second) }

    static func clock(_ second: Int) -> String {
        [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    public static func < (a: LocalTime, b: LocalTime) -> Bool { (a.day, a.second) < (b.day, b.second) }
    /// Seconds from `b` to `a`.
    public static func - (a: LocalTime, b: LocalTime) -> Int { (a.day - b.day) * 86_400 + a.second - b.second }
}
