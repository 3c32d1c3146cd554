import Foundation
import GRDB
import Village

extension Store {
    /// Which decision somebody had before their eyes when they decided.
    public enum Expectation: Sendable, Equatable {
        /// Whatever is there.
        case any
        /// The last decision on this flag has this id; `nil` = there was none. An undo counts.
        case last(Int64?)
    }

    /// Longest label of who decides, in characters.
    public static let longestLabel = 40
    /// Longest permit number and note, in characters.
    public static let longestText = 1000

    /// Takes a verdict down; never changes an earlier one.
    ///
    /// - Parameters:
    ///   - by: a label of at most ``longestLabel`` characters.
    ///   - request: a name that the asker makes up for this one act: asked twice under one name, it is taken down once
    ///     and the same decision comes back.
    /// - Throws: ``DecisionError``; nothing is written then.
    @discardableResult
    public func decide(
        _ verdict: Verdict, on flag: String, by: String, at now: Date, note: String? = nil,
        expecting: Expectation = .any, request: String? = nil
    ) throws(DecisionError) -> Decision {
        try Store.check(by, field: "the label", longest: Store.longestLabel)
        if case .permitted(let number) = verdict {
            try Store.check(number, field: "the permit's number", longest: Store.longestText)
        }
        let note = note?.isEmpty == true ? nil : note
        if let note, note.count > Store.longestText {
            throw .badText(field: "the note", reason: "is longer than \(Store.longestText) characters")
        }
        do {
            return try database.write { db in
                if let request, let earlier = try Store.decision(request: request, in: db) { return earlier }
                guard let shown = try Store.flag(flag, in: db) else { throw DecisionError.noSuchFlag(flag) }
                let last = try Store.decisions(flag: flag, in: db).last
                if case .last(let id) = expecting, id != last?.id { throw DecisionError.conflict(last: last) }
                if case .undo(let id) = verdict, try !Store.standsAlone(id, on: flag, in: db) {
                    throw DecisionError.cannotUndo(id)
                }
                let body = DecisionRow(verdict, note: note, flag: shown)
                let entry = try Store.append(.decision, subject: flag, body: body, by: by, at: now, in: db)
                try db.execute(
                    sql: "INSERT INTO decision (id, flag, camera, verdict, undoes, request) VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [entry.number, flag, shown.camera, body.verdict.rawValue, body.undoes, request])
                return try body.decision(entry)
            }
        } catch let error as DecisionError {
            throw error
        } catch {
            throw .store(StoreError(error, path: path))
        }
    }

    /// Every decision on a flag, first to last, undone ones and undos too.
    public func decisions(flag: String) throws(StoreError) -> [Decision] {
        try read { db in try Store.decisions(flag: flag, in: db) }
    }

    /// Every decision of a time span, in order; `until` is not included.
    public func decisions(since: Date? = nil, until: Date? = nil) throws(StoreError) -> [Decision] {
        var all: [Decision] = []
        try forEachJournalEntry(kind: .decision) { entry in
            guard since.map({ entry.at >= $0 }) ?? true, until.map({ entry.at < $0 }) ?? true else { return }
            all.append(try Document.value(entry.body, as: DecisionRow.self).decision(entry))
        }
        return all
    }

    /// The decision that stands on each flag: its latest that is neither undone nor an undo.
    public func standingDecisions() throws(StoreError) -> [String: Decision] {
        try read { db in
            var standing: [String: Decision] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT journal.* FROM standingDecision AS s JOIN journal ON journal.number = s.id")
            while let row = try rows.next() {
                let decision = try DecisionRow.decision(row)
                standing[decision.flag] = decision
            }
            return standing
        }
    }

    /// Where flags of this camera were rejected, and still are; oldest rejection first.
    ///
    /// - Parameter before: only rejections before this moment; `nil` = all.
    public func rejectedOutlines(camera: String, before: Date? = nil) throws(StoreError) -> [RejectedOutline] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT journal.* FROM standingDecision AS s JOIN journal ON journal.number = s.id
                    WHERE s.camera = ? AND s.verdict = 'reject' ORDER BY s.id
                    """, arguments: [camera]
            ).compactMap { row in
                let entry = try Store.entry(row)
                if let before, entry.at >= before { return nil }
                let body: DecisionRow = try Document.value(entry.body)
                return RejectedOutline(flag: body.flag, rejectedAt: entry.at, reason: body.reason ?? .other)
            }
        }
    }

    // MARK: Within a transaction

    static func decisions(flag: String, in db: Database) throws -> [Decision] {
        try Row.fetchAll(
            db,
            sql:
                "SELECT journal.* FROM decision AS d JOIN journal ON journal.number = d.id WHERE d.flag = ? ORDER BY d.id",
            arguments: [flag]
        ).map(DecisionRow.decision)
    }

    private static func decision(request: String, in db: Database) throws -> Decision? {
        try Row.fetchOne(
            db, sql: "SELECT journal.* FROM decision AS d JOIN journal ON journal.number = d.id WHERE d.request = ?",
            arguments: [request]
        ).map(DecisionRow.decision)
    }

    /// Whether `id` is a verdict on this flag that nobody has taken back.
    private static func standsAlone(_ id: Int64, on flag: String, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM decision AS d WHERE id = ? AND flag = ? AND verdict <> 'undo'
                AND NOT EXISTS (SELECT 1 FROM decision WHERE undoes = d.id))
                """, arguments: [id, flag]) ?? false
    }

    /// Refuses what is empty, too long, or holds control characters.
    public static func check(_ text: String, field: String, longest: Int) throws(DecisionError) {
        if text.trimmingCharacters(in: .whitespaces).isEmpty { throw .badText(field: field, reason: "is empty") }
        if text.count > longest { throw .badText(field: field, reason: "is longer than \(longest) characters") }
        if text.unicodeScalars.contains(where: { CharacterSet.controlCharacters.contains($0) }) {
            throw .badText(field: field, reason: "holds a line end or another control character")
        }
    }
}
