import Testing
import Village

@testable import Advising

@Suite struct SeasonalRiseTests {
    /// The days of peaks that are told for values on days from 3 April on.
    func peaks(_ values: [Double], everyDays: Int, threshold: Double = 0.012) throws -> [Day] {
        let first = try #require(Day("2024-04-03"))
        var rise = SeasonalRise(threshold: threshold, peakFall: 0.3, endShare: 0.25, rows: 2)
        var found: [Day] = []
        for (k, value) in values.enumerated() {
            let happenings = rise.add(
                day: first + k * everyDays, value: value, level: 0, shared: 0, season: first, threshold: threshold)
            for case .peak(let day, _) in happenings { found.append(day) }
        }
        return found
    }

    /// One picture a week, the height of bloom anywhere between two of them.
    @Test(arguments: -3...3) func aPictureAWeekIsEnough(offset: Int) throws {
        let centre = 24 + offset
        let values = (0..<9).map { week -> Double in
            let away = Double(7 * week - centre) / 6
            return 0.05 * max(0, 1 - away * away / 4)
        }
        let found = try peaks(values, everyDays: 7)
        let expected = try #require(Day("2024-04-03")) + centre
        #expect(found.count == 1)
        #expect(abs((found.first ?? expected + 99) - expected) <= 2, "\(found)")
    }

    /// A start between two pictures is dated between them, wherever in the week they are taken.
    @Test(arguments: 0...6) func theStartLiesBetweenTwoPictures(offset: Int) throws {
        let first = try #require(Day("2024-10-01")), threshold = 0.015
        var rise = SeasonalRise(threshold: threshold, peakFall: 0.3, endShare: 0.25, rows: 2)
        // It begins on day 20 and grows by 0.3 % of the plot a day, so that day 25 crosses the threshold.
        var started: [Day] = []
        for day in stride(from: offset, to: 60, by: 7) {
            let value = 0.003 * Double(max(0, day - 20))
            for case .start(let on, _, _) in rise.add(
                day: first + day, value: value, level: 0, shared: 0, season: first, threshold: threshold)
            { started.append(on) }
        }
        #expect(started.count == 1)
        #expect(abs((started.first ?? first) - (first + 25)) <= 2, "\(started)")
    }

    /// Across a gap nothing is made up: the first picture above is the start.
    @Test func acrossAGapTheFirstPictureIsTheStart() throws {
        let first = try #require(Day("2024-10-01"))
        var rise = SeasonalRise(threshold: 0.015, peakFall: 0.3, endShare: 0.25, rows: 2)
        var started: [Day] = []
        for (day, value) in [(0, 0.0), (30, 0.05), (37, 0.06)] {
            for case .start(let on, _, _) in rise.add(
                day: first + day, value: value, level: 0, shared: 0, season: first, threshold: 0.015)
            { started.append(on) }
        }
        #expect(started == [first + 30])
    }

    /// A height that is seen through haze on its very day is still told to its week.
    @Test func aHazyDayAtTheHeightMovesLittle() throws {
        let found = try peaks([0, 0, 0.017, 0.008, 0.018, 0, 0, 0], everyDays: 7)
        let height = try #require(Day("2024-04-24"))
        #expect(found.count == 1 && abs((found.first ?? height + 99) - height) <= 3, "\(found)")
    }

    @Test(arguments: [
        [0, 0, 0.017, 0, 0.018, 0, 0, 0], [0, 0, 0.017, 0.008, 0.008, 0.018, 0, 0],
        [0, 0.01, 0.01, 0.01, 0.01, 0.01, 0, 0],
    ])
    func singleDaysAndDoubtfulOnesAreNoSeason(values: [Double]) throws {
        #expect(try peaks(values, everyDays: 7).isEmpty)
    }
}
