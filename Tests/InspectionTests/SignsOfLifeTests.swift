import Foundation
import TestKit
import Testing
import Village

@testable import Inspection

@Suite struct SignsOfLifeTests {
    let clock: SiteClock

    init() throws { clock = try #require(SiteClock(timeZone: "Asia/Shanghai")) }

    @Test func timesAreReadAndTheRestIsTold() {
        let text = """
            \u{FEFF}time,what
            2024-03-01T12:00,door
            # a note
            2024-03-01 11:00:30,"bracelet"
            yesterday,visit

            2024-02-29T23:59Z,telephone
            """
        let signs = SignsOfLife(text: text, path: "signs.csv", clock: clock)
        #expect(
            signs.times.map(clock.iso8601) == [
                "2024-03-01T07:59:00+08:00", "2024-03-01T11:00:30+08:00", "2024-03-01T12:00:00+08:00",
            ])
        #expect(signs.faults == ["signs.csv:5: \"yesterday\" is no time: write it as 2024-03-01T12:00"])
    }

    /// Whatever stands there: times in order, no more than lines, and few faults.
    @Test func strangersBytesAreTimesOrFaults() {
        var chance = SeededGenerator(seed: 11)
        let words = [
            "2024-03-01T12:00", "2024-02-30", "T", "+99:99", "-14:00", "Z", "é", "\u{0}", "\r\n", "\n", ",", "\"",
            "9".padding(
                toLength: 40, withPad: "9", startingAt: 0), "nan", "24:00", ":61", "1e9", "0001-01-01", "９",
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0..<12, using: &chance)).map { _ in words.randomElement(using: &chance) ?? ""
            }
            .joined()
            let signs = SignsOfLife(text: text, path: "s", clock: clock)
            #expect(signs.times == signs.times.sorted() && signs.faults.count <= 4)
            #expect(
                signs.times.count <= text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count)
        }
    }
}
