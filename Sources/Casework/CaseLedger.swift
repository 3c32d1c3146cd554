import Foundation
import Storage
import Village

/// The cases of a site: what was done, where each stands, what may be done next.
///
/// Nothing is ever changed: every act is an entry of the store's journal.
public struct CaseLedger: Sendable {
    public let site: Site
    public let clock: SiteClock
    public let store: Store
    public let rules: CaseworkRules

    public init(site: Site, clock: SiteClock, store: Store, rules: CaseworkRules) {
        self.site = site
        self.clock = clock
        self.store = store
        self.rules = rules
    }

    /// In order of their opening.
    ///
    /// - Complexity: reads every entry about cases.
    public func cases() throws(CaseError) -> [Case] { try fold(guarded { try store.journal(kind: .record) }) }

    /// As they stood at a moment that is past.
    public func cases(asOf moment: Date) throws(CaseError) -> [Case] {
        try fold(guarded { try store.journal(kind: .record).filter { $0.at < moment } })
    }

    public func file(_ number: String) throws(CaseError) -> Case {
        let entries = try guarded { try store.journal(kind: .record, subject: number) }
        guard let file = try fold(entries).first else { throw .noSuchCase(number) }
        return file
    }

    /// The entries about one case, in order.
    public func history(_ number: String) throws(CaseError) -> [(entry: JournalEntry, event: CaseEvent)] {
        let entries = try guarded { try store.journal(kind: .record, subject: number) }
        guard !entries.isEmpty else { throw .noSuchCase(number) }
        return try guarded {
            try entries.map { ($0, try JSONDecoder().decode(CaseEvent.self, from: Data($0.body.utf8))) }
        }
    }

    /// Numbers of cases by flag; of several, the latest.
    public func numbersByFlag() throws(CaseError) -> [String: String] { try guarded { try store.caseNumbers() } }

    // MARK: Acts

    /// Opens a case on a flag; place and first sight come from it.
    @discardableResult
    public func open(flag id: String, title: String? = nil, by: String, at now: Date, note: String? = nil)
        throws(CaseError) -> Case
    {
        guard let flag = try guarded({ try store.flag(id) }) else { throw .noSuchFlag(id) }
        var event = CaseEvent(.open, note: note)
        event.kind = flag.kind == .construction ? .construction : .other
        event.title = title ?? Self.title(of: flag, language: site.language)
        event.flag = id
        event.camera = flag.camera
        event.plot = flag.plot
        event.household = flag.household
        event.firstSeen = flag.firstSeen
        return try open(event, by: by, at: now)
    }

    /// Opens a case that no flag stands behind.
    @discardableResult
    public func open(
        kind: Case.Kind, title: String, plot: String? = nil, camera: String? = nil, household: String? = nil,
        village: String? = nil, by: String, at now: Date, note: String? = nil
    ) throws(CaseError) -> Case {
        if let plot, site.plot(plot) == nil { throw .noSuchPlace("plot \(plot)") }
        if let camera, site.camera(camera) == nil { throw .noSuchPlace("camera \(camera)") }
        var event = CaseEvent(.open, note: note)
        event.kind = kind
        event.title = title
        event.plot = plot
        event.camera = camera ?? plot.flatMap { site.plot($0)?.camera }
        event.household = household ?? plot.flatMap { site.plot($0)?.household }
        event.village = village
        return try open(event, by: by, at: now)
    }

    private func open(_ event: CaseEvent, by: String, at now: Date) throws(CaseError) -> Case {
        var event = event
        event.village = event.village ?? event.household.flatMap { site.household($0)?.village }
        if let flag = event.flag, let number = try numbersByFlag()[flag], try !file(number).stage.isEnd {
            throw .hasCase(flag: flag, number: number)
        }
        try check(event, by: by)
        let year = clock.day(of: now).components.year
        let entry = try guarded { try store.openCase(event, year: year, by: by, at: now) }
        return try file(entry.subject)
    }

    /// Gives it to a grid member; an assessed case is dispatched by this.
    @discardableResult
    public func assign(_ number: String, to assignee: String, by: String, at now: Date, note: String? = nil)
        throws(CaseError) -> Case
    {
        let file = try file(number)
        if file.stage.isEnd { throw .wrongStep(from: file.stage, to: .dispatched, allowed: [.assessed]) }
        var event = CaseEvent(file.stage == .assessed || file.stage == .reshoot ? .move : .assign, note: note)
        event.assignee = assignee
        if event.action == .move { event.stage = .dispatched }
        return try append(event, to: file, by: by, at: now)
    }

    /// Takes the next step.
    ///
    /// - Parameters:
    ///   - permit: needed for 已批.
    ///   - receiver: where it goes, needed for 移送.
    ///   - rejection: the word that the flag's decision gets with 误报.
    ///   - term: the day set in the order, with 处置.
    @discardableResult
    public func move(
        _ number: String, to stage: Case.Stage, by: String, at now: Date, note: String? = nil, permit: String? = nil,
        receiver: String? = nil, rejection: Rejection = .other, term: Day? = nil, orderedOn: Day? = nil
    ) throws(CaseError) -> Case {
        let file = try file(number)
        let allowed = CaseStages.next(after: file.stage, kind: file.kind)
        guard allowed.contains(stage) else { throw .wrongStep(from: file.stage, to: stage, allowed: allowed) }
        if file.stage.isEnd, note == nil { throw .missing("say why the case is opened again: --note TEXT") }
        if stage == .dispatched, file.assignee == nil { throw .missing("say who sees to it: case assign") }
        if stage == .permitted, permit == nil { throw .missing("give the permit's number: --permit NUMBER") }
        if stage == .handedOver, receiver == nil { throw .missing("say where it goes: --to-office NAME") }
        var event = CaseEvent(.move, note: note)
        event.stage = stage
        event.permit = permit
        event.receiver = receiver
        event.term = term
        event.orderedOn = orderedOn
        let moved = try append(event, to: file, by: by, at: now)
        try tell(flag: moved.flag, of: stage, permit: permit, rejection: rejection, number: number, by: by, at: now)
        return moved
    }

    /// Sets the term, the day of the order, or the day on which the file was opened.
    @discardableResult
    public func due(
        _ number: String, term: Day? = nil, orderedOn: Day? = nil, filedOn: Day? = nil, by: String, at now: Date,
        note: String? = nil
    ) throws(CaseError) -> Case {
        guard term != nil || orderedOn != nil || filedOn != nil else {
            throw .missing("give a day: --term, --ordered or --filed")
        }
        var event = CaseEvent(.due, note: note)
        event.term = term
        event.orderedOn = orderedOn
        event.filedOn = filedOn
        return try append(event, to: file(number), by: by, at: now)
    }

    @discardableResult
    public func note(_ number: String, _ text: String, by: String, at now: Date) throws(CaseError) -> Case {
        try append(CaseEvent(.note, note: text), to: file(number), by: by, at: now)
    }

    /// Keeps its pictures beyond their time, or lets them go.
    @discardableResult
    public func hold(_ number: String, _ isHeld: Bool, by: String, at now: Date, note: String? = nil)
        throws(CaseError) -> Case
    {
        try append(CaseEvent(isHeld ? .hold : .release, note: note), to: file(number), by: by, at: now)
    }

    /// The first sentence of what was seen.
    static func title(of flag: Flag, language: Language) -> String {
        let text = flag.explanation.text(in: language)
        let end = text.range(of: language == .zh ? "。" : ". ")?.lowerBound ?? text.endIndex
        return String(text[..<end].prefix(80))
    }

    // MARK: Inside

    /// The flag learns how its case ended.
    private func tell(
        flag: String?, of stage: Case.Stage, permit: String?, rejection: Rejection, number: String, by: String,
        at now: Date
    ) throws(CaseError) {
        guard let flag else { return }
        let verdict: Verdict? =
            switch stage {
            case .falseAlarm: .reject(rejection)
            case .permitted: permit.map { .permitted(number: $0) }
            case .handled: .confirm
            default: nil
            }
        guard let verdict, try guarded({ try store.flag(flag)?.decision?.verdict }) != verdict else { return }
        do {
            try store.decide(verdict, on: flag, by: by, at: now, note: number)
        } catch .store(let error) {
            throw .store(error)
        } catch .badText(let field, let reason) {
            throw .badText(field: field, reason: reason)
        } catch {
            throw .noSuchFlag(flag)
        }
    }

    private func append(_ event: CaseEvent, to file: Case, by: String, at now: Date) throws(CaseError) -> Case {
        try check(event, by: by)
        do {
            try store.appendToCase(file.number, event, by: by, at: now, expecting: file.lastEntry)
        } catch .changed {
            throw .conflict(number: file.number)
        } catch {
            throw .store(error)
        }
        return try self.file(file.number)
    }

    private func check(_ event: CaseEvent, by: String) throws(CaseError) {
        let short = [("the label", by), ("the assignee", event.assignee)]
        let long = [
            ("the title", event.title), ("the note", event.note), ("the permit", event.permit),
            ("the receiver", event.receiver), ("the village", event.village), ("the household", event.household),
        ]
        for (fields, longest) in [(short, Store.longestLabel), (long, Store.longestText)] {
            for (field, text) in fields {
                guard let text else { continue }
                do {
                    try Store.check(text, field: field, longest: longest)
                } catch .badText(let field, let reason) {
                    throw .badText(field: field, reason: reason)
                } catch {
                    throw .missing(error.message)
                }
            }
        }
    }

    private func fold(_ entries: [JournalEntry]) throws(CaseError) -> [Case] {
        try guarded { try CaseFold.cases(entries, rules: rules, clock: clock) }
    }

    private func guarded<Value>(_ body: () throws -> Value) throws(CaseError) -> Value {
        do {
            return try body()
        } catch let error as StoreError {
            throw .store(error)
        } catch {
            throw .store(.other(path: store.path, detail: "an entry about a case cannot be read: \(error)"))
        }
    }
}
