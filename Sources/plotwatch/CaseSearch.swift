import ArgumentParser
import Foundation
import Reporting
import Storage
import Village

struct CaseSearch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find the pictures of a place and a time, as the police ask for them. 按地点时间找照片。",
        discussion: HelpText.discussion(
            """
            Nobody is recognised: pictures are found by camera and time alone. --out seals the originals in one ZIP \
            file; with --share copies in which everything that moved is covered.
            """,
            examples: [
                "plotwatch case search village --camera cam --since 2024-06-03T08:00 --until 2024-06-03T10:00",
                "plotwatch case search village --plot b1 --since 2024-06-03 --until 2024-06-03 --out p.zip",
                "plotwatch case search village --village 平地坝村 --since 2024-06-03 --until 2024-06-04 --json",
            ], statuses: [.done, .couldNotRun, .usage]))

    /// Originals that one file may hold; more are asked for in parts.
    private static let mostOriginals = 2000

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("The camera.", valueName: "id"))
    var camera: String?
    @Option(help: ArgumentHelp("The camera that sees this plot.", valueName: "id"))
    var plot: String?
    @Option(help: ArgumentHelp("The cameras that see this household's plots.", valueName: "id"))
    var household: String?
    @Option(help: ArgumentHelp("The cameras that see plots of this village's households.", valueName: "name"))
    var village: String?
    @Option(help: ArgumentHelp("From this day or moment on.", valueName: "time"))
    var since: String
    @Option(help: ArgumentHelp("Up to this day (whole) or moment.", valueName: "time"))
    var until: String
    @Option(help: ArgumentHelp("Seal the pictures in this ZIP file.", valueName: "file"))
    var out: String?
    @Flag(help: "With --out: covered copies instead of originals.")
    var share = false
    @Option(help: ArgumentHelp("Who asks, in a short label.", valueName: "label"))
    var by: String = "plotwatch"
    @OptionGroup var output: JSONOption

    func validate() throws {
        if [camera, plot, household, village].compactMap({ $0 }).count > 1 {
            throw ValidationError("Give one place: --camera, --plot, --household or --village.")
        }
        if share, out == nil { throw ValidationError("--share goes with --out.") }
    }

    func run() throws {
        let open = try OpenSite(siteArguments, access: out == nil ? .read : .write)
        let cameras = try cameras(of: open.site)
        let from = try open.clock.moment(since, option: "--since")
        let end = try open.clock.end(until, option: "--until")
        let captures = try cameras.flatMap {
            try open.store.captures(Selection(camera: $0, since: from, until: end))
        }.filter { $0.sha256 != nil }
        guard let out else { return show(captures, open: open) }
        guard !captures.isEmpty else { throw Problem(zh: "那里那时没有照片", en: "no picture was taken there and then") }
        guard captures.count <= Self.mostOriginals else {
            throw Problem(
                zh: "\(captures.count) 张照片太多，一个文件放不下：请把时间缩短",
                en: "\(captures.count) pictures are too many for one file: ask for a shorter time")
        }
        let subject = "\(cameras.joined(separator: "+")) \(since) – \(until)"
        let package = try EvidenceAssembly(siteArguments, open: open, isShared: share).package(
            search: subject, captures: captures)
        try EvidenceWriting.write(package, to: out, open: open, by: by, json: output.json)
    }

    private func cameras(of site: Site) throws -> [String] {
        if let camera {
            return [try site.asked(camera: camera).id]
        }
        let plots = site.plots.filter { candidate in
            if let plot { return candidate.id == plot }
            if let household { return candidate.household == household }
            if let village { return candidate.household.flatMap { site.household($0)?.village } == village }
            return true
        }
        let isAnywhere = plot == nil && household == nil && village == nil
        let seen = isAnywhere ? Set(site.cameras.map(\.id)) : Set(plots.map(\.camera))
        guard !seen.isEmpty else {
            throw Problem(
                zh: "村庄文件里没有这个地方，或没有摄像头照到它", en: "the site has no such place, or no camera sees it",
                status: .usage)
        }
        return site.cameras.map(\.id).filter(seen.contains)
    }

    private func show(_ captures: [Capture], open: OpenSite) {
        if output.json {
            var writer = JSONListWriter(kind: "captures", list: "captures")
            for capture in captures { Console.emit(writer.next(JSONDocuments.capture(capture, clock: open.clock))) }
            return Console.emit(writer.end())
        }
        Console.emit(CSVDocuments.capturesTable.header)
        for capture in captures { Console.emit(CSVDocuments.row(capture, clock: open.clock)) }
    }
}
