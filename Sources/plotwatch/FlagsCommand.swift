import ArgumentParser
import Reporting
import Village

struct FlagsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "flags", abstract: "List the flags with their evidence.",
        discussion: HelpText.discussion(
            "A flag is a lead, not proof: somebody has to go and look.",
            examples: ["plotwatch flags village", "plotwatch flags village --status unauthorized --json"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: "Only this status: unauthorized, permitted, unclear.")
    var status: Village.Flag.Status?
    @Option(help: "Only this kind: construction, livestock, activity, camera, growth.")
    var kind: Village.Flag.Kind?
    @OptionGroup var output: JSONOption

    func run() throws {
        let open = try OpenSite(siteArguments, access: .read)
        let flags = try open.store.flags().filter {
            (status == nil || $0.status == status) && (kind == nil || $0.kind == kind)
        }
        if output.json {
            Console.print(JSONDocuments.flags(flags, clock: open.clock))
        } else {
            Console.print(open.forms.flags(flags))
        }
    }
}

extension Village.Flag.Status: ExpressibleByArgument {}
extension Village.Flag.Kind: ExpressibleByArgument {}

struct AdviceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "advice", abstract: "List the advice cards.",
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
            throw Problem(message: "the site has no household \(household)", status: .usage)
        }
        let cards = try open.store.advice().filter { household == nil || $0.household == household }
        if output.json {
            Console.print(JSONDocuments.advice(cards, clock: open.clock))
        } else {
            Console.print(open.forms.advice(cards, site: open.site))
        }
    }
}
