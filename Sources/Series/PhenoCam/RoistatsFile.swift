import Foundation
import Village

/// The per-picture file `<site>_<TYPE>_<NNNN>_roistats.csv`.
public enum RoistatsFile {
    static let percents = [5, 10, 25, 50, 75, 90, 95]

    private static let channelColumns = ["r", "g", "b"].flatMap { name in
        ["\(name)_mean", "\(name)_std"] + percents.map { "\(name)_\($0)_qtl" }
    }

    /// The columns that are written.
    public static let columns =
        ["date", "local_std_time", "doy", "filename", "solar_elev", "exposure", "awbflag", "mask_index", "gcc", "rcc"]
        + channelColumns
        + ["r_g_correl", "g_b_correl", "b_r_correl"]

    /// `harvard_DB_0001_roistats.csv`.
    public static func name(site: String, vegetationType: String, roiID: Int) -> String {
        "\(site)_\(vegetationType)_\(PhenoCamHeader.identifier(roiID))_roistats.csv"
    }

    /// The file as `vegindex` 0.10.2 writes it, rows sorted by time (those of one second keep their order).
    ///
    /// - Parameters:
    ///   - roiID: at most four digits, written with leading zeros.
    ///   - utcOffset: hours ahead of Greenwich, without daylight saving; also the clock of `created` and `updated`.
    public static func text(
        site: String, vegetationType: String, roiID: Int, location: Location?, utcOffset: Double, rows: [RoistatsRow],
        created: Date,
        updated: Date
    ) -> String {
        var lines = ["#", "# ROI color statistics timeseries for \(site)", "#"]
        lines += PhenoCamHeader.site(site, vegetationType: vegetationType, roiID: roiID)
        lines += PhenoCamHeader.place(location, utcOffset: utcOffset)
        lines += ["# Resize Flag: False", "# Version: 1"]
        lines += PhenoCamHeader.dates(
            created: LocalTime(created, utcOffset: utcOffset), updated: LocalTime(updated, utcOffset: utcOffset))
        lines += ["#", columns.joined(separator: ",")]
        lines += sorted(rows).map { line($0) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One row without its line end.
    ///
    /// - Parameter columns: those of an older file may be given, such as one without `awbflag`; unknown ones are
    ///   written `NA`.
    public static func line(_ row: RoistatsRow, columns: [String] = columns) -> String {
        var fields: [String: String] = [
            "date": row.time.day.description, "local_std_time": row.time.clock, "doy": String(row.time.day.dayOfYear),
            "filename": row.fileName, "solar_elev": PhenoCamNumber.field(row.solarElevation),
            "exposure": PhenoCamNumber.field(row.exposure), "awbflag": PhenoCamNumber.field(row.awbFlag),
            "mask_index": PhenoCamNumber.field(row.maskIndex), "gcc": PhenoCamNumber.field(row.gcc),
            "rcc": PhenoCamNumber.field(row.rcc),
        ]
        if let colors = row.colors {
            for (name, channel) in [("r", colors.red), ("g", colors.green), ("b", colors.blue)] {
                fields["\(name)_mean"] = PhenoCamNumber.fixed(channel.mean)
                fields["\(name)_std"] = PhenoCamNumber.fixed(channel.deviation)
                for (percent, value) in zip(percents, channel.quantiles) {
                    fields["\(name)_\(percent)_qtl"] = PhenoCamNumber.fixed(value, 0)
                }
            }
            fields["r_g_correl"] = PhenoCamNumber.field(colors.redGreenCorrelation)
            fields["g_b_correl"] = PhenoCamNumber.field(colors.greenBlueCorrelation)
            fields["b_r_correl"] = PhenoCamNumber.field(colors.blueRedCorrelation)
        }
        return columns.map { fields[$0] ?? PhenoCamNumber.absent }.joined(separator: ",")
    }

    /// The rows of a file, in its order; `NA`, `-9999` and nothing all mean that there is no value.
    public static func rows(in text: String) throws(PhenoCamFileError) -> [RoistatsRow] {
        var rows: [RoistatsRow] = []
        for row in try PhenoCamTable(text).rows { rows.append(try RoistatsRow(row)) }
        return rows
    }

    static func sorted(_ rows: [RoistatsRow]) -> [RoistatsRow] {
        rows.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }
}
