import Testing
import Village

@testable import Series

@Suite struct WeatherTests {
    static func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    static let file = """
        \u{FEFF}# station 57633
        Date,TMin,tmax,rain,wind
        2024-04-02,-1.5,9.5,NA,3
        2024-04-01,8.0,18.0,12.5,2

        2024-04-04,,,60,1
        """

    @Test func columnsStandInAnyOrderAndGapsStayGaps() {
        let read = WeatherFile(Self.file)
        #expect(read.faults.isEmpty)
        #expect(
            read.days == [
                WeatherDay(day: Self.day("2024-04-01"), lowest: 8, highest: 18, mean: nil, rain: 12.5),
                WeatherDay(day: Self.day("2024-04-02"), lowest: -1.5, highest: 9.5, mean: nil, rain: nil),
                WeatherDay(day: Self.day("2024-04-04"), lowest: nil, highest: nil, mean: nil, rain: 60),
            ])
        #expect(WeatherFile(Self.file.replacing("\n", with: "\r\n")) == read)
        #expect(read.days.map(\.dailyMean) == [13, 4, nil])
    }

    @Test(arguments: [
        ("2024-4-1,1,2,0", "no day"), ("2024-02-30,1,2,0", "no day"), ("2024-04-05,x,2,0", "tmin \"x\" is no number"),
        ("2024-04-05,9,2,0", "above tmax"), ("2024-04-05,1,80,0", "tmax is 80"), ("2024-04-05,1,2,-3", "rain is -3"),
        ("2024-04-01,1,2,0", "twice, first in line 2"), ("2024-04-05,nan,2,0", "no number"),
        ("2024-04-05,1e400,2,0", "no number"),
    ])
    func aWrongLineIsToldAndTheOthersCount(line: String, said: String) {
        let read = WeatherFile("date,tmin,tmax,rain\n2024-04-01,1,2,0\n\(line)\n2024-04-09,1,2,0\n")
        #expect(read.faults.count == 1 && read.faults[0].line == 3 && !read.faults[0].remedy.isEmpty)
        #expect(read.faults.first?.message.contains(said) ?? false, "\(read.faults)")
        #expect(read.days.map(\.day) == [Self.day("2024-04-01"), Self.day("2024-04-09")])
    }

    @Test(arguments: ["", "\n\n# nothing\n", "day,temperature\n2024-04-01,3\n", "date\n2024-04-01\n"])
    func withoutKnownColumnsThereIsOneFault(text: String) {
        let read = WeatherFile(text)
        #expect(read.days.isEmpty && read.faults.count == 1 && read.faults[0].remedy.contains("date,tmin"))
    }

    /// Lines cut anywhere never crash and never become another day's figures.
    @Test func aFileCutAtAnyPlaceIsRead() {
        let characters = Array(Self.file)
        let whole = WeatherFile(Self.file).days
        for length in 0...characters.count {
            let read = WeatherFile(String(characters.prefix(length)))
            #expect(read.days.allSatisfy { day in whole.contains { $0.day == day.day } })
        }
    }

    private static func april(_ mean: (Int) -> Double?) -> Weather {
        Weather(
            (0..<30).map {
                WeatherDay(day: day("2024-04-01") + $0, lowest: nil, highest: nil, mean: mean($0), rain: nil)
            })
    }

    @Test func degreeDaysAreTheSumAboveTheBase() {
        let first = Self.day("2024-04-01")
        let steady = Self.april { $0 < 10 ? 8 : 15 }
        #expect(steady.degreeDays(above: 10, from: first, until: first + 29) == 100)
        #expect(steady.degreeDays(above: 0, from: first, until: first + 9) == 80)
        #expect(steady.day(reaching: 50, above: 10, from: first, until: first + 29) == first + 19)
        #expect(steady.day(reaching: 100.1, above: 10, from: first, until: first + 29) == nil)
        #expect(steady.degreeDays(above: 10, from: first + 5, until: first) == nil)
    }

    @Test func aSumWithManyHolesIsNotTold() throws {
        let first = Self.day("2024-04-01")
        let few = Self.april { $0 % 15 == 7 ? nil : 20 }
        #expect(abs(try #require(few.degreeDays(above: 10, from: first, until: first + 29)) - 300) < 1e-9)
        let many = Self.april { $0 % 5 == 2 ? nil : 20 }
        #expect(many.degreeDays(above: 10, from: first, until: first + 29) == nil)
        #expect(many.day(reaching: 200, above: 10, from: first, until: first + 29) == nil)
        #expect(Weather([]).degreeDays(above: 0, from: first, until: first) == nil)
    }

    @Test func frostAndRain() {
        let weather = Weather(WeatherFile(Self.file).days)
        let first = Self.day("2024-04-01")
        #expect(weather.frostNights(at: 0, from: first, until: first + 9).map(\.day) == [first + 1])
        #expect(weather.frostNights(at: -2, from: first, until: first + 9).isEmpty)
        #expect(
            weather.rain(from: first, until: first + 3) == 72.5 && weather.rain(from: first + 1, until: first + 2) == 0)
    }
}
