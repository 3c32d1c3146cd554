import Foundation
import Village

/// A PhenoCam file of colour statistics or a summary, ready to be turned into the forms that follow from it.
public struct PhenoCamSource: Sendable {
    public let site: String
    public let vegetationType: String
    public let roiID: Int
    public let location: Location?
    /// Hours ahead of Greenwich.
    public let utcOffset: Double

    private let table: PhenoCamTable
    /// `nil` for a summary.
    private let pictures: [RoistatsRow]?
    /// Days that a row of the summary stands for.
    private let period: Int?

    /// What a file cannot be turned into.
    public enum ConversionError: Error, Equatable, Sendable {
        case unreadable(PhenoCamFileError)
        /// A summary has lost the pictures that another summary would be made of.
        case notFromSummary
        /// It has no day that passes the selection.
        case empty
        /// So few rows over so long a time are a slip in a date.
        case scattered(first: Day, last: Day, rows: Int)

        public var message: String {
            switch self {
            case .unreadable(let error): error.message
            case .notFromSummary: "a summary can't be made from a summary: give the roistats file"
            case .empty: "no picture passes the selection: see the solar elevation and brightness in the file"
            case .scattered(let first, let last, let rows):
                "\(rows) rows from \(first) to \(last) are no series: correct the date that is wrong"
            }
        }
    }

    /// - Parameter text: of a roistats, 1-day or 3-day file, the infrared and NDVI variants too.
    public init(_ text: String) throws(ConversionError) {
        do {
            table = try PhenoCamTable(text)
            pictures = table.columns.contains("local_std_time") ? try RoistatsFile.rows(in: text) : nil
            let latitude = try table.headerNumber("Lat", in: -90...90)
            let longitude = try table.headerNumber("Lon", in: -180...360)
            let elevation = try table.headerNumber("Elev", in: -1_000...10_000) ?? 0
            if let latitude, let longitude {
                location = Location(latitude: latitude, longitude: longitude, elevation: elevation)
            } else {
                location = nil
            }
            utcOffset = try table.headerNumber("UTC Offset", in: -18...18) ?? 0
            period = try table.headerNumber("Aggregation Period", in: 1...366).map { Int($0) }
        } catch { throw .unreadable(error) }
        let header = table.header
        site = header["Site"] ?? "site"
        vegetationType = header["Veg Type"] ?? "XX"
        roiID = header["ROI ID Number"].flatMap { Int($0) } ?? 1
    }

    /// Days in a step of the series that `seasons` analyses: of the summary itself, else 3.
    public var stepInDays: Int { pictures == nil ? period ?? 3 : 3 }

    /// The summary file of a roistats file.
    ///
    /// - Parameter bluestSky: pictures whose blue 5 % quantile is above are left out; PhenoCam's own files of before 2017
    ///   have 90 here, later ones no such rule.
    public func summary(_ settings: SummarySettings, bluestSky: Double? = nil, now: Date)
        throws(ConversionError) -> (name: String, text: String)
    {
        guard let pictures else { throw .notFromSummary }
        let clear = pictures.filter { row in
            guard let bluestSky, let colors = row.colors, let lowest = colors.blue.quantiles.first else { return true }
            return lowest <= bluestSky
        }
        let rows = SummaryProduct.rows(from: clear, settings)
        guard !rows.isEmpty else { throw .empty }
        return (
            SummaryFile.name(site: site, vegetationType: vegetationType, roiID: roiID, days: settings.days),
            SummaryFile.text(
                site: site, vegetationType: vegetationType, roiID: roiID, location: location, utcOffset: utcOffset,
                settings: settings, rows: rows, created: now, updated: now)
        )
    }

    /// The seasons of the green series that the file has, by the names of `TransitionDatesFile.seriesNames`.
    public func seasons(_ settings: SummarySettings = .threeDays) throws(ConversionError) -> [String: Season] {
        if let pictures {
            try PhenoCamSource.checkDensity(of: pictures.map(\.time.day))
            return TransitionDatesFile.seasons(of: SummaryProduct.rows(from: pictures, settings), days: settings.days)
        }
        var days: [Day] = []
        do {
            for row in table.rows { days.append(try row.date()) }
        } catch { throw .unreadable(error) }
        try PhenoCamSource.checkDensity(of: days)
        var seasons: [String: Season] = [:]
        for name in TransitionDatesFile.seriesNames where table.columns.contains(name) {
            var points: [SeriesPoint] = []
            do {
                for (day, row) in zip(days, table.rows) {
                    points.append(SeriesPoint(day: day, value: try row.number(name)))
                }
            } catch { throw .unreadable(error) }
            seasons[name] = Season(points, stepInDays: stepInDays)
        }
        guard !seasons.isEmpty else { throw .unreadable(.missingColumn("gcc_90")) }
        return seasons
    }

    /// Days that a series may cover for each of its rows, and that any series may cover: monthly rows are 30 days apart.
    private static let mostDaysARow = 62, freeDays = 1100

    private static func checkDensity(of days: [Day]) throws(ConversionError) {
        guard let first = days.min(), let last = days.max(), last - first > freeDays,
            last - first > mostDaysARow * days.count
        else { return }
        throw .scattered(first: first, last: last, rows: days.count)
    }

    /// The transition dates file.
    public func transitions(_ seasons: [String: Season], now: Date) -> (name: String, text: String) {
        (
            TransitionDatesFile.name(site: site, vegetationType: vegetationType, roiID: roiID, days: stepInDays),
            TransitionDatesFile.text(
                site: site, vegetationType: vegetationType, roiID: roiID, days: stepInDays, seasons: seasons,
                utcOffset: utcOffset, updated: now)
        )
    }
}
