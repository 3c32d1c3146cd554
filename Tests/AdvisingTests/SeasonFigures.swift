import Foundation
import Testing
import Village

@testable import Advising

/// Writes the figures that `models/README.md` states: run with `PLOTWATCH_FIGURES=1`.
struct SeasonFigures {
    struct Condition: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var everyDays = 2
        var missing = 0.1
        var noise = 0.004
    }

    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["PLOTWATCH_FIGURES"] != nil),
        arguments: [
            Condition(testDescription: "every second day"), Condition(testDescription: "every day", everyDays: 1),
            Condition(testDescription: "every third day", everyDays: 3),
            Condition(testDescription: "four days in ten lost", missing: 0.4),
            Condition(testDescription: "twice the noise", noise: 0.008),
        ])
    func sixtyYears(condition: Condition) throws {
        let clock = SiteClock(timeZone: "Asia/Shanghai")!, onset = Day("2024-06-20")!, cut = Day("2024-05-14")!
        var delays: [Int] = [], falseAlarms: [String] = [], cuts = 0
        for seed in UInt64(1000)..<1060 {
            var season = AdviserTests.orchard(seed: seed)
            season.plots.append(.init(id: "p7", crop: "tomato", household: "h07"))
            season.everyDays = condition.everyDays
            season.missing = condition.missing
            season.gccNoise = condition.noise
            let cards = try Models.adviser.cards(
                for: Season.site, plots: season.series(), from: season.from, until: season.until)
            let anomalies = cards.filter { $0.kind == .anomaly }
            falseAlarms += anomalies.filter { $0.plot != "p1" || clock.day(of: $0.at) < onset }.map {
                "\($0.plot) \($0.title.en)"
            }
            delays.append(
                anomalies.filter { $0.plot == "p1" }.map { clock.day(of: $0.at) - onset }.filter { $0 >= 0 }.min()
                    ?? 999)
            let pruned = cards.filter { $0.plot == "p6" && $0.title.en.contains("pruned") }.map {
                clock.day(of: $0.at) - cut
            }
            cuts += pruned.contains { (0...8).contains($0) } ? 1 : 0
        }
        let sorted = delays.sorted()
        print(
            "\(condition.testDescription): healthy plot-seasons 360, with anomaly card",
            "\(falseAlarms.count) \(falseAlarms);",
            "days to card min \(sorted[0]) median \(sorted[30]) max \(sorted[59]), later than ten",
            "\(sorted.count { $0 > 10 }); pruning told \(cuts)/60"
        )
        #expect(falseAlarms.count <= 4)
        #expect(sorted[30] <= 7)
    }
}
