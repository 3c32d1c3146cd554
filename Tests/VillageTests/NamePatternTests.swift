import Foundation
import Testing
import Village

private func wall(_ day: String, _ hour: Int, _ minute: Int, _ second: Double) throws -> NameTime {
    .wall(WallTime(day: try #require(Day(day)), hour: hour, minute: minute, second: second))
}

@Test func theContractsTemplateReadsItsExample() throws {
    let pattern = try NamePattern("{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}")
    let match = try #require(pattern.match("cam_orchard/2024/03/01/cam_orchard_2024_03_01_120005.jpg"))
    #expect(match == NameMatch(camera: "cam_orchard", time: try wall("2024-03-01", 12, 0, 5)))
    #expect(pattern.match("cam_orchard_2024_03_01_120005.jpg") == match)
    #expect(pattern.match("cam_orchard_2024_03_01_120005") == match)
    for other in [
        "2024_03_01_120005.jpg", "c_2024_03_01_12000.jpg", "c_2024_03_01_1200055.jpg", "c_2024_03_01_120005_x.jpg", "",
        "/", "c_2024-03-01_120005.jpg",
    ] {
        #expect(pattern.match(other) == nil, "\(other)")
    }
}

@Test(arguments: [
    ("{yyyy}{MM}{dd}{HH}{mm}{ss}{SSS}", "20240301120005123.jpg", "2024-03-01", 12, 0, 5.123),
    ("{yy}-{MM}-{dd} {HH}.{mm}", "24-03-01 07.09.png", "2024-03-01", 7, 9, 0),
    ("{yyyy}{doy}_{HH}", "2024366_23.jpg", "2024-12-31", 23, 0, 0),
    ("*_{yyyy}{MM}{dd}*", "a_b_20240301_x.y.jpg", "2024-03-01", 12, 0, 0),
    ("{yyyy}/{MM}/{dd}/{HH}{mm}*", "cam/2024/03/01/1530 (1).jpg", "2024-03-01", 15, 30, 0),
    ("{yyyy}/{MM}/{camera}-{yyyy}{MM}{dd}", "x/2024/03/c-20240301.jpg", "2024-03-01", 12, 0, 0),
    ("后山{yyyy}年{MM}月{dd}日{HH}时", "后山2024年03月01日05时.jpg", "2024-03-01", 5, 0, 0),
    ("é{yyyy}{MM}{dd}", "e\u{301}20240301.jpg", "2024-03-01", 12, 0, 0),
    ("{#}-{yyyy}{MM}{dd}.jpg", "07-20240301.jpg", "2024-03-01", 12, 0, 0),
    ("{#3}{yyyy}{MM}{dd}", "12320240301.jpg", "2024-03-01", 12, 0, 0),
])
func templatesRead(template: String, path: String, day: String, hour: Int, minute: Int, second: Double) throws {
    #expect(try NamePattern(template).match(path)?.time == wall(day, hour, minute, second))
}

@Test func epochsAreInstants() throws {
    #expect(
        try NamePattern("t{epoch}").match("t1709265600.jpg")?.time
            == .instant(Date(timeIntervalSince1970: 1_709_265_600)))
    #expect(
        try NamePattern("t{epochms}").match("t1709265600250.jpg")?.time
            == .instant(Date(timeIntervalSince1970: 1_709_265_600.25)))
    guard case .impossible? = try NamePattern("{epoch}").match(String(repeating: "9", count: 60))?.time else {
        Issue.record("60 digits are a time")
        return
    }
}

@Test(arguments: [
    ("{yyyy}{MM}{dd}", "20241301", "month 13"), ("{yyyy}{MM}{dd}", "20240230", "day 30"),
    ("{yyyy}{MM}{dd}{HH}", "2024030125", "hour 25"),
    ("{yyyy}{MM}{dd}{HH}{mm}", "202403012360", "minute 60"),
    ("{yyyy}{MM}{dd}{HH}{mm}{ss}", "20240301235961", "second 61"),
    ("{yyyy}{doy}", "2023366", "day 366"), ("{yyyy}{doy}", "2024000", "day 0"),
    ("{yyyy}{MM}{dd}", "00000000", "month 0"),
    ("{yyyy}/{MM}/{yyyy}{MM}{dd}", "2024/02/20240301", "{MM} stands twice"),
])
func impossibleTimesSayWhy(template: String, name: String, part: String) throws {
    guard case .impossible(let reason)? = try NamePattern(template).match(name + ".jpg")?.time else {
        Issue.record("\(name) is a time")
        return
    }
    #expect(reason.contains(part))
}

@Test(arguments: [
    ("", NamePatternFault.empty), ("{yyyy", .unbalancedBrace), ("yyyy}", .unbalancedBrace),
    ("{yyyy}{mon}{dd}", .unknownField("mon")),
    ("{camera}_{HH}{mm}", .noDate), ("{yyyy}{MM}", .noDate), ("{doy}", .noDate), ("{MM}{dd}", .noDate),
    ("*{camera}{yyyy}{doy}", .adjacentFreeFields),
    ("{camera}*{epoch}", .adjacentFreeFields), (String(repeating: "x", count: 251), .tooLong(limit: 250)),
    ("{#0}{epoch}", .unknownField("#0")),
])
func wrongTemplatesAreRefused(template: String, fault: NamePatternFault) {
    #expect(throws: fault) { _ = try NamePattern(template) }
    #expect(!fault.description.isEmpty && !fault.remedy.en.isEmpty && !fault.remedy.zh.isEmpty)
}

/// Without memory of what failed, this would take longer than the universe has.
@Test func manyFreeFieldsDoNotExplode() throws {
    let pattern = try NamePattern(String(repeating: "*a", count: 20) + "{epoch}")
    #expect(pattern.match(String(repeating: "a", count: 100) + ".jpg") == nil)
}

@Test func anyBytesAreReadWithoutHarm() throws {
    var generator = Lehmer(state: 42)
    let pattern = try NamePattern("{camera}_*{yyyy}{MM}{dd}-{HH}*.{#}")
    let alphabet = Array("_-.0123/é后\u{301}{}*[".unicodeScalars)
    for _ in 0..<2000 {
        let scalars = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        }
        _ = pattern.match(scalars.map { String($0) }.joined())
    }
}

private struct Lehmer: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
