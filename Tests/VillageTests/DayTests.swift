import Foundation
import Testing
import Village

/// Known from the definition of the Julian day and from well-known dates.
@Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 3, 1, 11_017), (2000, 2, 29, 11_016), (2024, 2, 29, 19_782),
    (1900, 3, 1, -25_508),
    (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896),
])
func knownDaysHaveKnownNumbers(year: Int, month: Int, day: Int, number: Int) throws {
    let made = try #require(Day(year: year, month: month, day: day))
    #expect(made.number == number)
    #expect(made.components == (year, month, day))
}

@Test func everyDayOfEightHundredYearsFollowsTheOneBefore() throws {
    var expected = try #require(Day(year: 1700, month: 1, day: 1)).number
    for year in 1700..<2500 {
        var dayOfYear = 0
        for month in 1...12 {
            for day in 1...Day.daysIn(month: month, year: year) {
                let made = try #require(Day(year: year, month: month, day: day))
                dayOfYear += 1
                guard made.number == expected, made.components == (year, month, day), made.dayOfYear == dayOfYear else {
                    Issue.record("\(year)-\(month)-\(day) is \(made) with number \(made.number)")
                    return
                }
                expected += 1
            }
        }
        #expect(dayOfYear == (Day.isLeap(year) ? 366 : 365))
    }
}

@Test func theSystemsCalendarAgrees() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for number in stride(from: -30_000, through: 60_000, by: 151) {
        let c = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
        #expect(Day(number: number).components == (try #require(c.year), try #require(c.month), try #require(c.day)))
    }
}

@Test func yearsThatNoTextMeansHaveNoDays() {
    for year in [Int.min, -10_000, 10_000, 201_720_240_301_120_000, Int.max] {
        #expect(Day(year: year, month: 3, day: 1) == nil)
    }
    #expect(Day(year: 9999, month: 12, day: 31)?.components.year == 9999)
    #expect(Day(year: -9999, month: 1, day: 1)?.components.year == -9999)
}

@Test func leapYearsFollowTheGregorianRule() {
    #expect([1600, 2000, 2024, 2400].allSatisfy(Day.isLeap))
    #expect(![1700, 1900, 2023, 2100].contains(where: Day.isLeap))
}

@Test(arguments: [
    (2023, 2, 29), (1900, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0),
    (2024, 1, -1), (2024, 1, 32),
])
func daysThatDoNotExistAreRefused(year: Int, month: Int, day: Int) {
    #expect(Day(year: year, month: month, day: day) == nil)
}

@Test(arguments: [
    "", "2024", "2024-03", "2024-3-1", "24-03-01", "2024-03-01 ", " 2024-03-01", "2024/03/01", "2024-02-30",
    "2024-03-01T00:00", "-024-03-01",
    "2024-+3-01", "２０２４-03-01", "2024-03-01-",
])
func textsThatAreNoDayAreRefused(text: String) { #expect(Day(text) == nil) }

@Test func daysAreWrittenAsTheyAreRead() throws {
    for text in ["2024-03-01", "0001-01-01", "9999-12-31"] {
        let day = try #require(Day(text))
        #expect(day.description == text)
        #expect(try JSONDecoder().decode([Day].self, from: JSONEncoder().encode([day])) == [day])
        #expect(String(decoding: try JSONEncoder().encode([day]), as: UTF8.self) == "[\"\(text)\"]")
    }
    #expect(throws: (any Error).self) { try JSONDecoder().decode([Day].self, from: Data("[\"2024-02-30\"]".utf8)) }
}

@Test func dayArithmeticIsThatOfNumbers() throws {
    let day = try #require(Day("2024-02-28"))
    #expect((day + 2).description == "2024-03-01" && (day + -59).description == "2023-12-31")
    #expect((day + 366) - day == 366)
    #expect(day < day + 1 && !(day < day))
}

@Test func rangesHoldBothEnds() throws {
    let from = try #require(Day("2024-05-01")), until = try #require(Day("2024-05-03"))
    let closed = DayRange(from: from, until: until)
    #expect((-1...3).map { closed.contains(from + $0) } == [false, true, true, true, false])
    #expect(DayRange(from: from).contains(from + 100_000) && !DayRange(from: from).contains(from + -1))
    #expect(DayRange(until: until).contains(from + -100_000) && !DayRange(until: until).contains(until + 1))
    #expect(DayRange().contains(from))
    #expect(!DayRange(from: until, until: from).contains(from))
    #expect(try JSONDecoder().decode(DayRange.self, from: JSONEncoder().encode(closed)) == closed)
}
