import ArgumentParser
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show one plot: state, growth line, open flags, advice, the pictures behind them. 看一块地。",
        discussion: HelpText.discussion(
            """
            With --appeared it answers when what is seen in an outline first appeared: the archive's pictures are compared \
            with its oldest, light explained. Nothing is stored.
            """,
            examples: [
                "plotwatch inspect village p1", "plotwatch inspect village b2 --at 2024-05-20",
                "plotwatch inspect village b2 --open",
                "plotwatch inspect village b2 --appeared \"901,370 909,247 1259,292 1198,437\"",
            ],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: ArgumentHelp("The plot.", valueName: "plot"))
    var plot: String
    @Option(help: ArgumentHelp("As it was known at this day (whole) or moment.", valueName: "time"))
    var at: String?
    @Flag(name: .customLong("open"), help: "Also open the newest picture in this machine's viewer (xdg-open).")
    var opensPicture = false
    @Option(
        help: ArgumentHelp(
            "When did what is in this outline first appear? Corners in pixels of the reference picture.",
            valueName: "x,y x,y …"))
    var appeared: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        let plot = try open.site.asked(plot: plot)
        let end = try open.clock.end(at, option: "--at")
        if let appeared { return try tellAppearance(of: appeared, on: plot, open, until: end) }
        let assembly = try ReportAssembly(open: open, models: Machine.models(for: open.site), since: nil, until: end)
        let inspection = try assembly.inspection(of: plot, at: end ?? (try assembly.latest) ?? Machine.now)
        if output.json {
            Console.print(JSONDocuments.inspect(inspection, clock: open.clock))
        } else {
            Console.print(open.forms.inspect(inspection, site: open.site))
        }
        guard opensPicture else { return }
        guard !open.site.seesRoom(plot.camera) else {
            throw Problem(zh: "室内摄像头的照片不显示", en: "pictures of a camera inside a room are not shown")
        }
        guard let newest = inspection.captures.first else {
            throw Problem(zh: "没有可打开的照片", en: "there is no picture to open")
        }
        try PictureViewer.open((open.site.archive as NSString).appendingPathComponent(newest.path))
    }

    private func tellAppearance(of polygon: String, on plot: Plot, _ open: OpenSite, until: Date?) throws {
        let outline = try CompareCommand.outline(polygon, option: "--appeared")
        guard let camera = open.site.camera(plot.camera) else { return }
        guard !open.site.seesRoom(plot.camera) else {
            throw Problem(
                zh: "--appeared 用来查建筑，室内摄像头不适用",
                en: "--appeared is for what is built; it is not answered for a camera inside a room")
        }
        let appearance = try FirstAppearance(
            camera: camera, site: open.site, store: open.store, models: Machine.models(for: open.site)
        ).find(outline, plot: plot.id, until: until)
        if output.json {
            Console.print(JSONDocuments.appearance(appearance, clock: open.clock, language: open.site.language))
        } else {
            Console.print(open.forms.appearance(appearance))
        }
    }
}
