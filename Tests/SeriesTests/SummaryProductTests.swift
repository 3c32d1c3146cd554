import Foundation
import Testing
import Village

@testable import Series

@Suite struct SummaryProductTests {
    static func row(
        _ day: String, _ clock: String = "12:00:00", green: Double = 100, awb: Int? = nil, elevation: Double? = 40
    ) -> RoistatsRow {
        let channel = { (mean: Double) in
            ChannelStatistics(mean: mean, deviation: 1, quantiles: Array(repeating: mean, count: 7))
        }
        let statistics = ColorStatistics(
            red: channel(80), green: channel(green), blue: channel(70), redGreenCorrelation: 0, greenBlueCorrelation: 0,
            blueRedCorrelation: 0, pixelCount: 9)
        let at = Date(timeIntervalSince1970: Double(Day(day)!.number * 86_400 + LocalTime.seconds(clock)!))
        return RoistatsRow(
            RoistatsInput(
                at: at, fileName: "\(day)_\(clock)", solarElevation: elevation, awbFlag: awb, statistics: statistics),
            utcOffset: 0)
    }

    private func dates(_ rows: [SummaryRow]) -> [String] { rows.map { "\($0.date) \($0.imageCount)" } }

    /// 2015 has 365 days: its last interval takes New Year's Day of 2016, and the first of 2016 goes without it.
    @Test func theLastIntervalOfACommonYearSwallowsNewYearsDay() {
        let rows = ["2015-12-29", "2015-12-31", "2016-01-01", "2016-01-02", "2016-01-04"].map { Self.row($0) }
        let found = SummaryProduct.rows(from: rows, .threeDays)
        #expect(dates(found) == ["2015-12-28 1", "2015-12-31 2", "2016-01-02 1", "2016-01-05 1"])
        // With New Year's Day alone the first row of the new year is there and empty.
        let alone = SummaryProduct.rows(from: ["2015-12-31", "2016-01-01"].map { Self.row($0) }, .threeDays)
        #expect(dates(alone) == ["2015-12-31 2", "2016-01-02 0"])
        #expect(SummaryFile.line(alone[1]) == "2016-01-02,2016,2,0,None" + String(repeating: ",NA", count: 27))
    }

    @Test func theLastIntervalOfALeapYearEndsWithIt() {
        let rows = ["2016-12-28", "2016-12-29", "2016-12-31", "2017-01-01"].map { Self.row($0) }
        #expect(dates(SummaryProduct.rows(from: rows, .threeDays)) == ["2016-12-27 1", "2016-12-30 2", "2017-01-02 1"])
    }

    @Test func theSeriesBeginsWithTheIntervalOfTheFirstPictureAndHasNoHoles() {
        let rows = ["2015-03-06", "2015-03-13"].map { Self.row($0) }
        #expect(dates(SummaryProduct.rows(from: rows, .threeDays)) == ["2015-03-06 1", "2015-03-09 0", "2015-03-12 1"])
        #expect(SummaryProduct.rows(from: rows, .oneDay).map(\.imageCount) == [1, 0, 0, 0, 0, 0, 0, 1])
        #expect(SummaryProduct.rows(from: [], .oneDay).isEmpty)
    }

    @Test func intervalsCoverEveryDayOfManyYears() throws {
        let first = try #require(Day("2013-05-05"))
        for days in [1, 3] {
            let starts = SummaryProduct.intervals(from: first, to: first + 3000, days: days)
            for day in 0...3000 { #expect(starts.contains { (0..<days).contains(first + day - $0) }) }
            #expect(starts.allSatisfy { ($0.dayOfYear - 1) % days == 0 })
        }
    }

    @Test func picturesAreSelectedBySunLightAndWhiteBalance() {
        let good = Self.row("2015-06-01")
        var dim = good
        dim.colors?.red.mean = 10
        dim.colors?.green.mean = 49
        dim.colors?.blue.mean = 40.99999
        var edge = dim
        edge.colors?.blue.mean = 41
        var bright = good
        bright.colors?.red.mean = 255
        bright.colors?.green.mean = 255
        bright.colors?.blue.mean = 155.00001
        let low = Self.row("2015-06-01", elevation: 9.999994)
        let lowest = Self.row("2015-06-01", elevation: 9.999996)
        let unknown = Self.row("2015-06-01", elevation: nil)
        let isUsed = { (row: RoistatsRow) in SummaryProduct.isSelected(row, .oneDay) }
        #expect(isUsed(good) && isUsed(edge) && isUsed(lowest))
        #expect(!isUsed(dim) && !isUsed(bright) && !isUsed(low) && !isUsed(unknown))
        // A picture with automatic white balance opens the series but is not used.
        let rows = [Self.row("2015-06-01", awb: 1), Self.row("2015-06-03", awb: 0)]
        #expect(dates(SummaryProduct.rows(from: rows, .oneDay)) == ["2015-06-01 0", "2015-06-02 0", "2015-06-03 1"])
    }

    @Test func theMiddayPictureIsNearestToNoonOfTheMiddleDay() {
        let rows = [
            Self.row("2015-06-03", "12:00:00"), Self.row("2015-06-04", "16:00:00", green: 50),
            Self.row("2015-06-05", "00:00:01"),
        ]
        let found = SummaryProduct.rows(from: rows, .threeDays)
        #expect(found.first?.midday?.fileName == "2015-06-04_16:00:00")
        #expect(found.first?.midday?.gcc == 0.25)
        // Of two that are as near the earlier is taken.
        let tie = [Self.row("2015-06-02", "11:00:00"), Self.row("2015-06-02", "13:00:00")]
        #expect(SummaryProduct.rows(from: tie, .oneDay).first?.midday?.fileName == "2015-06-02_11:00:00")
    }

    @Test func belowTheImageCountThereAreNoStatistics() {
        let settings = SummarySettings(days: 1, imageCountThreshold: 2)
        let found = SummaryProduct.rows(from: [Self.row("2015-06-02")], settings)
        #expect(
            SummaryFile.line(found[0])
                == "2015-06-02,2015,153,1,2015-06-02_12:00:00,80.0,100.0,70.0,0.4,0.32"
                + String(repeating: ",NA", count: 16) + ",40.0"
                + String(repeating: ",NA", count: 5))
    }

    @Test func aFigureOfTheIntervalsIsASeriesWithItsGaps() throws {
        let rows = SummaryProduct.rows(
            from: [Self.row("2015-06-02", green: 50), Self.row("2015-06-04", green: 150)], .oneDay)
        let series = SummaryProduct.series(rows, \.gcc.quantile90)
        #expect(series.map(\.value) == [0.25, nil, 0.5])
        #expect(series.first?.day == Day("2015-06-02"))
        let seasons = TransitionDatesFile.seasons(of: rows, days: 1)
        #expect(seasons.keys.sorted() == TransitionDatesFile.seriesNames.sorted())
        #expect(seasons["gcc_50"]?.outliers == [false, false, false])
    }

    @Test func theOrderOfTheRowsDoesNotMatter() {
        var dice = Dice(seed: 21)
        var rows = (0..<300).map { i in
            let day = (Day("2015-01-01")! + i / 5).description
            return Self.row(day, LocalTime.clock(i % 5 * 3600 + 30_000), green: 60 + 90 * dice.roll())
        }
        let expected = SummaryProduct.rows(from: rows, .threeDays)
        rows.sort { $0.gcc ?? 0 < $1.gcc ?? 0 }
        #expect(SummaryProduct.rows(from: rows, .threeDays) == expected)
    }

    @Test func headerAndNumbersAreThoseOfVegindex() {
        let rows = SummaryProduct.rows(from: [Self.row("2015-06-02")], .threeDays)
        let text = SummaryFile.text(
            site: "test", vegetationType: "AG", roiID: 12, location: nil, utcOffset: 5.5, settings: .threeDays,
            rows: rows,
            created: Date(timeIntervalSince1970: 0), updated: Date(timeIntervalSince1970: 1))
        #expect(
            text == """
                #
                # 3-day summary product timeseries for test
                #
                # Site: test
                # Veg Type: AG
                # ROI ID Number: 0012
                # Lat: None
                # Lon: None
                # Elev: None
                # UTC Offset: 5.5
                # Image Count Threshold: 1
                # Aggregation Period: 3
                # Solar Elevation Min: 10.0
                # Time of Day Min: 00:00:00
                # Time of Day Max: 23:59:59
                # ROI Brightness Min: 100
                # ROI Brightness Max: 665
                # Creation Date: 1970-01-01
                # Creation Time: 05:30:00
                # Update Date: 1970-01-01
                # Update Time: 05:30:01
                #
                \(SummaryFile.columns.joined(separator: ","))
                2015-06-01,2015,152,1,2015-06-02_12:00:00,80.00000,100.00000,70.00000,0.40000,0.32000,80.00000,0.00000,100.00000,0.00000,70.00000,0.00000,0.40000,0.00000,0.40000,0.40000,0.40000,0.32000,0.00000,0.32000,0.32000,0.32000,40.00000,NA,NA,NA,NA,NA

                """)
    }

    @Test(.enabled(if: PublishedData.isThere), arguments: ["1day", "3day"])
    func publishedSummariesAreReadAndWrittenBackByteForByte(form: String) throws {
        let text = try PublishedData.text("phenocam-vegindex/harvard/ROI/harvard_DB_0001_\(form).csv")
        let published = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map(String.init)
        #expect(try SummaryFile.rows(in: text).map { SummaryFile.line($0) } == published)
    }

    /// The 3-day file of 2009 was made with a least solar elevation of 5°, as its header says: every cell is found
    /// again.
    @Test(.enabled(if: PublishedData.isThere)) func thePublishedThreeDaySummaryIsFoundAgain() throws {
        let folder = "phenocam-vegindex/harvard/ROI/harvard_DB_0001"
        let rows = try RoistatsFile.rows(in: PublishedData.text("\(folder)_roistats.csv"))
        let published = try lines(PublishedData.text("\(folder)_3day.csv"))
        let found = SummaryProduct.rows(from: rows, SummarySettings(days: 3, minimumSolarElevation: 5)).map {
            SummaryFile.line($0)
        }
        #expect(differingCells(found, published) == [])
    }

    /// The 1-day file of 2009 left out pictures with a blue 5 % quantile above 90, a rule that PhenoCam has given up
    /// since.
    @Test(.enabled(if: PublishedData.isThere)) func thePublishedOneDaySummaryIsFoundAgain() throws {
        let folder = "phenocam-vegindex/harvard/ROI/harvard_DB_0001"
        let rows = try RoistatsFile.rows(in: PublishedData.text("\(folder)_roistats.csv"))
        let published = try lines(PublishedData.text("\(folder)_1day.csv"))
        let withOldRule = rows.filter { ($0.colors?.blue.quantiles[0] ?? 0) <= 90 }
        let found = SummaryProduct.rows(from: withOldRule, .oneDay).map { SummaryFile.line($0) }
        #expect(differingCells(found, published) == [])
    }

    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst().map(String.init)
    }

    private func differingCells(_ found: [String], _ published: [String]) -> [String] {
        guard found.count == published.count else { return ["\(found.count) rows, not \(published.count)"] }
        return zip(found, published).flatMap { mine, theirs in
            zip(SummaryFile.columns, zip(mine.split(separator: ","), theirs.split(separator: ","))).compactMap {
                column, cells in
                cells.0 == cells.1 ? nil : "\(mine.prefix(10)) \(column): \(cells.0), published \(cells.1)"
            }
        }
    }
}
