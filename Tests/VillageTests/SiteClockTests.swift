import Foundation
import Testing
import Village

private func clock(_ name: String) throws -> SiteClock { try #require(SiteClock(timeZone: name), "no clock \(name)") }

@Test(arguments: [
    ("Asia/Shanghai", 1_709_265_600.0, "2024-03-01T12:00:00+08:00"), ("UTC", 0, "1970-01-01T00:00:00+00:00"),
    ("+08:00", 1_709_265_600, "2024-03-01T12:00:00+08:00"), ("-03:30", 0, "1969-12-31T20:30:00-03:30"),
    ("Asia/Kathmandu", 1_709_265_600, "2024-03-01T09:45:00+05:45"),
    ("America/New_York", 1_503_680_408, "2017-08-25T13:00:08-04:00"),
    ("America/New_York", 1_709_265_600, "2024-02-29T23:00:00-05:00"), ("UTC", -0.5, "1969-12-31T23:59:59+00:00"),
])
func instantsAreWrittenOnTheSitesClock(zone: String, seconds: Double, text: String) throws {
    #expect(try clock(zone).iso8601(Date(timeIntervalSince1970: seconds)) == text)
}

@Test(arguments: [
    "", "Shanghai", "Asia/Nowhere", "CST", "GMT+8", "+8:00", "+08", "+0800", "+15:00", "+08:60", "08:00", "asia/",
    "/etc/passwd", "../UTC", "+-8:00",
    "+08:00:00", "−08:00",
])
func zonesThatDoNotExistAreRefused(name: String) { #expect(SiteClock(timeZone: name) == nil) }

@Test(arguments: [
    "Asia/Shanghai", "+08:00", "-11:00", "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
])
func whatIsWrittenIsReadBack(zone: String) throws {
    let clock = try clock(zone)
    // 13 h 17 min apart over two years, so that both changes of daylight saving are among them.
    for seconds in stride(from: 1_700_000_000.0, to: 1_763_000_000, by: 47_820) {
        let instant = Date(timeIntervalSince1970: seconds)
        let ofDay = clock.secondsOfDay(of: instant)
        let local = Double(clock.day(of: instant).number) * 86_400 + ofDay
        guard clock.instant(clock.iso8601(instant)) == instant, ofDay >= 0, ofDay < 86_400,
            local == clock.localSeconds(of: instant)
        else {
            Issue.record("\(seconds) is written as \(clock.iso8601(instant))")
            return
        }
    }
}

@Test func aDayBeginsAtLocalMidnight() throws {
    let clock = try clock("Asia/Shanghai")
    let midnight = try #require(clock.instant("2024-03-01"))
    #expect(midnight.timeIntervalSince1970 == 1_709_222_400)
    #expect(clock.day(of: midnight).description == "2024-03-01")
    #expect(clock.day(of: midnight - 0.001).description == "2024-02-29")
}

@Test(arguments: [
    ("2024-03-01T12:00", 1_709_265_600.0), ("2024-03-01 12:00:00", 1_709_265_600),
    ("2024-03-01T04:00:00Z", 1_709_265_600),
    ("2024-03-01T12:00:00+08:00", 1_709_265_600), ("2024-02-29T23:00:00-05:00", 1_709_265_600),
    ("2024-03-01T12:00:00.25", 1_709_265_600.25),
])
func isoTextsAreRead(text: String, seconds: Double) throws {
    #expect(try clock("Asia/Shanghai").instant(text)?.timeIntervalSince1970 == seconds)
}

@Test(arguments: [
    "", "2024-03-01T", "2024-03-01T12", "2024-03-01T25:00", "2024-03-01T12:60", "2024-03-01T12:00:61",
    "2024-03-01x12:00", "2024-02-30T12:00",
    "2024-03-01T12:00+8", "2024-03-01T12:00:00:00", "2024-03-01T12:00:nan",
])
func textsThatAreNoTimeAreRefused(text: String) throws { #expect(try clock("Asia/Shanghai").instant(text) == nil) }

@Test func hoursThatDoNotExistAreRefused() throws {
    let clock = try clock("UTC"), day = try #require(Day("2024-03-01"))
    #expect(clock.instant(day: day, hour: 24, minute: 0, second: 0) == nil)
    #expect(clock.instant(day: day, hour: -1, minute: 0, second: 0) == nil)
    #expect(clock.instant(day: day, hour: 0, minute: 60, second: 0) == nil)
    #expect(clock.instant(day: day, hour: 0, minute: 0, second: 61) == nil)
    #expect(clock.instant(day: day, hour: 0, minute: 0, second: -1) == nil)
    #expect(clock.instant(day: day, hour: 23, minute: 59, second: 60) == clock.instant("2024-03-02"))
}

@Test func theStandardOffsetKnowsNoDaylightSaving() throws {
    let newYork = try clock("America/New_York")
    for seconds in [1_503_680_408.0, 1_709_265_600] {
        #expect(newYork.standardOffsetInHours(at: Date(timeIntervalSince1970: seconds)) == -5)
    }
    #expect(try clock("Asia/Kathmandu").standardOffsetInHours(at: Date(timeIntervalSince1970: 1_600_000_000)) == 5.75)
}

@Test func daylightSavingChangesGiveOneInstantEach() throws {
    let clock = try clock("America/New_York")
    // 2024-03-10 02:30 does not exist, 2024-11-03 01:30 exists twice.
    let spring = try #require(clock.instant("2024-03-10T02:30"))
    // Read with the offset before the change or the one after it.
    #expect([1_710_055_800.0, 1_710_052_200].contains(spring.timeIntervalSince1970))
    let autumn = try #require(clock.instant("2024-11-03T01:30"))
    #expect([1_730_611_800.0, 1_730_615_400].contains(autumn.timeIntervalSince1970))
    #expect(clock.iso8601(autumn).hasPrefix("2024-11-03T01:30:00"))
}
