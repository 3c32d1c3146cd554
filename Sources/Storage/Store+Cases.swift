import Foundation
import GRDB
import Village

extension Store {
    /// Opens a case under the next free number of the year, such as `2024-0007`.
    public func openCase(_ event: CaseEvent, year: Int, by: String, at now: Date) throws(StoreError) -> JournalEntry {
        try write { db in
            let count =
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM caseFile WHERE substr(number, 1, 5) = ?", arguments: ["\(year)-"])
                ?? 0
            let digits = String(count + 1)
            let number = "\(year)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            let entry = try Store.append(.record, subject: number, body: event, by: by, at: now, in: db)
            try db.execute(
                sql: "INSERT INTO caseFile (number, flag, opened) VALUES (?, ?, ?)",
                arguments: [number, event.flag, entry.number])
            return entry
        }
    }

    /// Adds to a case.
    ///
    /// - Parameter last: the entry about it that was last when the act was decided on.
    /// - Throws: ``StoreError/changed(subject:)`` where there is a later one.
    @discardableResult
    public func appendToCase(_ number: String, _ event: CaseEvent, by: String, at now: Date, expecting last: Int64)
        throws(StoreError) -> JournalEntry
    {
        try write { db in
            let latest = try Int64.fetchOne(
                db, sql: "SELECT max(number) FROM journal WHERE kind = ? AND subject = ?",
                arguments: [JournalEntry.Kind.record.rawValue, number])
            guard latest == last else { throw StoreError.changed(subject: number) }
            return try Store.append(.record, subject: number, body: event, by: by, at: now, in: db)
        }
    }

    /// Numbers of cases by flag; of several, the latest.
    public func caseNumbers() throws(StoreError) -> [String: String] {
        try read { db in
            var numbers: [String: String] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT flag, number FROM caseFile WHERE flag IS NOT NULL ORDER BY opened")
            while let row = try rows.next() { numbers[row["flag"]] = row["number"] }
            return numbers
        }
    }
}
