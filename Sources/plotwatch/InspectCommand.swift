import ArgumentParser
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show one plot: state, growth line, open flags, advice, the pictures behind them.",
        discussion: HelpText.discussion(
            examples: [
                "plotwatch inspect village p1", "plotwatch inspect village b2 --at 2024-05-20",
                "plotwatch inspect village b2 --open",
            ],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: ArgumentHelp("The plot.", valueName: "plot"))
    var plot: String
    @Option(help: ArgumentHelp("As it was known at this day (whole) or moment.", valueName: "time"))
    var at: String?
    @Flag(name: .customLong("open"), help: "Also open the newest picture in this machine's viewer (xdg-open).")
    var opensPicture = false
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        guard let plot = open.site.plot(plot) else {
            throw Problem(
                message:
                    "the site has no plot \(self.plot); it has \(open.site.plots.map(\.id).joined(separator: ", "))",
                status: .usage)
        }
        let end = try open.clock.end(at, option: "--at")
        let assembly = try ReportAssembly(open: open, models: Machine.models(for: open.site), since: nil, until: end)
        let inspection = try assembly.inspection(of: plot, at: end ?? (try assembly.latest) ?? Machine.now)
        if output.json {
            Console.print(JSONDocuments.inspect(inspection, clock: open.clock))
        } else {
            Console.print(open.forms.inspect(inspection, site: open.site))
        }
        guard opensPicture else { return }
        guard !open.site.seesRoom(plot.camera) else {
            throw Problem(message: "pictures of a camera inside a room are not shown")
        }
        guard let newest = inspection.captures.first else { throw Problem(message: "there is no picture to open") }
        try PictureViewer.open((open.site.archive as NSString).appendingPathComponent(newest.path))
    }
}
