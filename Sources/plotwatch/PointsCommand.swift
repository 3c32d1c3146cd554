import ArgumentParser
import Casework
import ConfigurationFiles
import Detection
import Files
import Foundation
import Inspection
import Reporting
import Storage
import Village

struct PointsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "points", abstract: "Keep the points of households: propose, approve, redeem. 积分台账。",
        discussion: HelpText.discussion(
            """
            Points are proposed for a deed, by hand or for a pair of pictures before and after a clean-up, and count once \
            a person has approved them. Things are given for points. Nothing is ever changed or deleted: every act is an \
            entry of the journal. Deeds and things are data in models/points.yaml.
            """,
            examples: [
                "plotwatch points village", "plotwatch points village --propose labour --household h01 --by 李",
                "plotwatch points village --before 1.jpg --after 2.jpg --household h01 --by 李",
                "plotwatch points village --pairs pairs.csv --by 李",
                "plotwatch points village --approve 12 --by 王",
                "plotwatch points village --reject 13 --by 王 --note 看不清",
                "plotwatch points village --redeem soy-sauce --household h01 --by 王",
                "plotwatch points village --board board.csv --json",
            ], statuses: [.done, .couldNotRun, .usage, .someUnusable]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("The household.", valueName: "id"))
    var household: String?
    @Option(help: ArgumentHelp("Propose points for this deed.", valueName: "deed"))
    var propose: String?
    @Option(
        help: ArgumentHelp("The picture before a clean-up; with --after: propose points for it.", valueName: "picture"))
    var before: String?
    @Option(help: ArgumentHelp("The picture after it.", valueName: "picture"))
    var after: String?
    @Option(help: ArgumentHelp("Many pairs: a CSV, household,before,after on each line.", valueName: "csv"))
    var pairs: String?
    @Option(help: ArgumentHelp("Approve a proposal.", valueName: "number"))
    var approve: Int64?
    @Option(help: ArgumentHelp("Reject a proposal.", valueName: "number"))
    var reject: Int64?
    @Option(help: ArgumentHelp("Give a thing for points.", valueName: "thing"))
    var redeem: String?
    @Option(help: ArgumentHelp("How many of it.", valueName: "number"))
    var count = 1
    @Option(help: ArgumentHelp("Who acts, in a short label.", valueName: "label"))
    var by: String?
    @Option(help: ArgumentHelp("What else is to be said.", valueName: "text"))
    var note: String?
    @Option(help: ArgumentHelp("Write the notice board to this CSV file.", valueName: "path"))
    var board: String?
    @OptionGroup var output: JSONOption

    private var acts: Int {
        [propose != nil, before != nil || after != nil, pairs != nil, approve != nil, reject != nil, redeem != nil]
            .filter { $0 }.count
    }

    func validate() throws {
        if acts > 1 { throw ValidationError("One act at a time.") }
        if acts == 1, by == nil { throw ValidationError("Say who acts: --by LABEL.") }
        if (before == nil) != (after == nil) { throw ValidationError("Give both --before and --after.") }
        if propose != nil || redeem != nil || before != nil, household == nil {
            throw ValidationError("Say for whom: --household ID.")
        }
        if !(1...1000).contains(count) { throw ValidationError("--count must be from 1 to 1000.") }
    }

    func run() throws {
        let open = try OpenSite(siteArguments, access: acts > 0 ? .write : .read)
        let models = ModelFolder(folder: try Machine.modelsFolder(), own: Models.ownFolder(of: open.site))
        let rules = try PointsRules.load(from: models)
        if let household { try known(household, in: open.site) }
        if let pairs { return try hand(in: PairList.read(pairs), open, rules, models) }
        if let before, let after, let household {
            return try hand(in: [.init(household: household, before: before, after: after)], open, rules, models)
        }
        try act(open, rules)
        try show(open, rules)
    }

    private func known(_ household: String, in site: Site) throws {
        guard site.knows(household: household) else {
            throw Problem(
                zh: "没有农户 \(household)；请在 site.yaml 的 households 里加上",
                en: "the site has no household \(household); add it under households in site.yaml", status: .usage)
        }
    }

    private func act(_ open: OpenSite, _ rules: PointsRules) throws {
        guard let by else { return }
        let now = Machine.now
        if let propose, let household {
            guard let deed = rules.deed(propose) else {
                throw Problem.missing(.init(zh: "积分事项", en: "deed"), propose, among: rules.deeds.map(\.id))
            }
            _ = try open.store.propose(
                PointsEvent(.propose, deed: deed.id, points: deed.points, note: note), for: household, pictures: [],
                by: by, at: now)
        } else if let approve {
            _ = try open.store.judge(approve, approve: true, by: by, at: now, note: note)
        } else if let reject {
            _ = try open.store.judge(reject, approve: false, by: by, at: now, note: note)
        } else if let redeem, let household {
            guard let item = rules.item(redeem) else {
                throw Problem.missing(.init(zh: "可兑换的物品", en: "thing"), redeem, among: rules.items.map(\.id))
            }
            _ = try open.store.redeem(
                PointsEvent(.redeem, points: item.points * count, item: item.id, count: count, note: note),
                for: household, by: by, at: now)
        }
    }

    private func show(_ open: OpenSite, _ rules: PointsRules) throws {
        let accounts = try open.store.pointsAccounts().filter { household == nil || $0.household == household }
        let view = PointsView(
            accounts: accounts, names: Dictionary(open.site.households.map { ($0.id, $0.name) }) { first, _ in first },
            words: Dictionary((rules.deeds + rules.items).map { ($0.id, $0.name) }) { first, _ in first })
        if let board { try WholeFile.write(view.board(language: open.site.language).utf8, to: board) }
        Console.print(output.json ? view.json(clock: open.clock) : view.text(forms: open.forms))
    }

    // MARK: Pairs

    private func hand(
        in list: [PairList.Pair], _ open: OpenSite, _ rules: PointsRules, _ models: ModelFolder
    ) throws {
        guard let by, let deed = rules.deed(rules.cleanup) else { return }
        for pair in list { try known(pair.household, in: open.site) }
        let parameters = try CleanupPair.parameters(models: models.folder)
        var results: [CleanupView.Row] = []
        var isPartial = false
        for pair in list {
            do {
                let done = try CleanupSubmission(
                    before: pair.before, after: pair.after, household: pair.household, parameters: parameters,
                    deed: deed, store: open.store, act: .init(by: by, at: Machine.now, note: note))
                for warning in done.pair.warnings { Console.say("plotwatch: \(warning)") }
                results.append(.init(pair: pair, result: done.pair, proposal: done.proposal, points: done.points))
            } catch let failure as InspectionFailure {
                Console.say(failure.lines)
                isPartial = true
            }
        }
        guard !results.isEmpty else { throw Problem(zh: "没有一对照片能用", en: "none of the pairs could be used") }
        let view = CleanupView(rows: results)
        Console.print(output.json ? view.json() : view.text(language: open.site.language))
        if isPartial { throw ExitStatus.someUnusable }
    }
}
