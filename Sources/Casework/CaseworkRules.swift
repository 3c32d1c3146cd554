import ConfigurationFiles
import Village

/// Deadlines, holidays and retention: what a village may change about its cases.
public struct CaseworkRules: Sendable, Equatable {
    public let timers: [CaseTimer]
    public let calendar: WorkCalendar
    /// Days for which pictures of ours are kept where no case holds them.
    public let retentionInDays: Int

    public init(timers: [CaseTimer], calendar: WorkCalendar, retentionInDays: Int) {
        self.timers = timers
        self.calendar = calendar
        self.retentionInDays = retentionInDays
    }

    /// - Throws: every fault of the first file that has any.
    public static func load(from models: ModelFolder) throws(ConfigurationError) -> CaseworkRules {
        let calendar = try HolidayFile.load(path: models.path("holidays.yaml"))
        return try rules(in: Document(path: models.path("casework.yaml")), calendar: calendar)
    }

    /// Everything that is wrong in both files; empty where `load` succeeds.
    public static func faults(in models: ModelFolder) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        do throws(ConfigurationError) { _ = try HolidayFile.load(path: models.path("holidays.yaml")) } catch {
            faults += error.faults
        }
        do throws(ConfigurationError) {
            _ = try rules(in: Document(path: models.path("casework.yaml")), calendar: WorkCalendar(years: [:]))
        } catch { faults += error.faults }
        return faults
    }

    /// - Throws: every fault of the document at once.
    public static func rules(in document: Document, calendar: WorkCalendar) throws(ConfigurationError) -> CaseworkRules
    {
        var timers: [CaseTimer] = []
        var days: Int?
        if let map = document.root.mapping(keys: ["timers", "retention"]) {
            for item in map.required("timers", example: "[]")?.list() ?? [] {
                if let timer = timer(item) { timers.append(timer) }
            }
            // A year is the most that a village has asked for; below a day nothing could be looked at.
            days = map.required("retention", example: "{days: 30}")?.mapping(keys: ["days"])?
                .required("days", example: "30")?.integer(in: 1...3660)
        }
        try document.finish()
        return CaseworkRules(timers: timers, calendar: calendar, retentionInDays: days ?? 30)
    }

    private static func timer(_ node: Node) -> CaseTimer? {
        let keys = ["id", "zh", "en", "from", "until", "length", "unit", "kinds", "statutory", "passive", "source"]
        guard let map = node.mapping(keys: keys) else { return nil }
        let id = map.required("id", example: "check")?.identifier()
        let zh = map.required("zh", example: "现场核查")?.text()
        let en = map.required("en", example: "check on site")?.text()
        let start = map.required("from", example: "dispatched")?.choice(CaseTimer.Start.self)
        let until = map["until"].map { $0.choice(Case.Stage.self) }
        let length = map.required("length", example: "2")?.integer(in: 1...1000)
        let unit = map.required("unit", example: "workingDays")?.choice(CaseTimer.Unit.self)
        let statutory = map["statutory"].map { $0.boolean() } ?? false
        let passive = map["passive"].map { $0.boolean() } ?? false
        let words = map.required("source", example: "{zh: 本地设置, en: a local setting}")?.mapping(keys: ["zh", "en"])
        let sourceZh = words?.required("zh", example: "本地设置")?.text()
        let sourceEn = words?.required("en", example: "a local setting")?.text()
        let kinds = map["kinds"].flatMap { $0.list() }?.map { $0.choice(Case.Kind.self) } ?? []
        guard let id, let zh, let en, let start, let length, let unit, let statutory, let passive, let sourceZh,
            let sourceEn,
            !(until.map { $0 == nil } ?? false), !kinds.contains(nil)
        else { return nil }
        return CaseTimer(
            id: id, name: Bilingual(zh: zh, en: en), start: start, until: until ?? nil, length: length, unit: unit,
            kinds: kinds.compactMap { $0 }, isStatutory: statutory, isPassive: passive,
            source: Bilingual(zh: sourceZh, en: sourceEn))
    }

    /// The deadlines of a case as it stands, earliest first.
    func deadlines(of file: Case, clock: SiteClock) -> [Deadline] {
        var deadlines: [Deadline] = []
        for timer in timers where timer.kinds.isEmpty || timer.kinds.contains(file.kind) {
            if timer.until == .closed, timer.id == "answer", file.term != nil { continue }
            guard let start = day(timer.start, of: file, clock: clock) else { continue }
            let (day, unknown) = timer.day(from: start, calendar: calendar)
            deadlines.append(
                Deadline(
                    id: timer.id, name: timer.name, day: day, isRunning: isRunning(until: timer.until, in: file),
                    isPassive: timer.isPassive || timer.until == nil, isStatutory: timer.isStatutory,
                    source: timer.source,
                    unknownYears: unknown))
        }
        if let term = file.term {
            deadlines.append(
                Deadline(
                    id: "term", name: Bilingual(zh: "限期", en: "term"), day: term,
                    isRunning: isRunning(until: file.kind == .construction ? .reviewed : .closed, in: file),
                    isPassive: false, isStatutory: false, source: Bilingual(zh: "本案所定", en: "set for this case"),
                    unknownYears: []))
        }
        return deadlines.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }

    private func day(_ start: CaseTimer.Start, of file: Case, clock: SiteClock) -> Day? {
        switch start {
        case .filed: file.filedOn
        case .ordered: file.orderedOn
        case .firstSeen: file.firstSeen.map(clock.day)
        default: Case.Stage(rawValue: start.rawValue).flatMap { file.reached[$0] }.map(clock.day)
        }
    }

    private func isRunning(until stage: Case.Stage?, in file: Case) -> Bool {
        if file.stage.isEnd { return false }
        guard let stage else { return true }
        return (CaseStages.rank(file.stage) ?? 0) < (CaseStages.rank(stage) ?? 0)
    }
}
