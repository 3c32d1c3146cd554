import ArgumentParser
import Casework
import Foundation
import Reporting
import Village

struct CaseList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List cases, oldest first. 列出案件。",
        discussion: HelpText.discussion(
            examples: ["plotwatch case list village --open", "plotwatch case list village --stage dispatched --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Flag(help: "Only those that have not ended.")
    var open = false
    @Option(help: "Only at this stage.")
    var stage: Case.Stage?
    @Option(help: "Only of this kind: construction, cleanup, police, appeal, other.")
    var kind: Case.Kind?
    @Option(help: ArgumentHelp("Only those of this grid member.", valueName: "label"))
    var assignee: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .read)
        let cases = try ledger.ledger.cases().filter {
            (!open || !$0.stage.isEnd) && (stage == nil || $0.stage == stage) && (kind == nil || $0.kind == kind)
                && (assignee == nil || $0.assignee == assignee)
        }
        ledger.list(cases, json: output.json)
    }
}

struct CaseOverdue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overdue", abstract: "List cases whose deadline has passed. 列出超期案件。",
        discussion: HelpText.discussion(
            "Deadlines are whole days; working days leave out weekends and the holidays of models/holidays.yaml.",
            examples: ["plotwatch case overdue village", "plotwatch case overdue village --on 2024-06-03 --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("As of this day instead of today.", valueName: "day"))
    var on: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .read)
        let day = try CaseAct.day(on, option: "--on") ?? ledger.today
        ledger.list(try ledger.ledger.cases().filter { $0.isOverdue(on: day) }, json: output.json)
    }
}

struct CaseShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one case: deadlines, next steps, everything that was done. 看一件案件。",
        discussion: HelpText.discussion(
            examples: ["plotwatch case show village 2024-0001"], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @OptionGroup var output: JSONOption

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .read)
        try ledger.show(ledger.ledger.file(number), json: output.json)
    }
}

struct CaseExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all cases as a spreadsheet (CSV) or JSON. 导出台账。",
        discussion: HelpText.discussion(
            examples: ["plotwatch case export village --csv --out cases.csv", "plotwatch case export village --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Flag(help: "CSV; the default.")
    var csv = false
    @Option(help: ArgumentHelp("A file instead of stdout.", valueName: "file"))
    var out: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        if csv, output.json { throw ValidationError("Choose one of --csv and --json.") }
        let ledger = try OpenLedger(siteArguments, access: .read)
        let cases = try ledger.ledger.cases()
        let clock = ledger.open.clock
        let sink = try Sink(path: out)
        try sink.write(
            output.json
                ? JSONDocuments.cases(cases, today: ledger.today, clock: clock)
                : CSVDocuments.cases(cases, today: ledger.today, clock: clock))
        try sink.close()
    }
}

struct CaseWorklist: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worklist", abstract: "Write each grid member's work list: a page for the phone, and CSV. 网格员任务单。",
        discussion: HelpText.discussion(
            "Cases that nobody sees to are in the list named unassigned. A page needs no network.",
            examples: [
                "plotwatch case worklist village --out lists", "plotwatch case worklist village --assignee 李 --json",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("Only this grid member.", valueName: "label"))
    var assignee: String?
    @Option(help: ArgumentHelp("The folder to write into; it is made where it is missing.", valueName: "folder"))
    var out: String?
    @OptionGroup var output: JSONOption

    func validate() throws {
        if out == nil, !output.json { throw ValidationError("Say where to: --out FOLDER, or --json.") }
    }

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .read)
        let cases = try ledger.ledger.cases().filter { file in
            !file.stage.isEnd && (assignee == nil || file.assignee == assignee)
        }
        guard let out else { return ledger.list(cases, json: true) }
        let assembly = try ReportAssembly(
            open: ledger.open, models: Machine.models(for: ledger.open.site), since: nil, until: nil)
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        var written: [String] = []
        for (member, files) in Dictionary(grouping: cases, by: \.assignee).sorted(by: {
            ($0.key ?? "") < ($1.key ?? "")
        }) {
            let items = try files.map { file in
                Worklist.Item(
                    file: file, pictures: try file.flag.flatMap { id in try assembly.pictures(ofFlag: id) },
                    next: CaseStages.next(after: file.stage, kind: file.kind),
                    lastNote: try ledger.ledger.history(file.number).last { $0.event.note != nil }?.event.note)
            }
            let name = member ?? (ledger.open.site.language == .zh ? "未指派" : "unassigned")
            let list = Worklist(site: ledger.open.site, assignee: name, today: ledger.today, items: items)
            for (ending, text) in [
                ("html", try WorklistPage.render(list)),
                ("csv", CSVDocuments.cases(list.items.map(\.file), today: ledger.today, clock: ledger.open.clock)),
            ] {
                let path = (out as NSString).appendingPathComponent(
                    "worklist-\(Self.fileName(member ?? "unassigned")).\(ending)")
                let sink = try Sink(path: path)
                try sink.write(text)
                try sink.close()
                written.append(path)
            }
        }
        Console.print(output.json ? JSONDocuments.files("worklist", written) : written.joined(separator: "\n"))
    }

    /// A label as part of a file name: letters and digits of any script, everything else as `_`.
    static func fileName(_ label: String) -> String {
        String(label.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
    }
}
