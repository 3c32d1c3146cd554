import ArgumentParser
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct ReadingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readings", abstract: "Write the measured series. 测得的数据。",
        discussion: HelpText.discussion(
            """
            The PhenoCam forms are the files that vegindex writes, for one plot at a time; with --out FOLDER for every plot, \
            each under its PhenoCam name. phenocam-transitions is phenocamr's file of season dates: the days on which 10, 25 and \
            50 % of greening and fading are passed.
            """,
            examples: [
                "plotwatch readings village --plot p1",
                "plotwatch readings village --plot p1 --format json",
                "plotwatch readings village --format phenocam-3day --out phenocam/",
            ], statuses: [.done, .couldNotRun, .usage]))

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case csv, json
        case roistats = "phenocam-roistats"
        case oneDay = "phenocam-1day"
        case threeDays = "phenocam-3day"
        case transitions = "phenocam-transitions"
    }

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("Only this plot.", valueName: "id"))
    var plot: String?
    @Option(help: "csv, json, phenocam-roistats, phenocam-1day, phenocam-3day or phenocam-transitions.")
    var format: Format = .csv
    @Option(help: ArgumentHelp("Write here instead of to stdout.", valueName: "path"))
    var out: String?
    @Flag(help: "The same as --format json.")
    var json = false

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        if let plot { _ = try open.site.asked(plot: plot) }
        let format = json ? .json : self.format
        switch format {
        case .csv: try stream(open, head: CSVDocuments.readingsTable.header) { CSVDocuments.row($0, clock: open.clock) }
        case .json:
            var writer = JSONListWriter(kind: "readings", list: "readings")
            try stream(open, head: "", tail: { writer.end() }) {
                writer.next(JSONDocuments.reading($0, clock: open.clock))
            }
        case .roistats: try phenoCam(open, .roistats)
        case .oneDay: try phenoCam(open, .oneDay)
        case .threeDays: try phenoCam(open, .threeDays)
        case .transitions: try phenoCam(open, .transitions)
        }
    }

    private func stream(_ open: OpenSite, head: String, tail: () -> String = { "" }, _ row: (Reading) -> String) throws
    {
        let sink = try Sink(path: out)
        try sink.write(head)
        try open.store.forEachReading(Selection(plot: plot)) { try sink.write(row($0)) }
        try sink.write(tail())
        try sink.close()
    }

    private func phenoCam(_ open: OpenSite, _ form: PhenoCamExport.Form) throws {
        let plots = plot.map { [$0] } ?? open.site.plots.map(\.id)
        var isFolder: ObjCBool = false
        let outIsFolder = out.map {
            FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && isFolder.boolValue
                || $0.hasSuffix("/")
        }
        guard plots.count == 1 || outIsFolder == true else {
            throw Problem(
                zh: "PhenoCam 文件一个只放一块地：请用 --plot 指明，或给 --out 一个文件夹",
                en: "PhenoCam files hold one plot each: name it with --plot, or give --out a folder",
                status: .usage)
        }
        if outIsFolder == true, let out {
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        }
        for plot in plots {
            guard let plot = open.site.plot(plot) else { continue }
            let export = try PhenoCamExport(
                site: open.site, plot: plot, store: open.store, clock: open.clock, now: Machine.now)
            let (name, text) = export.file(form)
            let path = outIsFolder == true ? out.map { ($0 as NSString).appendingPathComponent(name) } : out
            let sink = try Sink(path: path)
            try sink.write(text)
            try sink.close()
        }
    }
}
