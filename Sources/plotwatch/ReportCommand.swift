import ArgumentParser
import Foundation
import Reporting
import Storage
import Village

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write a report that opens from a file: HTML, CSV, JSON, GeoJSON. 写报告。",
        discussion: HelpText.discussion(
            "index.html holds everything, pictures too: copy it to a USB stick, open it on a phone, print it on A4.",
            examples: [
                "plotwatch report village --out report",
                "plotwatch report village --out may --since 2024-05-01 --until 2024-05-31",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("The folder to write into; it is made where it is missing.", valueName: "folder"))
    var out: String
    @OptionGroup var period: PeriodOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        let (since, until) = try period.moments(open.clock)
        let assembly = try ReportAssembly(
            open: open, models: Machine.models(for: open.site), since: since, until: until)
        let contents = try assembly.contents(now: Machine.now, kernels: Machine.kernels().name)
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        var written: [String] = []
        func write(_ name: String, _ body: (Sink) throws -> Void) throws {
            let path = (out as NSString).appendingPathComponent(name)
            let sink = try Sink(path: path)
            try body(sink)
            try sink.close()
            written.append(path)
        }
        let selection = Selection(since: assembly.since, until: assembly.until)
        let clock = open.clock
        let cases = try open.store.caseNumbers()
        try write("index.html") { try $0.write(HTMLReport.render(contents)) }
        try write("flags.json") { try $0.write(JSONDocuments.flags(assembly.flags, cases: cases, clock: clock)) }
        try write("flags.csv") { try $0.write(CSVDocuments.flags(assembly.flags, cases: cases, clock: clock)) }
        try write("advice.json") {
            try $0.write(JSONDocuments.advice(assembly.advice, clock: clock, recipient: open.recipient))
        }
        try write("advice.csv") { try $0.write(CSVDocuments.advice(assembly.advice, clock: clock)) }
        try write("plots.geojson") { try $0.write(GeoJSONDocument.plots(contents.plots, site: open.site)) }
        try write("readings.csv") { sink in
            try sink.write(CSVDocuments.readingsTable.header)
            try open.store.forEachReading(selection) { try sink.write(CSVDocuments.row($0, clock: clock)) }
        }
        try write("readings.json") { sink in
            var writer = JSONListWriter(kind: "readings", list: "readings")
            try open.store.forEachReading(selection) {
                try sink.write(writer.next(JSONDocuments.reading($0, clock: clock)))
            }
            try sink.write(writer.end())
        }
        if open.site.plots.contains(where: { $0.kind == .fruit }) {
            try write("fruit.csv") {
                try $0.write(CSVDocuments.lots(contents.plots, language: open.site.language))
            }
            try write("fruit.json") { try $0.write(JSONDocuments.lots(contents.plots)) }
        }
        for patrol in open.site.patrols {
            guard let (_, view) = try DropAssembly(assembly: assembly).view(of: patrol) else { continue }
            try write("patrol-\(patrol.id).geojson") { try $0.write(view.geoJSON() + "\n") }
        }
        if !contents.points.isEmpty {
            let view = PointsView(
                accounts: contents.points,
                names: Dictionary(open.site.households.map { ($0.id, $0.name) }) { first, _ in first }, words: [:])
            try write("points.csv") { try $0.write(view.board(language: open.site.language)) }
            try write("points.json") { try $0.write(view.json(clock: clock)) }
        }
        try write("captures.csv") { sink in
            try sink.write(CSVDocuments.capturesTable.header)
            try open.store.forEachCapture(selection) { try sink.write(CSVDocuments.row($0, clock: clock)) }
        }
        try write("captures.json") { sink in
            var writer = JSONListWriter(kind: "captures", list: "captures")
            try open.store.forEachCapture(selection) {
                try sink.write(writer.next(JSONDocuments.capture($0, clock: clock)))
            }
            try sink.write(writer.end())
        }
        if output.json {
            Console.print(JSONDocuments.files("report", written))
        } else {
            Console.print(written.first ?? out)
        }
    }
}
