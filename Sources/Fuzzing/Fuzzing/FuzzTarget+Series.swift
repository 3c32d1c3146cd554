import Foundation
import Series
import Village

extension FuzzTarget {
    /// Colour statistics, summaries and lists of regions, and what is made of them.
    static let phenocam = FuzzTarget(
        name: "phenocam", longest: 8192,
        words: ["# UTC Offset: ", "# Aggregation Period: ", "# ROI ID Number: ", "NA", "-9999", "nan", "1e300", "None"]
            + RoistatsFile.columns + SummaryFile.columns,
        seeds: { phenocamSeeds }
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        let now = Date(timeIntervalSince1970: 1_780_000_000)
        do throws(PhenoCamFileError) {
            let list = try RegionList(text)
            let again = try RegionList(list.text)
            promise(again.entries.count == list.entries.count, "a list that is written loses entries")
            _ = list.problems
        } catch {
            promise(!error.message.isEmpty, "refused without words")
        }
        do throws(PhenoCamSource.ConversionError) {
            let source = try PhenoCamSource(text)
            for settings in [SummarySettings.oneDay, .threeDays] {
                guard let made = try? source.summary(settings, bluestSky: 90, now: now) else { continue }
                guard (try? SummaryFile.rows(in: made.text)) != nil else {
                    preconditionFailure("a summary that is written cannot be read")
                }
            }
            _ = source.transitions(try source.seasons(), now: now)
        } catch {
            promise(!error.message.isEmpty, "refused without words")
        }
        return true
    }

    private static let phenocamSeeds: [[UInt8]] = {
        let place = Location(latitude: 40, longitude: -60.25, elevation: 300)
        let made = Date(timeIntervalSince1970: 1_709_300_000)
        let inputs = (0..<12).map { day in
            let green = ChannelStatistics(
                mean: 60 + Double(day), deviation: 5, quantiles: [20, 30, 40, 50, 60, 70, 80])
            let other = ChannelStatistics(mean: 50, deviation: 5, quantiles: [20, 30, 40, 50, 60, 70, 80])
            return RoistatsInput(
                at: Date(timeIntervalSince1970: 1_709_179_209 + 86_400 * Double(day)), fileName: "a_\(day).jpg",
                solarElevation: 45, exposure: 40, awbFlag: 0, maskIndex: 1,
                statistics: ColorStatistics(
                    red: other, green: green, blue: other, redGreenCorrelation: 0.9, greenBlueCorrelation: 0.9,
                    blueRedCorrelation: .nan, pixelCount: 100))
        }
        let rows = inputs.map { RoistatsRow($0, utcOffset: 8) }
        let start = LocalTime(day: Day(number: 19_700), second: 0)
        let list = RegionList(
            site: "test", vegetationType: "AG", roiID: 1, owner: "nobody", created: start, updated: start,
            description: "a field",
            entries: [.init(start: start, end: RegionList.openEnd, maskFile: "m.tif", sampleImage: "a.jpg")])
        return [
            RoistatsFile.text(
                site: "test", vegetationType: "AG", roiID: 7, location: place, utcOffset: 8,
                rows: Array(rows.prefix(4)),
                created: made, updated: made),
            SummaryFile.text(
                site: "test", vegetationType: "AG", roiID: 7, location: place, utcOffset: 8, settings: .oneDay,
                rows: SummaryProduct.rows(from: rows, .oneDay), created: made, updated: made),
            list.text,
        ].map { Array($0.utf8) }
    }()

    static let weather = FuzzTarget(
        name: "weather", longest: 2048, words: ["date", "tmin", "tmax", "tmean", "rain", "NA", "-9999", "\u{FEFF}"],
        seeds: { [Array("date,tmin,tmax,tmean,rain\n2024-04-01,8.2,17.5,12.4,0\n2024-04-02,7.9,,,12.6\n# end\n".utf8)] }
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        let file = WeatherFile(text)
        promise(Set(file.days.map(\.day)).count == file.days.count, "a day stands twice")
        promise(file.faults.allSatisfy { $0.line >= 1 && !$0.message.isEmpty }, "\(file.faults)")
        let weather = Weather(file.days)
        guard let first = file.days.first?.day, let last = file.days.last?.day, last - first < 10_000 else {
            return true
        }
        _ = weather.rain(from: first, until: last)
        _ = weather.degreeDays(above: 5, from: first, until: last)
        return true
    }
}
