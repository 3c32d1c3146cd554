import Testing
import Village

@testable import Reporting

@Suite("Charts")
struct ChartTests {
    private let dates = DateText(clock: Fixture.clock, language: .en)

    @Test(
        "axis ends are whole steps that hold the values",
        arguments: [(0.331, 0.427), (0.4, 0.4), (-0.2, 3.7), (0.0, 1e-9), (12.0, 12_000)])
    func steps(_ low: Double, _ high: Double) {
        let range = ChartScale.rounded(low, high, leastSpan: 0.04, count: 5)
        #expect(range.low <= low + 1e-9 && range.high >= high - 1e-9)
        #expect((range.high - range.low) / range.step < 5.5)
        #expect(abs((range.low / range.step).rounded() - range.low / range.step) < 1e-6)
    }

    @Test("ticks fit the room, rise, and lie inside", arguments: [3, 20, 45, 100, 182, 366, 1200, 4000])
    func ticks(_ span: Int) throws {
        let first = try #require(Day("2024-01-17"))
        let ticks = DateTicks.ticks(first...(first + span), room: 8, dates: dates)
        #expect((1...9).contains(ticks.count))
        #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.day < $1.day })
        #expect(ticks.allSatisfy { (first...(first + span)).contains($0.day) })
    }

    @Test("a smooth line keeps a constant, stays within its values, and does not cross a gap")
    func smoothing() {
        let first = Day(number: 19_000)
        let flat = (0..<30).map { DailyValues.Point(day: first + $0, value: 0.4) }
        #expect(ChartSmoothing.smoothed(flat).allSatisfy { abs($0.value - 0.4) < 1e-12 })
        let jagged = (0..<60).map { DailyValues.Point(day: first + $0 * 2, value: $0 % 2 == 0 ? 0.3 : 0.5) }
        #expect(ChartSmoothing.smoothed(jagged).allSatisfy { (0.3...0.5).contains($0.value) })
        let later = flat.map { DailyValues.Point(day: $0.day + 38, value: 0.9) }
        #expect(ChartSmoothing.runs(flat + later).map(\.count) == [30, 30])
        #expect(ChartSmoothing.runs([]).isEmpty)
    }

    @Test("the centre of an outline", arguments: [0.0, 500.0])
    func centre(_ offset: Double) {
        let square: Outline = [.init(offset, 0), .init(offset + 10, 0), .init(offset + 10, 10), .init(offset, 10)]
        #expect(PlotMap.centre(square) == .init(offset + 5, 5))
        #expect(PlotMap.centre([.init(offset, 1), .init(offset + 2, 1)]) == .init(offset + 1, 1))
        #expect(PlotMap.centre([]) == .zero)
    }

    @Test("too little to draw gives no chart instead of a wrong one")
    func nothing() {
        let day = Day(number: 19_000)
        let chart = GrowthChart(
            days: day...(day + 5), series: [.init(day: day, values: [.gcc: 0.4])], lastYear: [], smooth: [], events: [],
            title: "", dates: dates)
        #expect(chart.svg() == nil)
        #expect(SmallChart.svg([], days: day...(day + 5), title: "") == nil)
    }

    @Test("dates as people write them")
    func text() throws {
        let chinese = DateText(clock: Fixture.clock, language: .zh)
        let range = DayRange(from: Day("2024-01-01"), until: Day("2024-06-30"))
        #expect(chinese.range(range) == "2024年1月1日 至 6月30日")
        #expect(dates.range(range) == "1 Jan to 30 Jun 2024")
        #expect(chinese.minute(Fixture.at("2024-04-03", 7, 5)) == "2024年4月3日 07:05")
        #expect(dates.range(DayRange()) == "all")
    }
}
