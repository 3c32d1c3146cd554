import Foundation
import GRDB
import Village

/// Something in a store that must not be.
public struct StoreFault: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// SQLite's own check.
        case integrity
        /// A row names one that is not there.
        case orphan
        /// A value that no PlotWatch writes.
        case value
        /// Rows that contradict each other.
        case contradiction
    }

    public var kind: Kind
    public var message: String
}

/// What must hold of every store, whatever was done to its machine.
enum StoreCheck {
    /// Of each kind so many are told.
    private static let mostTold = 20

    static func faults(in db: Database) throws -> [StoreFault] {
        let integrity = try String.fetchAll(db, sql: "PRAGMA integrity_check(\(mostTold))").filter { $0 != "ok" }
        // What lies in damaged pages says nothing more.
        guard integrity.isEmpty else { return integrity.map { StoreFault(kind: .integrity, message: $0) } }
        let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(mostTold).map {
            StoreFault(kind: .orphan, message: "\($0[0] as String) names a row of \($0[2] as String) that is not there")
        }
        return try orphans + values(in: db) + contradictions(in: db)
    }

    private static func values(in db: Database) throws -> [StoreFault] {
        var faults: [StoreFault] = []
        func known(_ column: String, _ values: [String]) throws {
            let marks = databaseQuestionMarks(count: values.count)
            let unknown = try String.fetchAll(
                db,
                sql:
                    "SELECT DISTINCT \(column) FROM capture WHERE \(column) IS NOT NULL AND \(column) NOT IN (\(marks)) LIMIT ?",
                arguments: StatementArguments(values) + [mostTold])
            faults += unknown.map { StoreFault(kind: .value, message: "a capture's \(column) is \"\($0)\"") }
        }
        try known("quality", Quality.allCases.map(\.rawValue))
        try known("timeSource", TimeSource.allCases.map(\.rawValue))
        for (table, column, name) in [
            ("capture", "measures", "path"), ("reading", "quantities", "plot"), ("reading", "statistics", "plot"),
            ("finding", "body", "name"), ("flag", "body", "id"), ("advice", "body", "id"),
            ("patrolFlight", "body", "after"), ("patrolPair", "body", "number"), ("handedIn", "checks", "before"),
        ] {
            // An older store has no such table yet.
            guard try db.tableExists(table) else { continue }
            let bad = try String.fetchAll(
                db,
                sql: "SELECT \(name) FROM \(table) WHERE \(column) IS NOT NULL AND NOT json_valid(\(column)) LIMIT ?",
                arguments: [mostTold])
            faults += bad.map { StoreFault(kind: .value, message: "\(column) of the \(table) \($0) is no JSON") }
        }
        let empty = try String.fetchAll(
            db, sql: "SELECT name FROM picture WHERE length(bytes) = 0 LIMIT ?", arguments: [mostTold])
        return faults + empty.map { StoreFault(kind: .value, message: "the picture \($0) is empty") }
    }

    private static func contradictions(in db: Database) throws -> [StoreFault] {
        let rules: [(sql: String, text: String)] = [
            (
                "SELECT path FROM capture WHERE quality = 'ok' AND (at IS NULL OR sha256 IS NULL OR width IS NULL OR height IS NULL)",
                "is ok, but has no time, hash or size"
            ),
            ("SELECT path FROM capture WHERE quality <> 'ok' AND reason IS NULL", "is not ok, but has no reason"),
            (
                "SELECT c.path FROM reading r JOIN capture c ON c.id = r.capture WHERE c.at IS NULL OR c.at <> r.at",
                "has a reading of another time"
            ),
            (
                "SELECT path FROM capture WHERE path LIKE '/%' OR path LIKE '../%' OR path LIKE '%/../%'",
                "lies outside the archive"
            ),
        ]
        var faults: [StoreFault] = []
        for rule in rules {
            let paths = try String.fetchAll(db, sql: rule.sql + " LIMIT \(mostTold)")
            faults += paths.map { StoreFault(kind: .contradiction, message: "the capture \($0) \(rule.text)") }
        }
        let sites = try Int.fetchOne(db, sql: "SELECT count(*) FROM site") ?? 0
        if sites > 1 { faults.append(StoreFault(kind: .contradiction, message: "it belongs to \(sites) sites")) }
        let references = try String.fetchAll(
            db,
            sql: """
                SELECT camera FROM cameraState s WHERE name = 'reference'
                AND NOT EXISTS (SELECT 1 FROM picture p WHERE p.camera = s.camera AND p.name = 'reference')
                """)
        return faults
            + references.map {
                StoreFault(kind: .contradiction, message: "the reference picture of \($0) is missing")
            }
    }
}

extension Store {
    /// Everything that is wrong with the store; empty where it is sound.
    ///
    /// - Complexity: every page is read.
    public func check() throws(StoreError) -> [StoreFault] {
        let faults: [StoreFault]
        do {
            faults = try read(StoreCheck.faults)
        } catch .damaged(_, let detail) {
            // So damaged that the check itself cannot read it.
            return [StoreFault(kind: .integrity, message: detail)]
        }
        // An older store has no journal yet.
        guard faults.isEmpty, try read({ try $0.tableExists("journal") }), let fault = try journalFault() else {
            return faults
        }
        return [StoreFault(kind: .contradiction, message: "entry \(fault.number) of the journal: \(fault.reason)")]
    }

    /// The newest migration that the store has.
    public func schemaVersion() throws(StoreError) -> String? {
        try read { try Schema.migrator.appliedMigrations($0).last }
    }

    public func counts() throws(StoreError) -> (captures: Int, readings: Int) {
        try read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM capture") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM reading") ?? 0
            )
        }
    }
}
