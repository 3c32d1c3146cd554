import Foundation
import GRDB
import Village

/// A capture as a list shows it, with the number that stands for it in addresses.
public struct NumberedCapture: Sendable, Equatable {
    public var number: Int64
    public var path: String
    public var at: Date
    public var quality: Quality
    public var shift: Shift?
    public var width: Int?
    public var height: Int?
}

public struct FlagCounts: Sendable, Equatable {
    public var unreviewed: Int
    public var open: Int
}

extension Store {
    /// The capture that has this number in the store.
    public func capture(number: Int64) throws(StoreError) -> Capture? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM capture WHERE id = ?", arguments: [number]).map(CaptureRow.capture)
        }
    }

    /// Captures that have a time, in its order.
    ///
    /// - Parameter selection: its plot is not looked at.
    public func numberedCaptures(_ selection: Selection) throws(StoreError) -> [NumberedCapture] {
        let (conditions, arguments) = selection.conditions(cameraColumn: "camera", atColumn: "at", plotColumn: nil)
        return try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, path, at, quality, dx, dy, rotation, width, height FROM capture
                    \(conditions.isEmpty ? "WHERE" : conditions + " AND") at IS NOT NULL ORDER BY at, path
                    """, arguments: arguments
            ).map { row in
                NumberedCapture(
                    number: row["id"], path: row["path"], at: Date(timeIntervalSince1970: row["at"]),
                    quality: Quality(rawValue: row["quality"] as String) ?? .corrupt, shift: CaptureRow.shift(row),
                    width: row["width"], height: row["height"])
            }
        }
    }

    /// Captures of a camera that could not be used, the latest first.
    public func unusableCaptures(camera: String, limit: Int) throws(StoreError) -> [Capture] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM capture WHERE camera = ? AND quality <> 'ok' ORDER BY at DESC, path DESC LIMIT ?",
                arguments: [camera, limit]
            ).map(CaptureRow.capture)
        }
    }

    /// Flags whose region lies on this plot or reaches into it, in order of first sight, with their decisions.
    public func flags(on plot: String) throws(StoreError) -> [Flag] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT id FROM flag WHERE plot = ?1
                    OR EXISTS (SELECT 1 FROM json_each(body, '$.neighbours') WHERE value = ?1) ORDER BY firstSeen, id
                    """, arguments: [plot]
            ).compactMap { try Store.flag($0, in: db) }
        }
    }

    /// The flag before this place in the list of all flags, newest first; `nil` at its beginning.
    public func flag(before cursor: FlagCursor) throws(StoreError) -> Flag? {
        try read { db in
            try String.fetchOne(
                db,
                sql: """
                    SELECT id FROM flag WHERE (firstSeen, id) > (?, ?) ORDER BY firstSeen, id LIMIT 1
                    """, arguments: [cursor.firstSeen.timeIntervalSince1970, cursor.id]
            ).flatMap { try Store.flag($0, in: db) }
        }
    }

    /// Flags of each plot: those that nobody has decided, and those that still ask somebody to go and look.
    public func flagCounts() throws(StoreError) -> [String: FlagCounts] {
        try read { db in
            var counts: [String: FlagCounts] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT plot, sum(isNew AND status <> 'permitted') AS unreviewed,
                        sum(status <> 'permitted' AND stage <> 'removed' AND verdict NOT IN ('reject', 'permitted')) AS open
                    FROM (
                        SELECT flag.plot AS plot, s.id IS NULL AS isNew, coalesce(s.verdict, '') AS verdict,
                            json_extract(flag.body, '$.status') AS status, json_extract(flag.body, '$.stage') AS stage
                        FROM flag LEFT JOIN standingDecision AS s ON s.flag = flag.id
                    ) GROUP BY plot
                    """)
            while let row = try rows.next() {
                counts[row["plot"]] = FlagCounts(unreviewed: row["unreviewed"], open: row["open"])
            }
            return counts
        }
    }

    /// The latest anomaly of each plot.
    public func latestAnomalies() throws(StoreError) -> [String: Advice] {
        try read { db in
            var latest: [String: Advice] = [:]
            let bodies = try String.fetchAll(
                db,
                sql: """
                    SELECT body, max(at) FROM advice WHERE json_extract(body, '$.kind') = 'anomaly' GROUP BY plot
                    """)
            for body in bodies {
                let card: Advice = try Document.value(body)
                latest[card.plot] = card
            }
            return latest
        }
    }

    public func advice(plot: String) throws(StoreError) -> [Advice] {
        try read { db in
            try String.fetchAll(db, sql: "SELECT body FROM advice WHERE plot = ? ORDER BY at, id", arguments: [plot])
                .map { try Document.value($0) }
        }
    }

    /// Whether any usable capture was measured on this plot.
    public func hasReadings(plot: String) throws(StoreError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM reading JOIN capture ON capture.id = reading.capture
                    WHERE reading.plot = ? AND capture.quality = 'ok')
                    """, arguments: [plot]) ?? false
        }
    }
}
