import ConfigurationFiles
import Series
import Testing
import Village

@testable import Advising

struct WeatherAdviceTests {
    /// A year of weather: cold winter, hot summer; `change` edits a day.
    static func weather(_ change: (Day) -> (lowest: Double?, rain: Double?)) -> Weather {
        let first = Day("2024-01-01")!
        return Weather(
            (0..<366).map { offset in
                let day = first + offset
                let mean = warmth(day)
                let (lowest, rain) = change(day)
                return WeatherDay(day: day, lowest: lowest ?? mean - 4, highest: mean + 4, mean: mean, rain: rain ?? 0)
            })
    }

    /// °C, from 6 in January to 27 in July.
    private static func warmth(_ day: Day) -> Double {
        let distance = abs(Double(day.dayOfYear) - 200) / 183
        return 27 - 21 * distance
    }

    private func cards(_ weather: Weather, crops: [String]) throws -> [Advice] {
        let season = Season(
            seed: 5, from: Day("2024-01-05")!, until: Day("2024-10-30")!,
            plots: crops.enumerated().map { .init(id: "p\($0)", crop: $1, household: "h\($0)") })
        return Adviser(library: try Models.library, weather: weather).cards(
            for: Season.site, plots: season.series(), from: Day("2024-01-05")!, until: Day("2024-10-30")!)
    }

    @Test func aFrostNightInBloomIsToldOnTheDay() throws {
        let night = Day("2024-03-20")!
        let weather = Self.weather { ($0 == night ? -1.5 : 5, nil) }
        let own = try cards(weather, crops: ["plum", "rice"]).filter { $0.title.zh.contains("霜冻") }
        #expect(own.map(\.plot) == ["p0"])
        let card = try #require(own.first)
        #expect(SiteClock(timeZone: "Asia/Shanghai")?.day(of: card.at) == night)
        #expect(card.seen.zh.contains("3月20日夜里最低-1.5度") && card.seen.en.contains("-1.5 °C"))
        // In June nobody needs to look at plum flowers.
        let summer = Self.weather { ($0 == Day("2024-06-20") ? -1.5 : 5, nil) }
        #expect(try cards(summer, crops: ["plum"]).allSatisfy { !$0.title.zh.contains("霜冻") })
    }

    @Test func heavyRainIsToldOnceInAWetWeek() throws {
        let first = Day("2024-06-10")!
        let weather = Self.weather { (nil, (first...(first + 5)).contains($0) ? 62 : nil) }
        let own = try cards(weather, crops: ["yellow-peach"]).filter { $0.title.zh.contains("积水") }
        #expect(own.count == 1 && own[0].seen.zh.contains("62毫米"))
        // Three days of 40 mm are as bad as one of 100.
        let soaking = Self.weather { (nil, (first...(first + 2)).contains($0) ? 40 : nil) }
        let second = try cards(soaking, crops: ["yellow-peach"]).filter { $0.title.zh.contains("积水") }
        #expect(second.count == 1 && second[0].seen.zh.contains("前后3天下了120毫米雨"))
        let dry = Self.weather { (nil, (first...(first + 2)).contains($0) ? 20 : nil) }
        #expect(try cards(dry, crops: ["yellow-peach"]).allSatisfy { !$0.title.zh.contains("积水") })
    }

    @Test func withoutAFrostNightNoLeafIsScorchedByFrost() throws {
        func titles(_ weather: Weather) throws -> [String] {
            var season = Season(
                seed: 3, from: Day("2024-01-01")!, until: Day("2024-04-30")!,
                plots: [
                    .init(id: "p1", crop: "citrus"), .init(id: "p2", crop: "citrus"), .init(id: "p3", crop: "citrus"),
                ])
            season.plots[1].frostOn = Day("2024-02-25")
            return Adviser(library: try Models.library, weather: weather).cards(
                for: Season.site, plots: season.series(), from: Day("2024-01-01")!, until: Day("2024-04-30")!
            ).filter { $0.kind == .anomaly && $0.plot == "p2" }.map(\.title.zh)
        }
        let unknown = try titles(Weather([]))
        #expect(unknown.contains { $0.contains("冻害") }, "\(unknown)")
        let cold = try titles(Self.weather { ($0 == Day("2024-02-24") ? -3 : 5, nil) })
        #expect(cold == unknown)
        let mild = try titles(Self.weather { _ in (5, nil) })
        #expect(!mild.isEmpty && !mild.contains { $0.contains("冻害") }, "\(mild)")
    }

    /// Kiwifruit flowers after 820 °C·d above 0 °C from 10 February: at 8 °C that takes until 23 May, at 14 °C until 8 April.
    @Test(arguments: [
        (14.0, "2024-04-07", "leafOut", StageEstimate.Basis.calendar), (14, "2024-04-08", "bloom", .warmth),
        (14, "2024-04-25", "bloom", .calendar), (8, "2024-04-25", "leafOut", .warmth),
        (8, "2024-05-19", "leafOut", .warmth),
    ])
    func warmthMovesTheStage(mean: Double, day: String, stage: String, basis: StageEstimate.Basis) throws {
        let crop = try #require(try Models.library.crop(named: "kiwifruit"))
        let first = Day("2024-01-01")!
        let weather = Weather(
            (0..<366).map { WeatherDay(day: first + $0, lowest: nil, highest: nil, mean: mean, rain: nil) })
        let estimate = try #require(
            StageEstimate(crop: crop, region: "sichuan", day: Day(day)!, marks: [], weather: weather))
        if day == "2024-05-19" {
            // More than a month late nobody believes the sum any more.
            #expect(estimate.basis == .calendar)
        } else {
            #expect(estimate.stage.id == stage && estimate.basis == basis, "\(estimate.reason.en)")
        }
        if basis == .warmth, estimate.basis == .warmth { #expect(estimate.reason.zh.contains("820")) }
        // What was seen counts more.
        let marks = [StageMark(sign: .bloom, isBeginning: true, day: Day(day)! + -2)]
        let seen = try #require(
            StageEstimate(crop: crop, region: "sichuan", day: Day(day)!, marks: marks, weather: weather))
        #expect(seen.stage.id == "bloom" && seen.basis == .pictures)
        // Holes in the weather leave the calendar alone.
        let holes = Weather(weather.days.filter { $0.day.number % 4 != 0 })
        #expect(
            StageEstimate(crop: crop, region: "sichuan", day: Day(day)!, marks: [], weather: holes)?.basis == .calendar)
    }

    /// A lone plot that reddens every June is not sick in June.
    @Test func whatThePlotDoesEveryYearIsItsSeason() throws {
        func cards(years: Int, last: Bool) throws -> [Advice] {
            var days: [DailyValues] = []
            let first = Day(year: 2025 - years, month: 1, day: 1)!
            var random = Random(seed: 9)
            for offset in 0..<(365 * years) where offset % 2 == 0 {
                let day = first + offset
                let isLast = day.components.year == 2024
                let turns = day.dayOfYear >= 170 && day.dayOfYear <= 215 && (isLast ? last : true)
                let gcc = 0.40 - (turns ? 0.045 : 0) + 0.002 * random.normal()
                days.append(
                    DailyValues(day: day, values: [.gcc: gcc, .vegetationCover: 0.8, .yellowing: turns ? 0.3 : 0.01]))
            }
            let plot = Plot(
                id: "p1", camera: "cam", kind: .orchard, crop: "citrus", household: nil, shape: .polygon([]),
                valid: DayRange())
            return try Models.adviser.cards(
                for: Season.site, plots: [PlotSeries(plot: plot, days: days)], from: Day("2024-05-01")!,
                until: Day("2024-08-30")!
            ).filter { $0.kind == .anomaly }
        }
        #expect(try !cards(years: 1, last: true).isEmpty)
        #expect(try cards(years: 3, last: true).map(\.seen.en) == [])
        #expect(try cards(years: 3, last: false).map(\.seen.en) == [])
    }
}
