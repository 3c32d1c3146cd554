import Foundation
import Village

/// The summary files `<site>_<TYPE>_<NNNN>_1day.csv` and `_3day.csv`.
public enum SummaryFile {
    public static let columns = [
        "date", "year", "doy", "image_count", "midday_filename", "midday_r", "midday_g", "midday_b", "midday_gcc",
        "midday_rcc",
        "r_mean", "r_std", "g_mean", "g_std", "b_mean", "b_std", "gcc_mean", "gcc_std", "gcc_50", "gcc_75", "gcc_90",
        "rcc_mean",
        "rcc_std", "rcc_50", "rcc_75", "rcc_90", "max_solar_elev", "snow_flag", "outlierflag_gcc_mean",
        "outlierflag_gcc_50",
        "outlierflag_gcc_75", "outlierflag_gcc_90",
    ]

    /// `harvard_DB_0001_3day.csv`.
    public static func name(site: String, vegetationType: String, roiID: Int, days: Int) -> String {
        "\(site)_\(vegetationType)_\(PhenoCamHeader.identifier(roiID))_\(days)day.csv"
    }

    /// The file as `vegindex` 0.10.2 writes it; its words "product timeseries" are joined, unlike those of published
    /// files.
    ///
    /// - Parameter utcOffset: hours ahead of Greenwich, without daylight saving; also the clock of `created` and
    ///   `updated`.
    public static func text(
        site: String, vegetationType: String, roiID: Int, location: Location?, utcOffset: Double,
        settings: SummarySettings,
        rows: [SummaryRow], created: Date, updated: Date
    ) -> String {
        var lines = ["#", "# \(settings.days)-day summary product timeseries for \(site)", "#"]
        lines += PhenoCamHeader.site(site, vegetationType: vegetationType, roiID: roiID)
        lines += PhenoCamHeader.place(location, utcOffset: utcOffset)
        lines += [
            "# Image Count Threshold: \(settings.imageCountThreshold)", "# Aggregation Period: \(settings.days)",
            "# Solar Elevation Min: \(settings.minimumSolarElevation)",
            "# Time of Day Min: \(LocalTime.clock(settings.timeOfDay.lowerBound))",
            "# Time of Day Max: \(LocalTime.clock(settings.timeOfDay.upperBound))",
            "# ROI Brightness Min: \(settings.brightness.lowerBound)",
            "# ROI Brightness Max: \(settings.brightness.upperBound)",
        ]
        lines += PhenoCamHeader.dates(
            created: LocalTime(created, utcOffset: utcOffset), updated: LocalTime(updated, utcOffset: utcOffset))
        lines += ["#", columns.joined(separator: ",")]
        lines += rows.sorted { $0.date < $1.date }.map { line($0) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One row without its line end. A row below the image count threshold has its midday values in full digits, as
    /// `vegindex` has.
    public static func line(_ row: SummaryRow) -> String {
        var fields = [
            row.date.description, String(row.date.components.year), String(row.date.dayOfYear), String(row.imageCount),
        ]
        let complete = row.statistics != nil
        let number = { (value: Double) in complete ? PhenoCamNumber.fixed(value) : "\(value)" }
        if let midday = row.midday {
            fields.append(midday.fileName)
            fields += [midday.red, midday.green, midday.blue, midday.gcc, midday.rcc].map(number)
        } else {
            fields += ["None"] + Array(repeating: PhenoCamNumber.absent, count: 5)
        }
        if let s = row.statistics {
            fields += [s.red, s.green, s.blue].flatMap { [$0.mean, $0.deviation] }.map(number)
            fields += [s.gcc, s.rcc].flatMap { [$0.mean, $0.deviation, $0.median, $0.quantile75, $0.quantile90] }.map(
                number)
        } else {
            fields += Array(repeating: PhenoCamNumber.absent, count: 16)
        }
        fields.append(row.maximumSolarElevation.map(number) ?? PhenoCamNumber.absent)
        let flags = row.outlierFlags
        fields += [row.snowFlag, flags.gccMean, flags.gcc50, flags.gcc75, flags.gcc90].map { PhenoCamNumber.field($0) }
        return fields.joined(separator: ",")
    }

    /// The rows of a file. Values of an interval without pictures, and of one that the file leaves incomplete, are
    /// absent.
    public static func rows(in text: String) throws(PhenoCamFileError) -> [SummaryRow] {
        var rows: [SummaryRow] = []
        for row in try PhenoCamTable(text).rows { rows.append(try SummaryRow(row)) }
        return rows
    }

    /// One column over time, of any PhenoCam file that has dates.
    public static func series(_ column: String, in text: String) throws(PhenoCamFileError) -> [SeriesPoint] {
        let table = try PhenoCamTable(text)
        guard table.columns.contains(column) else { throw .missingColumn(column) }
        var points: [SeriesPoint] = []
        for row in table.rows { points.append(SeriesPoint(day: try row.date(), value: try row.number(column))) }
        return points
    }
}

extension SummaryRow {
    init(_ row: PhenoCamTable.Row) throws(PhenoCamFileError) {
        date = try row.date()
        guard let count = try row.integer("image_count") else { throw .missingColumn("image_count") }
        imageCount = count
        if count > 0, let name = row.text("midday_filename"), let r = try row.number("midday_r"),
            let g = try row.number("midday_g"),
            let b = try row.number("midday_b"), let gcc = try row.number("midday_gcc"),
            let rcc = try row.number("midday_rcc")
        {
            midday = Midday(fileName: name, red: r, green: g, blue: b, gcc: gcc, rcc: rcc)
        }
        if count > 0, let red = try Spread("r", row), let green = try Spread("g", row), let blue = try Spread("b", row),
            let gcc = try Distribution("gcc", row), let rcc = try Distribution("rcc", row)
        {
            statistics = Statistics(red: red, green: green, blue: blue, gcc: gcc, rcc: rcc)
        }
        maximumSolarElevation = try row.number("max_solar_elev")
        snowFlag = try row.integer("snow_flag")
        outlierFlags.gccMean = try row.integer("outlierflag_gcc_mean")
        outlierFlags.gcc50 = try row.integer("outlierflag_gcc_50")
        outlierFlags.gcc75 = try row.integer("outlierflag_gcc_75")
        outlierFlags.gcc90 = try row.integer("outlierflag_gcc_90")
    }
}

extension SummaryRow.Spread {
    init?(_ name: String, _ row: PhenoCamTable.Row) throws(PhenoCamFileError) {
        guard let mean = try row.number("\(name)_mean"), let deviation = try row.number("\(name)_std") else {
            return nil
        }
        self.init(mean: mean, deviation: deviation)
    }
}

extension SummaryRow.Distribution {
    init?(_ name: String, _ row: PhenoCamTable.Row) throws(PhenoCamFileError) {
        guard let mean = try row.number("\(name)_mean"), let deviation = try row.number("\(name)_std"),
            let median = try row.number("\(name)_50"), let q75 = try row.number("\(name)_75"),
            let q90 = try row.number("\(name)_90")
        else { return nil }
        self.init(mean: mean, deviation: deviation, median: median, quantile75: q75, quantile90: q90)
    }
}
