import Foundation
import Testing
import Village

@testable import Series

@Suite struct SeasonTests {
    static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    /// A forest: 0.35 in winter, 0.45 in summer, logistic spring with its middle on day 120 and autumn on day 280.
    static func forest(years: Int, step: Int, noise: Double, seed: UInt64) -> [SeriesPoint] {
        var dice = Dice(seed: seed)
        let first = day("2015-01-01")
        return stride(from: step == 3 ? 1 : 0, to: 365 * years, by: step).map { offset in
            let d = Double((first + offset).dayOfYear)
            let value = 0.35 + 0.10 / (1 + exp(-(d - 120) / 6)) - 0.10 / (1 + exp(-(d - 280) / 8))
            return SeriesPoint(day: first + offset, value: value + noise * dice.normal())
        }
    }

    private func expectDay(
        _ found: Day?, _ expected: String, within days: Int, _ place: SourceLocation = #_sourceLocation
    ) {
        guard let found else {
            Issue.record("no date where \(expected) was expected", sourceLocation: place)
            return
        }
        #expect(abs(found - Self.day(expected)) <= days, "\(found), not \(expected)", sourceLocation: place)
    }

    @Test(arguments: [1, 3]) func theDatesOfADrawnForestAreFound(step: Int) throws {
        let season = Season(Self.forest(years: 1, step: step, noise: 0.003, seed: 2), stepInDays: step)
        let measured = season.transitions.filter(\.isMeasured)
        let rise = try #require(measured.first { $0.direction == .rising })
        let fall = try #require(measured.first { $0.direction == .falling })
        // Day 120 is 30 April, day 280 is 7 October; the logistic is at 25 % 1.1 and at 10 % 2.2 widths from its
        // middle.
        expectDay(rise.crossing(0.5)?.day, "2015-04-30", within: 3)
        expectDay(rise.crossing(0.25)?.day, "2015-04-23", within: 4)
        expectDay(rise.crossing(0.1)?.day, "2015-04-17", within: 6)
        expectDay(fall.crossing(0.5)?.day, "2015-10-07", within: 3)
        expectDay(fall.crossing(0.25)?.day, "2015-10-16", within: 4)
        #expect(measured.count == 2 && !season.isFlat)
        for transition in measured {
            #expect(abs(transition.low - 0.35) < 0.006 && abs(transition.high - 0.45) < 0.006)
            for crossing in transition.dates { #expect(crossing.interval.contains(crossing.day)) }
        }
        let order = rise.dates.map(\.day)
        #expect(order == order.sorted())
        #expect(fall.dates.map(\.day) == fall.dates.map(\.day).sorted(by: >))
    }

    @Test func anEvergreenIsFlat() {
        var dice = Dice(seed: 4)
        let points = (0..<120).map {
            SeriesPoint(day: Self.day("2020-01-01") + 3 * $0, value: 0.4 + 0.002 * dice.normal())
        }
        let season = Season(points, stepInDays: 3)
        #expect(season.isFlat && season.transitions.isEmpty && season.smooth != nil)
    }

    @Test(arguments: [0, 1, 3]) func aFewValuesGiveNoSeason(count: Int) {
        let points = (0..<count).map { SeriesPoint(day: Day(number: $0), value: 0.4) }
        let season = Season(points, stepInDays: 1)
        #expect(
            season.smooth == nil && season.transitions.isEmpty && season.outliers.count == count
                && season.smoothError == nil)
    }

    @Test func aShiftOfTheSeriesShiftsTheDates() throws {
        let points = Self.forest(years: 1, step: 3, noise: 0.002, seed: 7)
        let later = points.map { SeriesPoint(day: $0.day + 1461, value: $0.value.map { $0 + 0.03 }) }
        let a = try #require(Season(points, stepInDays: 3).transitions.first { $0.isMeasured })
        let b = try #require(Season(later, stepInDays: 3).transitions.first { $0.isMeasured })
        for (x, y) in zip(a.dates, b.dates) { #expect(abs(y.day - x.day - 1461) <= 1) }
    }

    @Test func hazeIsFoundAndTheRestIsKept() throws {
        var points = Self.forest(years: 1, step: 3, noise: 0.002, seed: 5)
        let bad = [20, 58, 75, 100]
        for index in bad { points[index].value = points[index].value.map { $0 - 0.06 } }
        let flags = Outliers.flags(in: points)
        for index in bad { #expect(flags[index], "point \(index)") }
        #expect(flags.filter { $0 }.count <= bad.count + 4)
        points[20].value = nil
        #expect(Outliers.flags(in: points)[20] == false)
    }

    @Test func longGapsAreMarkedAndShortOnesDrawnThrough() throws {
        let points = Self.forest(years: 1, step: 1, noise: 0.001, seed: 6).enumerated()
            .filter { !(200..<214).contains($0.offset) && !(30..<45).contains($0.offset) }.map(\.element)
        let smooth = try #require(SmoothSeries(points, outliers: points.map { _ in false }))
        let at = { (offset: Int) in offset + 90 }
        #expect(!smooth.isFilled[at(205)] && smooth.isFilled[at(35)] && !smooth.isFilled[at(29)])
        #expect(smooth.isFilled[0] && smooth.isFilled[smooth.isFilled.count - 1])
        #expect(smooth.band[at(35)] == 0.02 && smooth.band.allSatisfy { $0 <= 0.02 && $0 >= 0 })
        #expect(smooth.values.count == 365 + 180)
        #expect(abs(try #require(smooth.value(on: Self.day("2015-07-27"))) - 0.45) < 0.005)
    }

    @Test(arguments: [13, 14, 15, 16]) func aGapOfFourteenDaysIsShort(length: Int) {
        let values: [Double?] = [1] + Array(repeating: nil, count: length) + [1]
        #expect(SmoothSeries.longGaps(values, longest: 14).contains(true) == (length > 14))
    }

    /// The steps of phenocamr on the published 3-day series, carried out by R 4.2.2 (`loess`) and zoo 1.8-11.
    @Test(.enabled(if: PublishedData.isThere)) func harvard2009HasTheDatesOfPhenocamr() throws {
        let text = try PublishedData.text("phenocam-vegindex/harvard/ROI/harvard_DB_0001_3day.csv")
        let season = Season(try SummaryFile.series("gcc_90", in: text), stepInDays: 3)
        let file = TransitionDatesFile.text(
            site: "harvard", vegetationType: "DB", roiID: 1, days: 3, seasons: ["gcc_90": season], utcOffset: -5,
            updated: Date(timeIntervalSince1970: 0))
        let rows = file.split(separator: "\n").filter { $0.hasPrefix("harvard") }.map {
            $0.dropFirst("harvard,DB,0001,".count)
        }
        #expect(
            rows == [
                """
                rising,gcc_90,2009-04-27,2009-05-05,2009-05-10,2009-04-26,2009-05-04,2009-05-09,2009-04-28,2009-05-06,2009-05-11,\
                0.37712,0.39162,0.41647,0.36823,0.46302
                """,
                """
                falling,gcc_90,2009-10-20,2009-10-14,2009-10-07,2009-10-21,2009-10-15,2009-10-08,2009-10-19,2009-10-13,2009-10-06,\
                0.39111,0.40204,0.42257,0.38511,0.45805
                """,
            ])
        #expect(season.outliers.allSatisfy { !$0 } && season.transitions.allSatisfy(\.isMeasured))
    }

    @Test(.enabled(if: PublishedData.isThere)) func dukehw2015FromTheThreeDayCurveAndFromTwentyFourPictures() throws {
        let text = try PublishedData.text("phenocam-vegindex/dukehw/ROI/dukehw_DB_1000_ndvi_3day.csv")
        let curve = try SummaryFile.series("gcc_90", in: text).filter { $0.day.components.year == 2015 }
        let season = Season(curve, stepInDays: 3)
        let rise = try #require(
            season.transitions.first { $0.direction == .rising && $0.isMeasured }?.crossing(0.5)?.day)
        let fall = try #require(
            season.transitions.last { $0.direction == .falling && $0.isMeasured }?.crossing(0.5)?.day)
        #expect(rise.components.month == 4 && (10...11).contains(fall.components.month))

        let pictures = try PhenoCamTable(PublishedData.text("phenocam-dukehw-2015/expected.csv")).rows.map { row in
            let parts = (row.text("file") ?? "").split(separator: "_")
            return SeriesPoint(
                day: Self.day("\(parts[1])-\(parts[2])-\(parts[3])"), value: try row.number("db1000_gcc"))
        }
        #expect(pictures.count == 24)
        let sparse = Season(pictures, stepInDays: 1)
        let sparseRise = try #require(sparse.transitions.first { $0.direction == .rising }?.crossing(0.5)?.day)
        let sparseFall = try #require(sparse.transitions.last { $0.direction == .falling }?.crossing(0.5)?.day)
        #expect(abs(sparseRise - rise) <= 5 && abs(sparseFall - fall) <= 5)
    }
}
