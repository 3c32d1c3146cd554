import ArgumentParser
import Reporting
import Storage
import Village

struct DecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Say of a flag what it is: confirmed, false alarm, permitted, unsure. 判定线索。",
        discussion: HelpText.discussion(
            """
            Every decision is kept; a later one stands in the place of an earlier one, and --undo takes the last one \
            back. Without a verdict the decisions taken so far are listed.
            """,
            examples: [
                "plotwatch decide village cam-1 --confirm --by 王",
                "plotwatch decide village cam-1 --reject shadow --by 王 --note 晒坝的影子",
                "plotwatch decide village cam-1 --permitted 乡字第2024-017号 --by 王",
                "plotwatch decide village cam-1 --undo --by 王",
                "plotwatch decide village cam-1 --json    # lists the decisions",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: ArgumentHelp("The flag's id.", valueName: "flag"))
    var flag: String
    @Flag(help: "It is what the flag claims.")
    var confirm = false
    @Option(
        help: ArgumentHelp(
            "A false alarm: \(Rejection.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "why"))
    var reject: Rejection?
    @Option(help: ArgumentHelp("A permit covers it.", valueName: "number"))
    var permitted: String?
    @Flag(help: "The pictures do not tell.")
    var unsure = false
    @Flag(help: "Take the decision that stands back.")
    var undo = false
    @Option(help: ArgumentHelp("Who decides, in a short label.", valueName: "label"))
    var by: String?
    @Option(help: ArgumentHelp("What else is to be said.", valueName: "text"))
    var note: String?
    @OptionGroup var output: JSONOption

    func validate() throws {
        let verdicts = [confirm, reject != nil, permitted != nil, unsure, undo].filter { $0 }.count
        if verdicts > 1 { throw ValidationError("Give one verdict.") }
        if verdicts == 1, by == nil { throw ValidationError("Say who decides: --by LABEL.") }
    }

    func run() throws {
        guard let by, let verdict = try verdict() else {
            let open = try OpenSite(siteArguments, access: .read)
            guard try open.store.flag(flag) != nil else { throw DecisionError.noSuchFlag(flag) }
            return show(try open.store.decisions(flag: flag), open: open)
        }
        let open = try OpenSite(siteArguments, access: .write)
        show([try open.store.decide(verdict, on: flag, by: by, at: Machine.now, note: note)], open: open)
    }

    private func verdict() throws -> Verdict? {
        if confirm { return .confirm }
        if let reject { return .reject(reject) }
        if let permitted { return .permitted(number: permitted) }
        if unsure { return .unsure }
        guard undo else { return nil }
        let open = try OpenSite(siteArguments, access: .read)
        guard let standing = try open.store.flag(flag)?.decision else {
            throw Problem(
                zh: "线索 \(flag) 没有可撤回的判定", en: "nothing was decided on \(flag) that could be taken back")
        }
        return .undo(of: standing.id)
    }

    private func show(_ decisions: [Decision], open: OpenSite) {
        if output.json {
            Console.print(JSONDocuments.decisions(decisions, clock: open.clock))
        } else {
            Console.print(open.forms.decisions(decisions))
        }
    }
}

extension Rejection: ExpressibleByArgument {}
extension Verdict.Kind: ExpressibleByArgument {}
