import Foundation
import Testing
import Village

@testable import Series

@Suite struct BaselineTests {
    static let start = Day(number: 19_700)

    /// Four plots over a season: one course, own levels, weather that all share, own noise; the first falls ill on day
    /// 70.
    static func orchard(seed: UInt64, illness: Double, sharedDrop: Double = 0, days: Int = 120) -> [[SeriesPoint]] {
        var dice = Dice(seed: seed)
        var plots = [[SeriesPoint]](repeating: [], count: 4)
        for day in 0..<days {
            let season = 0.40 + 0.04 * sin(Double(day) / 40)
            let weather = 0.01 * dice.normal() + (day >= 70 ? sharedDrop : 0)
            for plot in 0..<4 {
                let ill = plot == 0 && day >= 70 ? illness * min(1, Double(day - 69) / 5) : 0
                let value = season + 0.01 * Double(plot) + weather + 0.002 * dice.normal() + ill
                plots[plot].append(SeriesPoint(day: start + day, value: value))
            }
        }
        return plots
    }

    private func alarms(_ residuals: [BaselineResidual]) -> [Int] {
        residuals.filter { ($0.z ?? 0) <= -3 }.map { $0.day - Self.start }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64]) func aSickPlotStandsOutWithinDaysAndItsNeighboursDoNot(seed: UInt64)
        throws
    {
        let plots = Self.orchard(seed: seed, illness: -0.03)
        let sick = alarms(Baseline.againstNeighbours(plots[0], neighbours: Array(plots[1...])))
        #expect(try #require(sick.first) >= 70 && sick[0] <= 76)
        #expect(sick.filter { $0 > 76 && $0 < 100 }.count == 23)
        for other in 1..<4 {
            let rest = (0..<4).filter { $0 != other }.map { plots[$0] }
            #expect(
                alarms(Baseline.againstNeighbours(plots[other], neighbours: rest)).isEmpty,
                "seed \(seed), plot \(other)")
        }
    }

    @Test func aDropThatAllShareIsNoAlarm() {
        let plots = Self.orchard(seed: 9, illness: 0, sharedDrop: -0.05)
        for plot in 0..<4 {
            let rest = (0..<4).filter { $0 != plot }.map { plots[$0] }
            #expect(alarms(Baseline.againstNeighbours(plots[plot], neighbours: rest)).isEmpty)
        }
        // Seen alone, the plot has fallen.
        #expect(
            Baseline.againstOwnPast(plots[0]).filter { $0.day - Self.start >= 72 }.prefix(5).allSatisfy {
                $0.residual < -0.02
            })
    }

    @Test func whatAllPlotsGainTogetherChangesNothing() {
        let plots = Self.orchard(seed: 3, illness: -0.02)
        let shifted = plots.map { plot in
            plot.map { SeriesPoint(day: $0.day, value: $0.value.map { $0 + 0.001 * Double(plot.count % 7) }) }
        }
        let a = Baseline.againstNeighbours(plots[0], neighbours: Array(plots[1...]))
        let b = Baseline.againstNeighbours(shifted[0], neighbours: Array(shifted[1...]))
        #expect(zip(a, b).allSatisfy { abs($0.residual - $1.residual) < 1e-12 } && a.count == b.count)
    }

    @Test func onlyThePastIsLookedAt() {
        let plots = Self.orchard(seed: 4, illness: -0.03)
        let full = Baseline.againstNeighbours(plots[0], neighbours: Array(plots[1...]))
        let cut = Baseline.againstNeighbours(
            Array(plots[0].prefix(90)), neighbours: plots[1...].map { Array($0.prefix(90)) })
        #expect(!cut.isEmpty && Array(full.prefix(cut.count)) == cut)
    }

    @Test func orderAndRepetitionOfPointsDoNotMatter() {
        let plots = Self.orchard(seed: 6, illness: -0.03)
        let a = Baseline.againstNeighbours(plots[0], neighbours: Array(plots[1...]))
        let b = Baseline.againstNeighbours(plots[0].reversed() + plots[0], neighbours: [plots[3], plots[1], plots[2]])
        #expect(a == b)
    }

    @Test func withoutNeighboursOrPastThereIsNothing() {
        let plots = Self.orchard(seed: 1, illness: 0, days: 12)
        #expect(Baseline.againstNeighbours(plots[0], neighbours: []).isEmpty)
        #expect(Baseline.againstNeighbours([], neighbours: plots).isEmpty)
        #expect(Baseline.againstNeighbours(plots[0], neighbours: [plots[1]]).isEmpty)
        #expect(
            Baseline.againstNeighbours(plots[0].map { SeriesPoint(day: $0.day, value: nil) }, neighbours: plots).isEmpty
        )
    }

    @Test func earlierYearsTakeTheSeasonAway() throws {
        var dice = Dice(seed: 8)
        let points = (0..<900).map { day in
            let season = 0.36 + 0.05 * cos(Double(day) / 365 * 2 * .pi)
            return SeriesPoint(day: Self.start + day, value: season + 0.002 * dice.normal() - (day >= 850 ? 0.03 : 0))
        }
        let residuals = Baseline.againstEarlierYears(points)
        #expect(try #require(residuals.first).day - Self.start > 340)
        let found = alarms(residuals)
        #expect(found.first == 850 && found.count >= 40)
    }

    @Test func sharedLightIsTakenFromEveryPlot() throws {
        var plots = Self.orchard(seed: 12, illness: 0)
        let before = try spread(plots[2])
        let effect = SharedLight.effect(on: plots)
        #expect(effect.count == 120)
        plots = SharedLight.removed(from: plots)
        #expect(try spread(plots[2]) < before / 2.5)
        // Two plots are left as they are.
        let two = Array(Self.orchard(seed: 12, illness: 0).prefix(2))
        #expect(SharedLight.removed(from: two) == two)
    }

    private func spread(_ plot: [SeriesPoint]) throws -> Double {
        let values = plot.compactMap(\.value)
        return try #require(RobustStatistics.scale(zip(values.dropFirst(), values).map { $0 - $1 }))
    }

    @Test func windowMediansAreThoseOfThePlainWay() {
        var dice = Dice(seed: 31)
        let points = (0..<200).filter { _ in dice.roll() < 0.7 }.map {
            SeriesPoint(day: Self.start + $0, value: (dice.roll() * 20).rounded())
        }
        let series = DailySeries(points)
        for range in [-7...7, -20 ... -5, 0...0] {
            let plain = series.days.map { day in
                RobustStatistics.median(zip(series.days, series.values).filter { range.contains($0.0 - day) }.map(\.1))
            }
            #expect(series.medians(over: range, least: 1) == plain)
        }
    }
}
