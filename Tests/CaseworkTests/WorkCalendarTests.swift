import ConfigurationFiles
import Foundation
import TestKit
import Testing
import Village

@testable import Casework

@Suite struct WorkCalendarTests {
    static let models = ModelFolder(
        folder: ProjectFiles.models, own: nil)

    static func rules() throws -> CaseworkRules { try CaseworkRules.load(from: models) }

    let calendar: WorkCalendar

    init() throws { calendar = try Self.rules().calendar }

    private func day(_ text: String) throws -> Day { try #require(Day(text)) }

    /// Days off and make-up days as the notices' own words give them ("共8天", "上班").
    @Test(arguments: [
        (2024, 1 + 8 + 3 + 5 + 1 + 3 + 7, 8), (2025, 1 + 8 + 3 + 5 + 3 + 8, 5), (2026, 3 + 9 + 3 + 5 + 3 + 3 + 7, 6),
    ]) func theNoticesAreWhole(year: Int, off: Int, work: Int) throws {
        let notice = try #require(calendar.years[year])
        #expect(notice.off.count == off && notice.work.count == work && notice.source.contains("国"))
    }

    /// Holidays shift work, they add days off by law: 11 in 2024, 13 from 2025 on (全国年节及纪念日放假办法, 2024).
    @Test(arguments: [(2024, 11), (2025, 13), (2026, 13)]) func aYearHasAsManyWorkingDaysAsTheLawGives(
        year: Int, statutory: Int
    ) throws {
        let first = try #require(Day(year: year, month: 1, day: 1)),
            last = try #require(Day(year: year, month: 12, day: 31))
        let days = (first.number...last.number).map { Day(number: $0) }
        let weekdays = days.filter { WorkCalendar.weekday($0) < 5 }.count
        let worked = days.filter { calendar.isWorkingDay($0) }.count
        // A statutory day that falls on a weekend is made up for by another; none is lost or won.
        #expect(weekdays - worked == statutory)
    }

    @Test(arguments: [
        // Over the make-up Saturday before the National Day week of 2024, and the week itself.
        ("2024-09-27", 1, "2024-09-29"), ("2024-09-29", 1, "2024-09-30"), ("2024-09-30", 1, "2024-10-08"),
        ("2024-10-11", 1, "2024-10-12"), ("2024-10-12", 1, "2024-10-14"),
        // Friday to Monday; the spring festival of 2025; New Year's Day of 2026 with Sunday the 4th worked.
        ("2024-06-14", 1, "2024-06-17"), ("2025-01-27", 2, "2025-02-06"), ("2025-12-31", 1, "2026-01-04"),
        ("2024-05-06", 0, "2024-05-06"),
    ]) func workingDaysAfter(from: String, count: Int, to: String) throws {
        let found = calendar.day(after: try day(from), workingDays: count)
        #expect(found.day.description == to && found.unknownYears.isEmpty)
    }

    @Test func aYearWithoutANoticeCountsWeekdaysAndSaysSo() throws {
        let found = calendar.day(after: try day("2026-12-30"), workingDays: 3)
        // 1 January 2027 is a Friday and counts, as nothing is known of it.
        #expect(found.day.description == "2027-01-04" && found.unknownYears == [2027])
        #expect(calendar.day(after: try day("2031-05-30"), workingDays: 1).day.description == "2031-06-02")
    }

    @Test(arguments: [-1000, -1, 0, 3, 20_000]) func weekdaysFollowEachOther(number: Int) throws {
        let monday = try day("2024-01-01")
        #expect(WorkCalendar.weekday(monday) == 0)
        #expect(WorkCalendar.weekday(Day(number: number + 1)) == (WorkCalendar.weekday(Day(number: number)) + 1) % 7)
    }

    @Test(arguments: [
        ("years: {2024: {source: x, off: [2024-02-30]}}", "no day or span"),
        ("years: {2024: {source: x, off: [2024-05-05..2024-05-01]}}", "no day or span"),
        ("years: {2024: {source: x, off: [2024-01-01..2024-12-31]}}", "no day or span"),
        ("years: {2024: {source: x, off: [2025-05-01]}}", "not in 2024"),
        ("years: {2024: {source: x, work: [2024-05-08]}}", "no Saturday or Sunday"),
        ("years: {2024: {source: x, off: [2024-05-11], work: [2024-05-11]}}", "off and worked"),
        ("years: {spring: {source: x}}", "no year"), ("years: {2024: {off: []}}", "source"),
        ("holidays: {}", "years"),
    ]) func aWrongFileIsRefused(text: String, words: String) throws {
        let fault = #expect(throws: ConfigurationError.self) {
            try HolidayFile.calendar(in: Document(text: text, file: "holidays.yaml"))
        }
        #expect(fault?.description.contains(words) == true, "\(String(describing: fault))")
        #expect(fault?.faults.allSatisfy { $0.line == 1 && !$0.remedy.isEmpty } == true)
    }
}
