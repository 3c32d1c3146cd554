import ArgumentParser
import Reporting
import Village

struct FlagsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flags", abstract: "List the flags with their evidence. 列出线索。",
        discussion: HelpText.discussion(
            """
            A flag is a lead, not proof: somebody has to go and look. Flags that were rejected, and those \
            of things that left again within days, are left out; --all shows them.
            """,
            examples: [
                "plotwatch flags village", "plotwatch flags village --status unauthorized --json",
                "plotwatch flags village --undecided", "plotwatch flags village --decision reject",
            ],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: "Only this status: unauthorized, permitted, unclear.")
    var status: Village.Flag.Status?
    @Option(help: "Only this kind: construction, livestock, activity, camera, growth.")
    var kind: Village.Flag.Kind?
    @Option(
        help: ArgumentHelp("Only where this verdict stands: confirm, reject, permitted, unsure.", valueName: "verdict"))
    var decision: Verdict.Kind?
    @Flag(help: "Only those that nobody has decided on.")
    var undecided = false
    @Flag(help: "Rejected and withdrawn ones too, and decided ones that are no longer raised.")
    var all = false
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        let known = try open.store.flags() + (all || decision != nil ? open.store.formerFlags() : [])
        let asked = known.filter {
            (status == nil || $0.status == status) && (kind == nil || $0.kind == kind)
                && (decision == nil || $0.decision?.verdict.kind == decision) && !(undecided && $0.decision != nil)
        }
        let flags = all || decision != nil ? asked : asked.filter { !$0.isSetAside }
        if asked.count > flags.count {
            let hidden = asked.count - flags.count
            Console.say(
                Bilingual(
                    zh: "另有 \(hidden) 条误报或已消失的没有列出；--all 可看全部",
                    en: "\(hidden) rejected or withdrawn not listed; --all shows them"))
        }
        if output.json {
            Console.print(JSONDocuments.flags(flags, cases: try open.store.caseNumbers(), clock: open.clock))
        } else {
            Console.print(open.forms.flags(flags))
        }
    }
}

extension Village.Flag.Status: ExpressibleByArgument {}
extension Village.Flag.Kind: ExpressibleByArgument {}

struct AdviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advice", abstract: "List the advice cards. 农事建议。",
        discussion: HelpText.discussion(
            examples: ["plotwatch advice village", "plotwatch advice village --household h01 --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("Only this household.", valueName: "id"))
    var household: String?
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        let known = Set(open.site.households.map(\.id) + open.site.plots.compactMap(\.household))
        if let household, !known.contains(household) {
            throw Problem.missing(
                .init(zh: "农户", en: "household"), household,
                among: open.site.households.map(\.id) + open.site.plots.compactMap(\.household))
        }
        let cards = try open.store.advice().filter { household == nil || $0.household == household }
        if output.json {
            Console.print(JSONDocuments.advice(cards, clock: open.clock, recipient: open.recipient))
        } else {
            Console.print(open.forms.advice(cards, site: open.site))
        }
    }
}
