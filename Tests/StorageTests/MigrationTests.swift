import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

/// Stores that older versions have written, one suite a version; a version's text is never edited.
@Suite struct MigrationTests {
    /// Version "1", 2026-11: its tables as SQLite holds them, and a village's first day.
    static let version1 = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1');
        CREATE TABLE site (id TEXT NOT NULL PRIMARY KEY) STRICT;
        CREATE TABLE capture (
            id INTEGER PRIMARY KEY, camera TEXT NOT NULL, path TEXT NOT NULL, at REAL, timeSource TEXT,
            sizeInBytes INTEGER NOT NULL, sha256 TEXT, width INTEGER, height INTEGER, quality TEXT NOT NULL, reason TEXT,
            dx REAL, dy REAL, rotation REAL, solarElevation REAL, exposure INTEGER, automaticWhiteBalance INTEGER,
            latitude REAL, longitude REAL, elevation REAL, measures TEXT NOT NULL, UNIQUE (camera, path)) STRICT;
        CREATE INDEX captureByTime ON capture (camera, at);
        CREATE INDEX captureByHash ON capture (camera, sha256);
        CREATE TABLE reading (
            capture INTEGER NOT NULL REFERENCES capture (id), plot TEXT NOT NULL, at REAL NOT NULL, statistics TEXT,
            quantities TEXT NOT NULL, PRIMARY KEY (plot, at, capture)) STRICT, WITHOUT ROWID;
        CREATE TABLE finding (id INTEGER PRIMARY KEY, camera TEXT NOT NULL, name TEXT NOT NULL, at REAL NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX findingByName ON finding (camera, name, at);
        CREATE TABLE cameraState (
            camera TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (camera, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE picture (camera TEXT NOT NULL, name TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (camera, name)) STRICT;
        CREATE TABLE flag (id TEXT NOT NULL PRIMARY KEY, plot TEXT NOT NULL, firstSeen REAL NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE TABLE advice (id TEXT NOT NULL PRIMARY KEY, plot TEXT NOT NULL, at REAL NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE TABLE run (
            id INTEGER PRIMARY KEY, startedAt REAL NOT NULL, finishedAt REAL, tool TEXT NOT NULL, kernels TEXT NOT NULL,
            captures INTEGER NOT NULL DEFAULT 0, unusable INTEGER NOT NULL DEFAULT 0) STRICT;

        INSERT INTO site VALUES ('daxi');
        INSERT INTO capture VALUES (1, 'cam', 'cam/1.jpg', 1714536000.5, 'name', 12345, 'ab', 160, 120, 'ok', NULL, 1.5, -2.25, 0.125,
            45.5, 33, 1, 28.84, 108.77, 520.0, '{"sharpness":0.5,"contrast":"nan"}');
        INSERT INTO capture VALUES (2, 'cam', 'cam/2.jpg', NULL, NULL, 0, NULL, NULL, NULL, 'corrupt', 'empty', NULL, NULL, NULL,
            NULL, NULL, NULL, NULL, NULL, NULL, '{}');
        INSERT INTO reading VALUES (1, 'p1', 1714536000.5, NULL, '{"gcc":{"value":{"_0":0.4}},"bloom":{"absent":{"reason":"none"}}}');
        INSERT INTO finding VALUES (1, 'cam', 'construction/1', 1714536000.5, '{}');
        INSERT INTO cameraState VALUES ('cam', 'sequence', x'7B7D');
        INSERT INTO picture VALUES ('cam', 'reference', x'FFD8');
        INSERT INTO flag VALUES ('cam-1', 'p1', 1714536000.5, '{"areaInPixels":10,"box":[1,2,3,4],"camera":"cam","confidence":0.75,\
        "confirmedAt":736228800.5,"evidence":{},"explanation":{"en":"e","zh":"z"},"firstSeen":736228800.5,"id":"cam-1","kind":"construction",\
        "lastSeen":736228800.5,"neighbours":[],"plot":"p1","polygon":[[1,2],[3,4],[5,6]],"stage":"walls","stages":[],"status":"unauthorized"}');
        INSERT INTO run VALUES (1, 1714536000.0, NULL, 'plotwatch 0.1.0', 'v3', 2, 1);
        """

    let file: StoreFile

    init() throws { file = try StoreFile() }

    @Test(arguments: [Store.Access.write, .read]) func version1IsRead(access: Store.Access) throws {
        try file.sql { db in try db.execute(sql: Self.version1) }
        // A reader changes nothing, so it asks for a writer first.
        #expect(throws: StoreError.older(path: file.path)) { try file.open(.read) }
        if access == .read { _ = try file.open(.write) }
        let store = try file.open(access)
        let captures = try store.captures()
        #expect(captures.map(\.path) == ["cam/2.jpg", "cam/1.jpg"])
        let first = try #require(captures.last)
        #expect(first.at == Date(timeIntervalSince1970: 1_714_536_000.5) && first.timeSource == .name)
        #expect(first.shift == Shift(dx: 1.5, dy: -2.25, rotation: 0.125))
        #expect(first.location == Location(latitude: 28.84, longitude: 108.77, elevation: 520))
        #expect(first.measures["sharpness"] == 0.5 && first.measures["contrast"]?.isNaN == true)
        let reading = try #require(try store.readings().first)
        #expect(reading.values == [.gcc: .value(0.4), .bloom: .absent(reason: "none")])
        #expect(try store.flags().map(\.stage) == [.walls])
        #expect(try store.flags().first?.firstSeen == Date(timeIntervalSince1970: 1_714_536_000.5))
        #expect(try store.picture(PictureKey(camera: "cam", name: "reference")) == Data([0xFF, 0xD8]))
        #expect(try store.state(camera: "cam", name: "sequence") == Data("{}".utf8))
        #expect(try store.latestFindings(camera: "cam").count == 1)
        if access == .write {
            try store.claim(site: "daxi")
            try store.commit(Batch(captures: [.sample("cam/3.jpg")], readings: [.sample(of: .sample("cam/3.jpg"))]))
            #expect(try store.captures().count == 3)
        }
    }

    /// A shipped migration that is edited would make two kinds of version 1.
    @Test func theFirstMigrationMakesVersion1() throws {
        func tables(_ db: Database) throws -> [String] {
            try String.fetchAll(
                db,
                sql:
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'grdb_migrations' ORDER BY type, name"
            )
            .map { $0.filter { !$0.isWhitespace } }
        }
        let fresh = try DatabaseQueue(), stored = try DatabaseQueue()
        try Schema.migrator.migrate(fresh, upTo: "1")
        try stored.write { try $0.execute(sql: Self.version1) }
        #expect(try fresh.read(tables) == stored.read(tables))
    }
}
