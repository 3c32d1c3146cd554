import ArgumentParser
import Foundation
import Reporting
import Series
import Village

struct PhenoCamCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phenocam",
        abstract: "Turn a PhenoCam file into summaries or season dates; no site needed. PhenoCam 数据。",
        discussion: HelpText.discussion(
            """
            Reads a roistats, 1-day or 3-day CSV in PhenoCam's form and writes what follows from it: the summaries as vegindex \
            makes them, or the days on which 10, 25 and 50 % of the greening and fading are passed, with their 95 % band, as \
            phenocamr writes them. Evergreen plots have flushes instead (--json).
            """,
            examples: [
                "plotwatch phenocam harvard_DB_0001_roistats.csv --to 3day",
                "plotwatch phenocam harvard_DB_0001_3day.csv",
                "plotwatch phenocam p1_3day.csv --json",
            ], statuses: [.done, .couldNotRun, .usage]))

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case oneDay = "1day"
        case threeDays = "3day"
        case transitions
    }

    @Argument(help: ArgumentHelp("A roistats, 1-day or 3-day file.", valueName: "file"))
    var file: String
    @Option(help: "1day, 3day or transitions.")
    var to: Form = .transitions
    @Option(
        help: ArgumentHelp(
            "Leave out pictures with a lower Sun: 10 now, 5 in PhenoCam's files before 2017.", valueName: "degrees"))
    var sunAbove: Double = SummarySettings.threeDays.minimumSolarElevation
    @Option(
        help: ArgumentHelp(
            "Leave out pictures whose blue 5 % quantile is above: 90 in PhenoCam's 1-day files before 2017.",
            valueName: "level"))
    var blueBelow: Double?
    @Option(help: ArgumentHelp("Write here instead of to stdout.", valueName: "path"))
    var out: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Problem(
                zh: "\(file) 读不了：请检查文件名和权限", en: "\(file) cannot be read: check the name and the permissions")
        }
        let text = String(decoding: data, as: UTF8.self)
        do {
            let source = try PhenoCamSource(text)
            switch to {
            case .oneDay, .threeDays:
                guard !output.json else {
                    throw Problem(
                        zh: "--json 只能和 --to transitions 一起用", en: "--json goes with --to transitions only",
                        status: .usage)
                }
                var settings: SummarySettings = to == .oneDay ? .oneDay : .threeDays
                settings.minimumSolarElevation = sunAbove
                try write(source.summary(settings, bluestSky: blueBelow, now: Machine.now).text)
            case .transitions:
                var settings = SummarySettings.threeDays
                settings.minimumSolarElevation = sunAbove
                let seasons = try source.seasons(settings)
                try write(
                    output.json
                        ? JSONDocuments.seasons(seasons, names: TransitionDatesFile.seriesNames)
                        : source.transitions(seasons, now: Machine.now).text)
            }
        } catch let error as PhenoCamSource.ConversionError {
            throw Problem(zh: "\(file) 不是能用的 PhenoCam 文件：\(error.message)", en: "\(file): \(error.message)")
        }
    }

    private func write(_ text: String) throws {
        let sink = try Sink(path: out)
        try sink.write(text)
        try sink.close()
    }
}
