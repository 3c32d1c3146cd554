import Foundation
import Testing
import Village

@testable import Series

@Suite struct FlushTests {
    /// Citrus: 0.40 all year, three flushes of a bell's shape with the widths of real ones.
    static func citrus(noise: Double, seed: UInt64, step: Int = 2) -> [SeriesPoint] {
        var dice = Dice(seed: seed)
        let first = Day(year: 2021, month: 1, day: 1) ?? Day(number: 0)
        return stride(from: 0, to: 365, by: step).map { offset in
            let bell = { (day: Double, height: Double) in
                height * exp(-pow((Double(offset) - day) / 14, 2) / 2)
            }
            let value = 0.40 + bell(90, 0.022) + bell(180, 0.016) + bell(250, 0.018) + noise * dice.normal()
            return SeriesPoint(day: first + offset, value: value)
        }
    }

    @Test(arguments: [1 as UInt64, 2, 3, 4, 5]) func threeFlushesAreFoundWithTheirDays(seed: UInt64) throws {
        let season = Season(Self.citrus(noise: 0.003, seed: seed), stepInDays: 1)
        #expect(season.course == .evergreen, "seed \(seed)")
        let days = season.flushes.map(\.peak.dayOfYear)
        #expect(days.count == 3, "seed \(seed): \(days)")
        for (found, expected) in zip(days, [91, 181, 251]) { #expect(abs(found - expected) <= 7, "seed \(seed)") }
        for flush in season.flushes {
            #expect(flush.start < flush.peak && (flush.end.map { $0 > flush.peak } ?? true))
            #expect((0.008...0.03).contains(flush.rise))
        }
    }

    @Test(arguments: [1 as UInt64, 2, 3, 4, 5]) func noiseAloneHasNoFlush(seed: UInt64) {
        var dice = Dice(seed: seed)
        let points = (0..<180).map {
            SeriesPoint(day: Day(number: 18_000 + 2 * $0), value: 0.4 + 0.004 * dice.normal())
        }
        let season = Season(points, stepInDays: 1)
        #expect(season.course == .evergreen && season.flushes.isEmpty, "seed \(seed): \(season.flushes)")
    }

    @Test func aForestHasSeasonsAndAShortSeriesHasNoVerdict() {
        let forest = Season(SeasonTests.forest(years: 1, step: 3, noise: 0.002, seed: 3), stepInDays: 3)
        #expect(forest.course == .seasonal && forest.flushes.isEmpty)
        let short = Season(Array(Self.citrus(noise: 0.002, seed: 1).prefix(60)), stepInDays: 1)
        #expect(short.course == nil)
    }

    @Test func yearsAreComparedWithTheOthers() throws {
        let transitions = [("2018-04-20", 0.09), ("2019-04-10", 0.1), ("2020-04-15", 0.1), ("2020-08-01", 0.02)].map {
            SeasonTransition(
                direction: .rising,
                dates: [
                    .init(
                        share: 0.5, day: SeasonTests.day($0.0), interval: SeasonTests.day($0.0)...SeasonTests.day($0.0),
                        value: 0.4)
                ], low: 0.35, high: 0.35 + $0.1, isMeasured: true)
        }
        let shifts = YearComparison(transitions).shifts
        #expect(shifts.map(\.year) == [2018, 2019, 2020])
        // Days of the year 110, 100, 106.
        #expect(shifts.map(\.daysLater) == [7, -8, 1] && shifts.allSatisfy { $0.otherYears == 2 })
        #expect(YearComparison(Array(transitions.prefix(1))).shifts.first?.daysLater == nil)
        #expect(YearComparison([]).shifts.isEmpty)
    }

    /// Two pictures a month: the course goes through each value, and gaps of a month are not called measured for ever.
    @Test func aSparseSeriesIsDrawnStraight() throws {
        let points = (0..<24).map { i in
            SeriesPoint(day: SeasonTests.day("2015-01-01") + 15 * i, value: 0.35 + (i > 7 && i < 19 ? 0.1 : 0))
        }
        let smooth = try #require(SmoothSeries(points, outliers: points.map { _ in false }))
        for point in points {
            let value = try #require(smooth.value(on: point.day))
            #expect(abs(value - (point.value ?? 0)) < 1e-5)
        }
        #expect(abs(try #require(smooth.value(on: points[7].day + 3)) - 0.37) < 1e-5)
        #expect(smooth.isFilled.count { !$0 } == 23 * 15 + 1)
        let holed = points.enumerated().filter { !(12...14).contains($0.offset) }.map(\.element)
        let gap = try #require(SmoothSeries(holed, outliers: holed.map { _ in false }))
        #expect(gap.isFilled.count { !$0 } == 23 * 15 + 1 - 59)
    }

    @Test func theSlowCourseKeepsLinesAndPassesOverNoise() throws {
        var dice = Dice(seed: 11)
        let first = SeasonTests.day("2021-01-01")
        let points = (0..<200).map { SeriesPoint(day: first + $0, value: 0.35 + 0.0005 * Double($0)) }
        let line = try #require(SmoothSeries(points, outliers: points.map { _ in false }))
        let slow = line.averaged(width: 6)
        #expect(slow.count == line.values.count)
        for offset in 30..<170 {
            let index = first + offset - line.firstDay
            #expect(abs(slow[index] - (0.35 + 0.0005 * Double(offset))) < 2e-4)
        }
        let noisy = (0..<200).map { SeriesPoint(day: first + $0, value: 0.4 + 0.004 * dice.normal()) }
        let smooth = try #require(SmoothSeries(noisy, outliers: noisy.map { _ in false }))
        let calm = smooth.averaged(width: 6)
        for offset in 20..<180 { #expect(abs(calm[first + offset - smooth.firstDay] - 0.4) < 0.004) }
    }

    /// A picture a week in changing light: what stands out no further than the scatter is not called a flush. Three standard
    /// errors let one year in six have one.
    @Test func lightFromWeekToWeekIsNoFlush() {
        var found = 0
        for seed in UInt64(1)...10 {
            var dice = Dice(seed: seed)
            let points = (0..<52).map {
                SeriesPoint(day: Day(number: 18_000 + 7 * $0), value: 0.4 + 0.012 * dice.normal())
            }
            guard let smooth = SmoothSeries(points, outliers: points.map { _ in false }) else { continue }
            found += Flushes.find(in: smooth, points: points).count
        }
        #expect(found <= 5, "\(found) in ten years")
    }
}
