import Foundation
import Village

/// What is known of one plot in one picture, before it is written into a `roistats` file.
public struct RoistatsInput: Sendable, Equatable {
    public var at: Date
    /// Without folders.
    public var fileName: String
    /// Degrees, refraction included; see `SolarPosition`.
    public var solarElevation: Double?
    public var exposure: Int?
    /// 1 where automatic white balance was on.
    public var awbFlag: Int?
    /// Counts the masks of the ROI list from 1.
    public var maskIndex: Int
    /// `nil` where the picture is too dark or too bright to be measured.
    public var statistics: ColorStatistics?

    public init(
        at: Date, fileName: String, solarElevation: Double?, exposure: Int? = nil, awbFlag: Int? = nil,
        maskIndex: Int = 1,
        statistics: ColorStatistics?
    ) {
        self.at = at
        self.fileName = fileName
        self.solarElevation = solarElevation
        self.exposure = exposure
        self.awbFlag = awbFlag
        self.maskIndex = maskIndex
        self.statistics = statistics
    }
}

/// One row of a `roistats` file: the values that a reader of the file gets, so with five decimals and no more.
///
/// Summaries are made from these, not from unrounded measurements, because `vegindex` makes them from the file.
public struct RoistatsRow: Sendable, Equatable {
    /// Local standard time.
    public var time: LocalTime
    public var fileName: String
    public var solarElevation: Double?
    public var exposure: Int?
    public var awbFlag: Int?
    public var maskIndex: Int?
    public var gcc: Double?
    public var rcc: Double?
    public var colors: Colors?

    /// The three channels; correlations are NaN where a channel is constant and `nil` where the file has none.
    public struct Colors: Sendable {
        public var red: ChannelStatistics
        public var green: ChannelStatistics
        public var blue: ChannelStatistics
        public var redGreenCorrelation: Double?
        public var greenBlueCorrelation: Double?
        public var blueRedCorrelation: Double?

        /// R + G + B of the means.
        public var brightness: Double { red.mean + green.mean + blue.mean }
    }

    /// - Parameter utcOffset: hours that the camera's clock is ahead of Greenwich.
    public init(_ input: RoistatsInput, utcOffset: Double) {
        time = LocalTime(input.at, utcOffset: utcOffset)
        fileName = input.fileName
        solarElevation = input.solarElevation.map { PhenoCamNumber.rounded($0) }
        exposure = input.exposure
        awbFlag = input.awbFlag
        maskIndex = input.maskIndex
        gcc = input.statistics?.mean.gcc.map { PhenoCamNumber.rounded($0) }
        rcc = input.statistics?.mean.rcc.map { PhenoCamNumber.rounded($0) }
        colors = input.statistics.map { Colors($0) }
    }

    init(_ row: PhenoCamTable.Row) throws(PhenoCamFileError) {
        guard let clock = row.text("local_std_time") else { throw .missingColumn("local_std_time") }
        guard let second = LocalTime.seconds(clock) else {
            throw .unreadableField(line: row.line, column: "local_std_time", text: clock)
        }
        guard let file = row.text("filename") else { throw .missingColumn("filename") }
        time = LocalTime(day: try row.date(), second: second)
        fileName = file
        solarElevation = try row.number("solar_elev")
        exposure = try row.integer("exposure")
        awbFlag = try row.integer("awbflag")
        maskIndex = try row.integer("mask_index")
        gcc = try row.number("gcc")
        rcc = try row.number("rcc")
        colors = try Colors(row)
    }
}

extension RoistatsRow.Colors: Equatable {
    /// Two correlations that are both NaN count as the same.
    public static func == (a: Self, b: Self) -> Bool {
        let same = { (x: Double?, y: Double?) in x == y || (x?.isNaN == true && y?.isNaN == true) }
        return a.red == b.red && a.green == b.green && a.blue == b.blue
            && same(a.redGreenCorrelation, b.redGreenCorrelation)
            && same(a.greenBlueCorrelation, b.greenBlueCorrelation) && same(a.blueRedCorrelation, b.blueRedCorrelation)
    }

    init(_ statistics: ColorStatistics) {
        red = Self.rounded(statistics.red)
        green = Self.rounded(statistics.green)
        blue = Self.rounded(statistics.blue)
        redGreenCorrelation = PhenoCamNumber.rounded(statistics.redGreenCorrelation)
        greenBlueCorrelation = PhenoCamNumber.rounded(statistics.greenBlueCorrelation)
        blueRedCorrelation = PhenoCamNumber.rounded(statistics.blueRedCorrelation)
    }

    private static func rounded(_ channel: ChannelStatistics) -> ChannelStatistics {
        ChannelStatistics(
            mean: PhenoCamNumber.rounded(channel.mean), deviation: PhenoCamNumber.rounded(channel.deviation),
            quantiles: channel.quantiles.map { PhenoCamNumber.rounded($0, 0) })
    }

    /// `nil` where the row has no channel means.
    init?(_ row: PhenoCamTable.Row) throws(PhenoCamFileError) {
        guard let red = try Self.channel("r", row), let green = try Self.channel("g", row),
            let blue = try Self.channel("b", row)
        else {
            return nil
        }
        self.red = red
        self.green = green
        self.blue = blue
        redGreenCorrelation = try row.numberOrNaN("r_g_correl")
        greenBlueCorrelation = try row.numberOrNaN("g_b_correl")
        blueRedCorrelation = try row.numberOrNaN("b_r_correl")
    }

    private static func channel(_ name: String, _ row: PhenoCamTable.Row) throws(PhenoCamFileError)
        -> ChannelStatistics?
    {
        guard let mean = try row.number("\(name)_mean"), let deviation = try row.number("\(name)_std") else {
            return nil
        }
        var quantiles: [Double] = []
        for percent in RoistatsFile.percents {
            guard let value = try row.number("\(name)_\(percent)_qtl") else { return nil }
            quantiles.append(value)
        }
        return ChannelStatistics(mean: mean, deviation: deviation, quantiles: quantiles)
    }
}
