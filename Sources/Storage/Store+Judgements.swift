import Foundation
import GRDB
import Village

extension Store {
    /// Puts the judged flags and advice in the place of the former ones, in one transaction.
    public func replaceJudgements(flags: [Flag], advice: [Advice]) throws(StoreError) {
        try write { db in
            try db.execute(sql: "DELETE FROM flag; DELETE FROM advice")
            for flag in flags {
                try db.execute(
                    sql: "INSERT INTO flag (id, plot, firstSeen, body) VALUES (?, ?, ?, ?)",
                    arguments: [flag.id, flag.plot, flag.firstSeen.timeIntervalSince1970, try Document.text(flag)])
            }
            for card in advice {
                try db.execute(
                    sql: "INSERT INTO advice (id, plot, at, body) VALUES (?, ?, ?, ?)",
                    arguments: [card.id, card.plot, card.at.timeIntervalSince1970, try Document.text(card)])
            }
        }
    }

    public func advice() throws(StoreError) -> [Advice] {
        try read { db in
            try String.fetchAll(db, sql: "SELECT body FROM advice ORDER BY at, id").map { try Document.value($0) }
        }
    }

    /// Notes that a run begins; the number identifies it.
    public func beginRun(at now: Date, tool: String, kernels: String) throws(StoreError) -> Int64 {
        try write { db in
            try db.execute(
                sql: "INSERT INTO run (startedAt, tool, kernels) VALUES (?, ?, ?)",
                arguments: [now.timeIntervalSince1970, tool, kernels])
            return db.lastInsertedRowID
        }
    }

    /// When the store's first run began.
    public func firstRun() throws(StoreError) -> Date? {
        try read { db in
            try Double.fetchOne(db, sql: "SELECT min(startedAt) FROM run").map(Date.init(timeIntervalSince1970:))
        }
    }

    /// When the latest run began, by the clock of its machine; `nil` before the first.
    public func latestRunStart() throws(StoreError) -> Date? {
        try read { db in
            try Double.fetchOne(db, sql: "SELECT max(startedAt) FROM run").map(Date.init(timeIntervalSince1970:))
        }
    }

    public func endRun(_ run: Int64, at now: Date, captures: Int, unusable: Int) throws(StoreError) {
        try write { db in
            try db.execute(
                sql: "UPDATE run SET finishedAt = ?, captures = ?, unusable = ? WHERE id = ?",
                arguments: [now.timeIntervalSince1970, captures, unusable, run])
        }
    }
}
