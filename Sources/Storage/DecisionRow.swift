import Foundation
import GRDB
import Village

/// `Decision` ⇄ the body of a journal entry.
struct DecisionRow: Codable {
    var verdict: Verdict.Kind
    var reason: Rejection?
    var permit: String?
    var undoes: Int64?
    var note: String?
    /// As it was shown to the person who decided.
    var flag: Flag

    init(_ verdict: Verdict, note: String?, flag: Flag) {
        self.verdict = verdict.kind
        switch verdict {
        case .reject(let reason): self.reason = reason
        case .permitted(let number): permit = number
        case .undo(let id): undoes = id
        case .confirm, .unsure: break
        }
        self.note = note
        self.flag = flag
        self.flag.decision = nil
    }

    func decision(_ entry: JournalEntry) throws -> Decision {
        let said: Verdict? =
            switch verdict {
            case .confirm: .confirm
            case .unsure: .unsure
            case .reject: .reject(reason ?? .other)
            case .permitted: permit.map { .permitted(number: $0) }
            case .undo: undoes.map { .undo(of: $0) }
            }
        guard let said else {
            throw StoreError.other(path: "journal", detail: "entry \(entry.number) is no whole decision")
        }
        return Decision(
            id: entry.number, flag: entry.subject, camera: flag.camera, verdict: said, by: entry.by, at: entry.at,
            note: note)
    }

    /// From a row that holds a journal entry.
    static func decision(_ row: Row) throws -> Decision {
        let entry = try Store.entry(row)
        return try Document.value(entry.body, as: DecisionRow.self).decision(entry)
    }
}
