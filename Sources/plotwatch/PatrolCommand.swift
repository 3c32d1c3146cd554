import ArgumentParser
import Decoding
import Detection
import Files
import Foundation
import Inspection
import Reporting
import Village

struct PatrolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patrol", abstract: "Compare two drone flights picture by picture and plot by plot. 无人机巡查。",
        discussion: HelpText.discussion(
            """
            Each picture of the earlier flight is matched with the one of the later that lies near it, by the positions in \
            the files, and shows the same; both are compared as `compare` does. Without positions all are compared by \
            content. The result is GeoJSON: a point for each picture, and with --plots a polygon for each plot with the \
            pictures taken over it. A lead for somebody to look, not proof.
            """,
            examples: [
                "plotwatch patrol flights/0301 flights/0601 --out changes.geojson",
                "plotwatch patrol old new --plots plots.geojson --out changes.geojson",
                "plotwatch patrol old new --within 15 --masks masks --json",
            ], statuses: [.done, .couldNotRun, .usage, .someUnusable]))

    @Argument(help: ArgumentHelp("The folder of the earlier flight.", valueName: "before"))
    var before: String
    @Argument(help: ArgumentHelp("The folder of the later flight.", valueName: "after"))
    var after: String
    @Option(help: ArgumentHelp("Write the GeoJSON to this file.", valueName: "path"))
    var out: String?
    @Option(help: ArgumentHelp("Plots as GeoJSON polygons in degrees.", valueName: "geojson"))
    var plots: String?
    @Option(help: ArgumentHelp("Metres up to which two pictures may be of one place.", valueName: "metres"))
    var within = Patrol.usualReach
    @Option(help: ArgumentHelp("Write the change mask of each pair into this folder.", valueName: "folder"))
    var masks: String?
    @OptionGroup var language: LanguageOption
    @OptionGroup var output: JSONOption

    func validate() throws {
        if !Patrol.reaches.contains(within) { throw ValidationError("--within must be from 0.1 to 5000 metres.") }
    }

    func run() throws {
        let map = try plots.map { try PatrolPlots(path: $0) }
        let models = try Machine.modelsFolder(), kernels = try Machine.kernels()
        let flights = [try PatrolFlight(folder: before), try PatrolFlight(folder: after)]
        var isPartial = false
        for flight in flights {
            for file in flight.unusable {
                Console.say("plotwatch: \(file.path): \(file.reason)")
                isPartial = true
            }
        }
        if let masks { try FileManager.default.createDirectory(atPath: masks, withIntermediateDirectories: true) }
        let match = PatrolMatch(before: flights[0], after: flights[1], within: within)
        var rows: [PatrolView.Row] = []
        for (k, pair) in match.pairs.enumerated() {
            var row = PatrolView.Row(pair: .init(pair))
            if let later = pair.after {
                do {
                    let comparison = try PairComparison(
                        before: pair.before.path, after: later.path, inside: nil, models: models, kernels: kernels)
                    row.change = PictureChange(comparison.change)
                    for warning in comparison.warnings {
                        Console.say("plotwatch: \(warning)")
                        isPartial = true
                    }
                    if let masks {
                        let name = "\(masks)/\(k + 1).png"
                        try WholeFile.write(Encoder.png(comparison.change.mask), to: name)
                        row.mask = name
                    }
                } catch let failure as InspectionFailure {
                    row.change = PictureChange(failure: failure)
                    Console.say(failure.lines)
                    isPartial = true
                }
            }
            rows.append(row)
        }
        let view = PatrolView(rows: rows, alone: match.alone.map(\.name), plots: map?.plots ?? [])
        let document = view.geoJSON()
        if let out { try WholeFile.write((document + "\n").utf8, to: out) }
        Console.print(output.json ? document : view.text(language: language.language))
        if isPartial { throw ExitStatus.someUnusable }
    }
}
