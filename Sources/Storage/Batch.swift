import Foundation
import GRDB
import Village

/// What one transaction adds for one camera: facts, and where its detectors stand after them.
public struct Batch: Sendable {
    public var captures: [Capture]
    /// Readings of the captures above (same `camera`, `capture` = the path).
    public var readings: [Reading]
    public var findings: [FindingRecord]
    /// By camera and name; replaces what was there.
    public var states: [StateRecord]
    public var pictures: [PictureRecord]
    /// Pictures that are no longer needed.
    public var droppedPictures: [PictureKey]

    public init(
        captures: [Capture] = [], readings: [Reading] = [], findings: [FindingRecord] = [], states: [StateRecord] = [],
        pictures: [PictureRecord] = [], droppedPictures: [PictureKey] = []
    ) {
        self.captures = captures
        self.readings = readings
        self.findings = findings
        self.states = states
        self.pictures = pictures
        self.droppedPictures = droppedPictures
    }
}

/// One thing that a detector said at one moment; the latest of a name is where it stands.
public struct FindingRecord: Sendable, Equatable {
    public var camera: String
    public var name: String
    public var at: Date
    /// JSON.
    public var body: Data

    public init(camera: String, name: String, at: Date, body: Data) {
        self.camera = camera
        self.name = name
        self.at = at
        self.body = body
    }
}

public struct StateRecord: Sendable, Equatable {
    public var camera: String
    public var name: String
    public var body: Data

    public init(camera: String, name: String, body: Data) {
        self.camera = camera
        self.name = name
        self.body = body
    }
}

public struct PictureKey: Sendable, Hashable {
    public var camera: String
    public var name: String

    public init(camera: String, name: String) {
        self.camera = camera
        self.name = name
    }
}

/// Bytes of an encoded or raw picture.
public struct PictureRecord: Sendable, Equatable {
    public var key: PictureKey
    public var bytes: Data

    public init(key: PictureKey, bytes: Data) {
        self.key = key
        self.bytes = bytes
    }
}

extension Store {
    /// Writes everything in `batch` in one transaction.
    public func commit(_ batch: Batch) throws(StoreError) {
        try write { db in
            // By bytes: two spellings of one name in Unicode are two files.
            var ids: [[UInt8]: Int64] = [:]
            for capture in batch.captures { ids[Array(capture.path.utf8)] = try CaptureRow.insert(capture, into: db) }
            for reading in batch.readings {
                guard let id = ids[Array(reading.capture.utf8)] else {
                    throw StoreError.other(
                        path: path, detail: "a reading of \(reading.capture) came without its capture")
                }
                try ReadingRow.insert(reading, capture: id, into: db)
            }
            for finding in batch.findings {
                try db.execute(
                    sql: "INSERT INTO finding (camera, name, at, body) VALUES (?, ?, ?, ?)",
                    arguments: [
                        finding.camera, finding.name, finding.at.timeIntervalSince1970,
                        String(decoding: finding.body, as: UTF8.self),
                    ])
            }
            for state in batch.states {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO cameraState (camera, name, body) VALUES (?, ?, ?)",
                    arguments: [state.camera, state.name, state.body])
            }
            for picture in batch.pictures {
                try db.execute(
                    sql: "INSERT OR REPLACE INTO picture (camera, name, bytes) VALUES (?, ?, ?)",
                    arguments: [picture.key.camera, picture.key.name, picture.bytes])
            }
            for key in batch.droppedPictures {
                try db.execute(
                    sql: "DELETE FROM picture WHERE camera = ? AND name = ?", arguments: [key.camera, key.name])
            }
        }
    }

    /// The body last stored under this name.
    public func state(camera: String, name: String) throws(StoreError) -> Data? {
        try read {
            try Data.fetchOne(
                $0, sql: "SELECT body FROM cameraState WHERE camera = ? AND name = ?", arguments: [camera, name])
        }
    }

    public func picture(_ key: PictureKey) throws(StoreError) -> Data? {
        try read {
            try Data.fetchOne(
                $0, sql: "SELECT bytes FROM picture WHERE camera = ? AND name = ?", arguments: [key.camera, key.name])
        }
    }

    /// Names of a camera's pictures that begin with `prefix`, in order.
    public func pictureNames(camera: String, prefix: String) throws(StoreError) -> [String] {
        try read {
            try String.fetchAll(
                $0, sql: "SELECT name FROM picture WHERE camera = ? AND substr(name, 1, ?) = ? ORDER BY name",
                arguments: [camera, prefix.unicodeScalars.count, prefix])
        }
    }

    /// Findings of this camera whose names begin with `prefix`, in order of time.
    ///
    /// - Parameters:
    ///   - since: included.
    ///   - until: not included.
    public func findings(camera: String, prefix: String, since: Date? = nil, until: Date? = nil) throws(StoreError)
        -> [FindingRecord]
    {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT name, at, body FROM finding WHERE camera = ? AND substr(name, 1, ?) = ?
                    AND at >= ? AND at < ? ORDER BY at, id
                    """,
                arguments: [
                    camera, prefix.unicodeScalars.count, prefix, since?.timeIntervalSince1970 ?? -Double.infinity,
                    until?.timeIntervalSince1970 ?? Double.infinity,
                ]
            ).map {
                FindingRecord(
                    camera: camera, name: $0["name"], at: Date(timeIntervalSince1970: $0["at"]),
                    body: Data(($0["body"] as String).utf8))
            }
        }
    }

    /// The latest body of every name of this camera, in order of name.
    public func latestFindings(camera: String) throws(StoreError) -> [FindingRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT name, at, body FROM finding AS f WHERE camera = ?
                    AND id = (SELECT max(id) FROM finding WHERE camera = f.camera AND name = f.name) ORDER BY name
                    """,
                arguments: [camera]
            ).map {
                FindingRecord(
                    camera: camera, name: $0["name"], at: Date(timeIntervalSince1970: $0["at"]),
                    body: Data(($0["body"] as String).utf8))
            }
        }
    }
}
