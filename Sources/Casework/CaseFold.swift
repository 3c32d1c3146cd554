import Foundation
import Village

/// From the entries of the journal to where the cases stand.
enum CaseFold {
    /// In order of their opening.
    static func cases(_ entries: [JournalEntry], rules: CaseworkRules, clock: SiteClock) throws -> [Case] {
        var order: [String] = []
        var files: [String: Case] = [:]
        let decoder = JSONDecoder()
        for entry in entries where entry.kind == .record {
            let event = try decoder.decode(CaseEvent.self, from: Data(entry.body.utf8))
            if event.action == .open, files[entry.subject] == nil {
                files[entry.subject] = opened(event, entry: entry)
                order.append(entry.subject)
            } else if var file = files[entry.subject] {
                apply(event, entry: entry, to: &file)
                files[entry.subject] = file
            }
        }
        return order.compactMap { number in
            guard var file = files[number] else { return nil }
            file.deadlines = rules.deadlines(of: file, clock: clock)
            return file
        }
    }

    private static func opened(_ event: CaseEvent, entry: JournalEntry) -> Case {
        var file = Case(
            number: entry.subject, kind: event.kind ?? .other, title: event.title ?? "", stage: .found,
            openedAt: entry.at, openedBy: entry.by, lastEntry: entry.number)
        file.flag = event.flag
        file.camera = event.camera
        file.plot = event.plot
        file.household = event.household
        file.village = event.village
        file.firstSeen = event.firstSeen
        return file
    }

    private static func apply(_ event: CaseEvent, entry: JournalEntry, to file: inout Case) {
        file.lastEntry = entry.number
        if let assignee = event.assignee { file.assignee = assignee }
        if let day = event.orderedOn { file.orderedOn = day }
        if let day = event.filedOn { file.filedOn = day }
        if let day = event.term { file.term = day }
        if let permit = event.permit { file.permit = permit }
        if let receiver = event.receiver { file.receiver = receiver }
        switch event.action {
        case .hold: file.isHeld = true
        case .release: file.isHeld = false
        case .move:
            guard let stage = event.stage else { return }
            let isReopened = file.stage.isEnd
            if isReopened {
                file.reached = file.reached.filter { $0.key == .found }
                file.term = nil
            }
            // Back on the road: what lies ahead has to be done again.
            if let rank = CaseStages.rank(stage) {
                file.reached = file.reached.filter { (CaseStages.rank($0.key) ?? 0) <= rank }
            }
            file.stage = stage
            if file.reached[stage] == nil { file.reached[stage] = entry.at }
            file.endedAt = stage.isEnd ? entry.at : nil
        case .open, .assign, .due, .note: break
        }
    }
}
