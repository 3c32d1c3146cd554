import Foundation
import Village

/// Dates as people write them, by the site's clock.
public struct DateText: Sendable {
    public let clock: SiteClock
    public let language: Language

    public init(clock: SiteClock, language: Language) {
        self.clock = clock
        self.language = language
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `2024年4月12日` or `12 Apr 2024`.
    public func day(_ day: Day) -> String {
        let c = day.components
        return language == .zh ? "\(c.year)年\(c.month)月\(c.day)日" : "\(c.day) \(DateText.months[c.month - 1]) \(c.year)"
    }

    public func day(of instant: Date) -> String { day(clock.day(of: instant)) }

    /// `4月12日` or `12 Apr`.
    public func shortDay(_ day: Day) -> String {
        let c = day.components
        return language == .zh ? "\(c.month)月\(c.day)日" : "\(c.day) \(DateText.months[c.month - 1])"
    }

    public func shortDay(of instant: Date) -> String { shortDay(clock.day(of: instant)) }

    /// `3月` or `Mar`.
    public func month(_ month: Int) -> String { language == .zh ? "\(month)月" : DateText.months[month - 1] }

    /// The day with hour and minute.
    public func minute(_ instant: Date) -> String {
        let seconds = Int(clock.secondsOfDay(of: instant))
        let hour = seconds / 3600, minute = seconds / 60 % 60
        return day(of: instant) + " " + (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    /// `2024年4月1日 至 4月30日`; open ends are left out.
    public func range(_ range: DayRange) -> String {
        switch (range.from, range.until) {
        case (let from?, let until?) where from == until: return day(from)
        case (let from?, let until?):
            let sameYear = from.components.year == until.components.year
            return language == .zh
                ? day(from) + " 至 " + (sameYear ? shortDay(until) : day(until))
                : (sameYear ? shortDay(from) : day(from)) + " to " + day(until)
        case (let from?, nil): return language == .zh ? day(from) + " 起" : "from " + day(from)
        case (nil, let until?): return language == .zh ? "至 " + day(until) : "until " + day(until)
        case (nil, nil): return language == .zh ? "全部" : "all"
        }
    }
}
