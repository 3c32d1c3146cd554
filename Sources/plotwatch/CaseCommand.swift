import ArgumentParser
import Casework
import ConfigurationFiles
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct CaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case", abstract: "Keep the ledger of cases: who sees to what, by when, and how it ended. 案件台账。",
        discussion: HelpText.discussion(
            """
            A case goes 发现 found, 研判 assessed, 派单 dispatched, 核查 checked, 处置 handled, 复核 reviewed, 销号 closed; \
            or leaves as falseAlarm 误报, permitted 已批, handedOver 移送; reshoot 补拍 waits for new pictures. Every act \
            is kept in the journal. Also written plotwatch case SITE list.
            """,
            examples: [
                "plotwatch case list village", "plotwatch case open village --flag cam-1 --by 王",
                "plotwatch case move village 2024-0001 assessed --by 王",
                "plotwatch case assign village 2024-0001 李 --by 王", "plotwatch case worklist village --out lists",
                "plotwatch case overdue village --json",
            ], statuses: [.done, .couldNotRun, .usage]),
        subcommands: [
            CaseList.self, CaseShow.self, CaseOpen.self, CaseAssign.self, CaseMove.self, CaseDue.self, CaseClose.self,
            CaseNote.self, CaseHold.self, CaseOverdue.self, CaseExport.self, CaseWorklist.self, CaseSearch.self,
            CaseRetention.self,
        ],
        defaultSubcommand: CaseList.self)

    /// `case SITE list …` means `case list SITE …`.
    static func reordered(_ words: [String]) -> [String] {
        guard words.count > 2, words[0] == "case", !words[1].hasPrefix("-") else { return words }
        let names = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !names.contains(words[1]), names.contains(words[2]) else { return words }
        return ["case", words[2], words[1]] + words.dropFirst(3)
    }
}

/// A site's ledger, ready to be asked.
struct OpenLedger {
    let open: OpenSite
    let ledger: CaseLedger

    init(_ arguments: SiteArguments, access: Store.Access) throws {
        open = try OpenSite(arguments, access: access)
        ledger = CaseLedger(
            site: open.site, clock: open.clock, store: open.store, rules: try Machine.caseworkRules(for: open.site))
    }

    var today: Day { open.clock.day(of: Machine.now) }

    func show(_ file: Case, json: Bool) throws {
        let history = try ledger.history(file.number)
        let next = CaseStages.next(after: file.stage, kind: file.kind)
        Console.print(
            json
                ? JSONDocuments.file(file, history: history, next: next, today: today, clock: open.clock)
                : open.forms.file(file, history: history, next: next, today: today))
    }

    func list(_ cases: [Case], json: Bool) {
        Console.print(
            json
                ? JSONDocuments.cases(cases, today: today, clock: open.clock)
                : open.forms.cases(cases, today: today))
    }
}

/// `--by`, `--note`, `--json` of everything that is done to a case.
struct CaseAct: ParsableArguments {
    @Option(help: ArgumentHelp("Who does it, in a short label.", valueName: "label"))
    var by: String
    @Option(help: ArgumentHelp("What else is to be said.", valueName: "text"))
    var note: String?
    @OptionGroup var output: JSONOption

    static func day(_ text: String?, option: String) throws -> Day? {
        guard let text else { return nil }
        guard let day = Day(text) else {
            throw Problem(
                zh: "\(option) \(text)：请写日期，例如 2024-05-01", en: "\(option) \(text): write a day such as 2024-05-01",
                status: .usage)
        }
        return day
    }
}

extension Case.Stage: ExpressibleByArgument {}
extension Case.Kind: ExpressibleByArgument {}
