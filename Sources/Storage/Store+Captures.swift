import Foundation
import GRDB
import Village

/// Which captures or readings; `nil` = no limit.
public struct Selection: Sendable {
    public var camera: String?
    public var plot: String?
    /// Included.
    public var since: Date?
    /// Not included.
    public var until: Date?
    /// Only captures of this quality.
    public var quality: Quality?

    public init(
        camera: String? = nil, plot: String? = nil, since: Date? = nil, until: Date? = nil, quality: Quality? = nil
    ) {
        self.camera = camera
        self.plot = plot
        self.since = since
        self.until = until
        self.quality = quality
    }

    func conditions(cameraColumn: String, atColumn: String, plotColumn: String?) -> (
        sql: String, arguments: StatementArguments
    ) {
        var terms: [String] = []
        var arguments: StatementArguments = []
        if let camera {
            terms.append("\(cameraColumn) = ?")
            arguments += [camera]
        }
        if let plot, let plotColumn {
            terms.append("\(plotColumn) = ?")
            arguments += [plot]
        }
        if let since {
            terms.append("\(atColumn) >= ?")
            arguments += [since.timeIntervalSince1970]
        }
        if let until {
            terms.append("\(atColumn) < ?")
            arguments += [until.timeIntervalSince1970]
        }
        if let quality {
            terms.append("quality = ?")
            arguments += [quality.rawValue]
        }
        return (terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND "), arguments)
    }
}

/// What the store knows of a file that is a capture.
public enum KnownCapture: Sendable, Equatable {
    case read
    /// It could not be read, which is worth another try.
    case unread(reason: String?)
    /// It was read and is cut short or no picture: worth another try once it has grown.
    case broken(sizeInBytes: Int)
}

extension Store {
    /// Those of `paths` that are already captures of this camera.
    ///
    /// Keys are the paths' bytes: two spellings of one name in Unicode are two files.
    public func knownPaths(camera: String, among paths: [String]) throws(StoreError) -> [[UInt8]: KnownCapture] {
        guard !paths.isEmpty else { return [:] }
        return try read { db in
            var known: [[UInt8]: KnownCapture] = [:]
            for start in stride(from: 0, to: paths.count, by: 500) {
                let part = paths[start..<min(start + 500, paths.count)]
                let marks = databaseQuestionMarks(count: part.count)
                let rows = try Row.fetchCursor(
                    db,
                    sql: """
                        SELECT path, sha256, sizeInBytes, quality, reason FROM capture WHERE camera = ? AND path IN (\(marks))
                        """,
                    arguments: [camera] + StatementArguments(Array(part)))
                while let row = try rows.next() {
                    let quality = Quality(rawValue: row["quality"] as String)
                    known[Array((row["path"] as String).utf8)] =
                        if (row["sha256"] as String?) == nil {
                            .unread(reason: row["reason"])
                        } else if quality == .corrupt || quality == .truncated {
                            .broken(sizeInBytes: row["sizeInBytes"])
                        } else { .read }
                }
            }
            return known
        }
    }

    /// Captures in order of time (those without a time first), one at a time.
    public func forEachCapture(_ selection: Selection = Selection(), _ body: (Capture) throws -> Void)
        throws(StoreError)
    {
        let (conditions, arguments) = selection.conditions(cameraColumn: "camera", atColumn: "at", plotColumn: nil)
        try read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM capture \(conditions) ORDER BY camera, at, path", arguments: arguments)
            while let row = try rows.next() { try body(try CaptureRow.capture(row)) }
        }
    }

    public func captures(_ selection: Selection = Selection()) throws(StoreError) -> [Capture] {
        var all: [Capture] = []
        try forEachCapture(selection) { all.append($0) }
        return all
    }

    public func capture(camera: String, path: String) throws(StoreError) -> Capture? {
        try read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM capture WHERE camera = ? AND path = ?", arguments: [camera, path])
                .map(CaptureRow.capture)
        }
    }

    /// The earliest capture of this camera with these bytes.
    public func capture(camera: String, sha256: String) throws(StoreError) -> Capture? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM capture WHERE camera = ? AND sha256 = ? ORDER BY at, path LIMIT 1",
                arguments: [camera, sha256]
            ).map(CaptureRow.capture)
        }
    }

    /// The latest capture of this camera that has a time.
    public func lastCapture(camera: String) throws(StoreError) -> Capture? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT * FROM capture WHERE camera = ? AND at IS NOT NULL ORDER BY at DESC, path DESC LIMIT 1",
                arguments: [camera]
            ).map(CaptureRow.capture)
        }
    }

    /// How many captures of each quality a camera has.
    public func qualityCounts(camera: String) throws(StoreError) -> [Quality: Int] {
        try read { db in
            var counts: [Quality: Int] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT quality, count(*) AS n FROM capture WHERE camera = ? GROUP BY quality",
                arguments: [camera])
            while let row = try rows.next() {
                if let quality = Quality(rawValue: row["quality"]) { counts[quality] = row["n"] }
            }
            return counts
        }
    }

    /// Readings in order of plot and time, one at a time.
    public func forEachReading(_ selection: Selection = Selection(), _ body: (Reading) throws -> Void)
        throws(StoreError)
    {
        let (conditions, arguments) = selection.conditions(
            cameraColumn: "capture.camera", atColumn: "reading.at", plotColumn: "reading.plot")
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT reading.*, capture.camera AS camera, capture.path AS path, capture.quality AS quality
                    FROM reading JOIN capture ON capture.id = reading.capture \(conditions) ORDER BY reading.plot, reading.at, capture.path
                    """,
                arguments: arguments)
            while let row = try rows.next() { try body(try ReadingRow.reading(row)) }
        }
    }

    /// What the readings hold that was measured, in order of plot and time, one at a time: many times faster than
    /// ``forEachReading(_:_:)``, as SQLite looks the values up and nothing else is decoded.
    public func forEachMeasurement(_ selection: Selection = Selection(), _ body: (Measurements) throws -> Void)
        throws(StoreError)
    {
        let (conditions, arguments) = selection.conditions(
            cameraColumn: "capture.camera", atColumn: "reading.at", plotColumn: "reading.plot")
        let values = Quantity.allCases.map { "json_extract(quantities, '$.\($0.rawValue).value._0')" }
        try read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT reading.at, capture.path, \(values.joined(separator: ", "))
                    FROM reading JOIN capture ON capture.id = reading.capture \(conditions)
                    ORDER BY reading.plot, reading.at, capture.path
                    """,
                arguments: arguments)
            while let row = try rows.next() {
                var found = Measurements(at: Date(timeIntervalSince1970: row[0]), capture: row[1], values: [:])
                for (k, quantity) in Quantity.allCases.enumerated() {
                    // What is no number is kept as text.
                    switch (row[2 + k] as DatabaseValue).storage {
                    case .double(let value): found.values[quantity] = value
                    case .int64(let value): found.values[quantity] = Double(value)
                    case .string(let text): found.values[quantity] = Double(text)
                    case .null, .blob: break
                    }
                }
                try body(found)
            }
        }
    }

    public func readings(_ selection: Selection = Selection()) throws(StoreError) -> [Reading] {
        var all: [Reading] = []
        try forEachReading(selection) { all.append($0) }
        return all
    }
}
