import Foundation
import GRDB
import Village

/// Two flights that are compared, as the store numbers them.
public struct StoredFlight: Sendable, Equatable {
    public var id: Int64
    public var match: FlightMatch

    public init(id: Int64, match: FlightMatch) {
        self.id = id
        self.match = match
    }
}

extension Store {
    /// The comparisons of a patrol in the order in which they were begun; a flight that has grown stands there again.
    public func flights(patrol: String) throws(StoreError) -> [StoredFlight] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT id, body FROM patrolFlight WHERE patrol = ? ORDER BY id", arguments: [patrol]
            ).map { StoredFlight(id: $0["id"], match: try Document.value($0["body"])) }
        }
    }

    /// Notes which pictures of two flights belong together.
    public func begin(_ match: FlightMatch) throws(StoreError) -> Int64 {
        try write { db in
            try db.execute(
                sql: "INSERT INTO patrolFlight (patrol, before, after, body) VALUES (?, ?, ?, ?)",
                arguments: [match.patrol, match.before, match.after, try Document.text(match)])
            return db.lastInsertedRowID
        }
    }

    /// - Parameter number: of the pair in the flight's match.
    public func add(_ change: PictureChange, number: Int, of flight: Int64) throws(StoreError) {
        try write { db in
            try db.execute(
                sql: "INSERT INTO patrolPair (flight, number, body) VALUES (?, ?, ?)",
                arguments: [flight, number, try Document.text(change)])
        }
    }

    /// What was compared so far, by the pairs' numbers.
    public func changes(of flight: Int64) throws(StoreError) -> [Int: PictureChange] {
        try read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT number, body FROM patrolPair WHERE flight = ?", arguments: [flight])
            return Dictionary(
                uniqueKeysWithValues: try rows.map { ($0["number"] as Int, try Document.value($0["body"])) })
        }
    }
}
