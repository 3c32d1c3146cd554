import Crypto
import Foundation
import GRDB
import Village

/// The journal's chain: SHA-256 of each entry over the one before.
public enum JournalChain {
    /// Lower-case hex.
    public static func hash(of entry: JournalEntry) -> String {
        hexadecimal(SHA256.hash(data: Data(entry.text.utf8)))
    }

    /// Two lower-case digits a byte.
    public static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// The first entry that does not follow from those before it, and why; `nil` where all do.
    ///
    /// - Parameter entries: a run of the journal, in order; it need not begin with the first.
    /// - Note: Entries cut off at the end are not noticed; compare ``Store/journalHead()`` with one that was noted
    ///   elsewhere.
    public static func fault(in entries: some Sequence<JournalEntry>) -> (number: Int64, reason: String)? {
        var before: JournalEntry?
        for entry in entries {
            if let before {
                if entry.number != before.number + 1 { return (entry.number, "entries before it are missing") }
                if entry.previous != before.hash { return (entry.number, "it does not follow the entry before") }
            } else if entry.number == 1, entry.previous != JournalEntry.origin {
                return (entry.number, "it does not begin the chain")
            }
            if hash(of: entry) != entry.hash { return (entry.number, "its content does not match its hash") }
            before = entry
        }
        return nil
    }
}

extension Store {
    /// Adds an entry at the end of the chain, within a transaction.
    static func append(
        _ kind: JournalEntry.Kind, subject: String, body: some Encodable, by: String, at now: Date, in db: Database
    ) throws -> JournalEntry {
        let last = try Row.fetchOne(db, sql: "SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1")
        let milliseconds = (now.timeIntervalSince1970 * 1000).rounded()
        var entry = JournalEntry(
            number: (last?["number"] ?? 0) + 1, at: Date(timeIntervalSince1970: milliseconds / 1000), by: by,
            kind: kind, subject: subject, body: try Document.text(body), previous: last?["hash"] ?? JournalEntry.origin,
            hash: "")
        entry.hash = JournalChain.hash(of: entry)
        try db.execute(
            sql:
                "INSERT INTO journal (number, at, by, kind, subject, body, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.number, entry.milliseconds, by, kind.rawValue, subject, entry.body, entry.previous, entry.hash,
            ])
        return entry
    }

    /// Entries in order, one at a time; `nil` = all.
    public func forEachJournalEntry(
        kind: JournalEntry.Kind? = nil, subject: String? = nil, _ body: (JournalEntry) throws -> Void
    ) throws(StoreError) {
        // Conditions only where there are any: then the index is used.
        let conditions = [kind.map { _ in "kind = ?" }, subject.map { _ in "subject = ?" }].compactMap { $0 }
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let arguments = StatementArguments([kind?.rawValue, subject].compactMap { $0 })
        try read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM journal \(filter) ORDER BY number", arguments: arguments)
            while let row = try rows.next() { try body(try Store.entry(row)) }
        }
    }

    public func journal(kind: JournalEntry.Kind? = nil, subject: String? = nil) throws(StoreError) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try forEachJournalEntry(kind: kind, subject: subject) { entries.append($0) }
        return entries
    }

    /// The last entry; `nil` before the first.
    public func journalHead() throws(StoreError) -> JournalEntry? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM journal ORDER BY number DESC LIMIT 1").map(Store.entry)
        }
    }

    /// The number of the last entry of a kind; `nil` before the first.
    public func lastEntry(of kind: JournalEntry.Kind) throws(StoreError) -> Int64? {
        try read { db in
            try Int64.fetchOne(db, sql: "SELECT max(number) FROM journal WHERE kind = ?", arguments: [kind.rawValue])
        }
    }

    /// The first entry that was changed from outside; `nil` where the chain is whole.
    public func journalFault() throws(StoreError) -> (number: Int64, reason: String)? {
        if let fault = JournalChain.fault(in: try journal()) { return fault }
        return nil
    }

    /// The body of an entry about an evidence file.
    private struct Seal: Codable { var seal: String }

    /// Notes that an evidence file was packed; the same file is noted once.
    public func noteSeal(_ seal: String, of subject: String, by: String, at now: Date) throws(StoreError) {
        guard try self.seal(seal) == nil else { return }
        try write { db in
            _ = try Store.append(.evidence, subject: subject, body: Seal(seal: seal), by: by, at: now, in: db)
        }
    }

    /// When an evidence file with this seal was first packed; `nil` where none was.
    public func seal(_ seal: String) throws(StoreError) -> JournalEntry? {
        try read { db in
            try Row.fetchOne(
                db,
                sql:
                    "SELECT * FROM journal WHERE kind = 'evidence' AND json_extract(body, '$.seal') = ? ORDER BY number",
                arguments: [seal]
            ).map(Store.entry)
        }
    }

    static func entry(_ row: Row) throws -> JournalEntry {
        guard let kind = JournalEntry.Kind(rawValue: row["kind"]) else {
            throw StoreError.other(path: "journal", detail: "entry \(row["number"] as Int64) is of an unknown kind")
        }
        return JournalEntry(
            number: row["number"], at: Date(timeIntervalSince1970: Double(row["at"] as Int64) / 1000), by: row["by"],
            kind: kind, subject: row["subject"], body: row["body"], previous: row["previous"], hash: row["hash"])
    }
}
