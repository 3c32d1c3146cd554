import Foundation
import GRDB
import Village

/// Which flags, by what was decided of them.
public struct FlagQuery: Sendable, Equatable {
    public enum Review: Sendable, Equatable {
        case any
        /// Nobody has decided, and no permit of the register covers it.
        case unreviewed
        /// This verdict stands.
        case verdict(Verdict.Kind)
    }

    public var review: Review
    public var camera: String?
    public var plot: String?
    public var kind: Flag.Kind?
    /// How many at most.
    public var limit: Int
    /// Those behind this place.
    public var after: FlagCursor?

    public init(
        review: Review = .any, camera: String? = nil, plot: String? = nil, kind: Flag.Kind? = nil, limit: Int = 100,
        after: FlagCursor? = nil
    ) {
        self.review = review
        self.camera = camera
        self.plot = plot
        self.kind = kind
        self.limit = limit
        self.after = after
    }
}

/// A place in the list of flags that stays where it is when flags before it are decided.
public struct FlagCursor: Sendable, Equatable, Codable {
    public var firstSeen: Date
    public var id: String

    public init(firstSeen: Date, id: String) {
        self.firstSeen = firstSeen
        self.id = id
    }
}

public struct FlagPage: Sendable, Equatable {
    /// Newest first.
    public var flags: [Flag]
    /// Where the next page begins; `nil` on the last.
    public var next: FlagCursor?
    /// Of all pages.
    public var total: Int
}

extension Store {
    /// The flags as they were judged, in order of first sight, each with the decision that stands on it; a permit that
    /// a person has found makes it permitted.
    public func flags() throws(StoreError) -> [Flag] {
        try read { db in
            try Row.fetchAll(db, sql: Store.flagsWithDecisions + " ORDER BY flag.firstSeen, flag.id").map(Store.flag)
        }
    }

    public func flag(_ id: String) throws(StoreError) -> Flag? { try read { db in try Store.flag(id, in: db) } }

    /// Decided flags that the judgement no longer raises, as they were when the decision was taken.
    public func formerFlags() throws(StoreError) -> [Flag] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT journal.* FROM standingDecision AS s JOIN journal ON journal.number = s.id
                    WHERE NOT EXISTS (SELECT 1 FROM flag WHERE flag.id = s.flag) ORDER BY s.id
                    """
            ).map { row in
                let entry = try Store.entry(row)
                let body: DecisionRow = try Document.value(entry.body)
                return body.flag.decided(try body.decision(entry))
            }
        }
    }

    /// One page of flags, newest first.
    public func flags(_ query: FlagQuery) throws(StoreError) -> FlagPage {
        var terms = ["1"]
        var arguments: StatementArguments = []
        switch query.review {
        case .any: break
        case .unreviewed: terms.append("s.id IS NULL AND json_extract(flag.body, '$.status') <> 'permitted'")
        case .verdict(let kind):
            terms.append("s.verdict = ?")
            arguments += [kind.rawValue]
        }
        if let plot = query.plot {
            terms.append("flag.plot = ?")
            arguments += [plot]
        }
        for (name, value) in [("camera", query.camera), ("kind", query.kind?.rawValue)] {
            guard let value else { continue }
            terms.append("json_extract(flag.body, '$.\(name)') = ?")
            arguments += [value]
        }
        let condition = terms.joined(separator: " AND ")
        return try read { db in
            let total =
                try Int.fetchOne(
                    db,
                    sql: """
                        SELECT count(*) FROM flag LEFT JOIN standingDecision AS s ON s.flag = flag.id WHERE \(condition)
                        """, arguments: arguments) ?? 0
            var sql = Store.flagsWithDecisions + " WHERE \(condition)"
            if let after = query.after {
                sql += " AND (flag.firstSeen, flag.id) < (?, ?)"
                arguments += [after.firstSeen.timeIntervalSince1970, after.id]
            }
            sql += " ORDER BY flag.firstSeen DESC, flag.id DESC LIMIT ?"
            let flags = try Row.fetchAll(db, sql: sql, arguments: arguments + [query.limit + 1]).map(Store.flag)
            let page = Array(flags.prefix(query.limit))
            let next = flags.count > query.limit ? page.last : nil
            return FlagPage(
                flags: page, next: next.map { FlagCursor(firstSeen: $0.firstSeen, id: $0.id) }, total: total)
        }
    }

    /// Flags that nobody has decided on, newest first.
    public func unreviewedFlags(limit: Int = 100, after: FlagCursor? = nil) throws(StoreError) -> FlagPage {
        try flags(FlagQuery(review: .unreviewed, limit: limit, after: after))
    }

    // MARK: Within a transaction

    private static let flagsWithDecisions = """
        SELECT flag.body AS flagBody, journal.* FROM flag
        LEFT JOIN standingDecision AS s ON s.flag = flag.id LEFT JOIN journal ON journal.number = s.id
        """

    private static func flag(_ row: Row) throws -> Flag {
        let flag: Flag = try Document.value(row["flagBody"])
        guard (row["number"] as Int64?) != nil else { return flag }
        return flag.decided(try DecisionRow.decision(row))
    }

    static func flag(_ id: String, in db: Database) throws -> Flag? {
        if let row = try Row.fetchOne(db, sql: flagsWithDecisions + " WHERE flag.id = ?", arguments: [id]) {
            return try flag(row)
        }
        // One that is no longer raised may still be decided on again.
        guard
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT journal.* FROM decision AS d JOIN journal ON journal.number = d.id WHERE d.flag = ?
                    ORDER BY d.id DESC LIMIT 1
                    """, arguments: [id])
        else { return nil }
        let body: DecisionRow = try Document.value(try Store.entry(row).body)
        let standing = try Row.fetchOne(
            db,
            sql: """
                SELECT journal.* FROM standingDecision AS s JOIN journal ON journal.number = s.id WHERE s.flag = ?
                """, arguments: [id])
        return body.flag.decided(try standing.map(DecisionRow.decision))
    }
}
