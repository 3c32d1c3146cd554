import Foundation
import GRDB
import Village

extension Store {
    /// Every pair of the drop folder that was looked at, in order.
    public func handedInPairs() throws(StoreError) -> [HandedInPair] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM handedIn ORDER BY id").map { row in
                let after = (row["after"] as String?).map {
                    HandedInPair.File(path: $0, sizeInBytes: row["afterBytes"] ?? 0)
                }
                return HandedInPair(
                    household: row["household"], before: .init(path: row["before"], sizeInBytes: row["beforeBytes"]),
                    after: after, verdict: row["verdict"], checks: try Document.value(row["checks"]),
                    entry: row["entry"])
            }
        }
    }

    /// Keeps what became of a pair for which nothing is proposed.
    public func note(_ pair: HandedInPair) throws(StoreError) { try write { try Store.insert(pair, in: $0) } }

    static func insert(_ pair: HandedInPair, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO handedIn (household, before, beforeBytes, after, afterBytes, verdict, checks, entry)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                pair.household, pair.before.path, pair.before.sizeInBytes, pair.after?.path, pair.after?.sizeInBytes,
                pair.verdict, try Document.text(pair.checks), pair.entry,
            ])
    }
}
