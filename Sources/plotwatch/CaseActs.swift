import ArgumentParser
import Casework
import Reporting
import Village

struct CaseOpen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Open a case on a flag, or on what people reported. 立案。",
        discussion: HelpText.discussion(
            examples: [
                "plotwatch case open village --flag cam-1 --by 王",
                "plotwatch case open village --kind police --title 6月3日车辆剐蹭 --camera cam --by 王",
                "plotwatch case open village --kind appeal --title 路灯不亮 --village 平地坝村 --by 王",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("The flag behind it; place and first sight come from it.", valueName: "id"))
    var flag: String?
    @Option(help: "Without a flag: construction, cleanup, police, appeal, other.")
    var kind: Case.Kind?
    @Option(help: ArgumentHelp("What it is about, in one line.", valueName: "text"))
    var title: String?
    @Option(help: ArgumentHelp("Where: a plot.", valueName: "id"))
    var plot: String?
    @Option(help: ArgumentHelp("Where: a camera.", valueName: "id"))
    var camera: String?
    @Option(help: ArgumentHelp("Whose.", valueName: "id"))
    var household: String?
    @Option(help: ArgumentHelp("Of which village; else that of the household.", valueName: "name"))
    var village: String?
    @OptionGroup var act: CaseAct

    func validate() throws {
        if flag == nil, kind == nil || title == nil {
            throw ValidationError("Give --flag ID, or --kind KIND and --title TEXT.")
        }
        if flag != nil, kind != nil || plot != nil || camera != nil || household != nil || village != nil {
            throw ValidationError("A flag brings its own kind and place: give --flag alone, with --title if you like.")
        }
    }

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .write)
        let file: Case
        if let flag {
            file = try ledger.ledger.open(flag: flag, title: title, by: act.by, at: Machine.now, note: act.note)
        } else {
            file = try ledger.ledger.open(
                kind: kind ?? .other, title: title ?? "", plot: plot, camera: camera, household: household,
                village: village, by: act.by, at: Machine.now, note: act.note)
        }
        try ledger.show(file, json: act.output.json)
    }
}

struct CaseAssign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Give a case to a grid member; an assessed case is dispatched by it. 派单。",
        discussion: HelpText.discussion(
            examples: ["plotwatch case assign village 2024-0001 李 --by 王"], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @Argument(help: "Who sees to it, in a short label.") var assignee: String
    @OptionGroup var act: CaseAct

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .write)
        let file = try ledger.ledger.assign(number, to: assignee, by: act.by, at: Machine.now, note: act.note)
        try ledger.show(file, json: act.output.json)
    }
}

struct CaseMove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Take the next step with a case. 流转到下一步。",
        discussion: HelpText.discussion(
            "A step that may not follow is refused, with those that may.",
            examples: [
                "plotwatch case move village 2024-0001 checked --by 李 --note 已到现场",
                "plotwatch case move village 2024-0001 handled --term 2024-07-01 --by 王",
                "plotwatch case move village 2024-0001 permitted --permit 乡字第2024-017号 --by 王",
                "plotwatch case move village 2024-0001 handedOver --to-office 县农业农村局 --by 王",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @Argument(help: "The stage: \(Case.Stage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var stage: Case.Stage
    @Option(help: ArgumentHelp("The permit's number, with permitted.", valueName: "number"))
    var permit: String?
    @Option(help: ArgumentHelp("Where it goes, with handedOver.", valueName: "name"))
    var toOffice: String?
    @Option(help: ArgumentHelp("Why, with falseAlarm; the words of plotwatch decide --reject.", valueName: "why"))
    var reason: Rejection = .other
    @Option(help: ArgumentHelp("The last day set in the order, with handled.", valueName: "day"))
    var term: String?
    @Option(help: ArgumentHelp("The day on which the order was served, with handled.", valueName: "day"))
    var ordered: String?
    @OptionGroup var act: CaseAct

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .write)
        let file = try ledger.ledger.move(
            number, to: stage, by: act.by, at: Machine.now, note: act.note, permit: permit, receiver: toOffice,
            rejection: reason, term: CaseAct.day(term, option: "--term"),
            orderedOn: CaseAct.day(ordered, option: "--ordered"))
        try ledger.show(file, json: act.output.json)
    }
}

struct CaseClose: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a reviewed case, or an appeal that was answered. 销号。",
        discussion: HelpText.discussion(
            examples: ["plotwatch case close village 2024-0001 --by 王"], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @OptionGroup var act: CaseAct

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .write)
        let file = try ledger.ledger.move(number, to: .closed, by: act.by, at: Machine.now, note: act.note)
        try ledger.show(file, json: act.output.json)
    }
}

struct CaseDue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "Set a case's term, or the days that the law's terms count from. 定期限。",
        discussion: HelpText.discussion(
            examples: [
                "plotwatch case due village 2024-0001 --term 2024-07-01 --by 王",
                "plotwatch case due village 2024-0001 --filed 2024-06-03 --by 王    # 90 days to decide",
                "plotwatch case due village 2024-0001 --ordered 2024-06-03 --by 王    # 15 days to sue",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @Option(help: ArgumentHelp("The last day in time.", valueName: "day"))
    var term: String?
    @Option(help: ArgumentHelp("The day on which the order was served.", valueName: "day"))
    var ordered: String?
    @Option(help: ArgumentHelp("The day on which the authority opened its file.", valueName: "day"))
    var filed: String?
    @OptionGroup var act: CaseAct

    func run() throws {
        let term = try CaseAct.day(self.term, option: "--term")
        let ordered = try CaseAct.day(self.ordered, option: "--ordered")
        let filed = try CaseAct.day(self.filed, option: "--filed")
        let ledger = try OpenLedger(siteArguments, access: .write)
        let file = try ledger.ledger.due(
            number, term: term, orderedOn: ordered, filedOn: filed, by: act.by, at: Machine.now, note: act.note)
        try ledger.show(file, json: act.output.json)
    }
}

struct CaseNote: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Add a note to a case. 加备注。",
        discussion: HelpText.discussion(
            examples: ["plotwatch case note village 2024-0001 --note 户主外出，周五再去 --by 李"],
            statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @OptionGroup var act: CaseAct

    func run() throws {
        guard let note = act.note else { throw ValidationError("Say what: --note TEXT.") }
        let ledger = try OpenLedger(siteArguments, access: .write)
        try ledger.show(
            ledger.ledger.note(number, note, by: act.by, at: Machine.now), json: act.output.json)
    }
}

struct CaseHold: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold", abstract: "Keep a case's pictures beyond their time, or let them go again. 照片留存。",
        discussion: HelpText.discussion(
            "Only pictures that PlotWatch made are ever deleted, never those of the archive.",
            examples: [
                "plotwatch case hold village 2024-0001 --by 王 --note 涉诉",
                "plotwatch case hold village 2024-0001 --release --by 王",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Argument(help: "The case's number.") var number: String
    @Flag(help: "Let them go.")
    var release = false
    @OptionGroup var act: CaseAct

    func run() throws {
        let ledger = try OpenLedger(siteArguments, access: .write)
        let file = try ledger.ledger.hold(number, !release, by: act.by, at: Machine.now, note: act.note)
        try ledger.show(file, json: act.output.json)
    }
}
