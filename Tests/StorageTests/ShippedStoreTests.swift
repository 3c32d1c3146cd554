import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

/// What a store in `testimages/databases` holds; `entries` of the journal, where it has one.
struct ShippedStore: Sendable, CustomTestStringConvertible {
    let name: String
    let captures: Int
    let readings: Int
    let entries: Int?

    var testDescription: String { name }
}

/// Stores as shipped programs wrote them, brought up to date.
@Suite struct ShippedStoreTests {
    static let folder = URL(filePath: ProjectFiles.testimages + "/databases")
    static let versions = [
        ShippedStore(name: "0.1.0", captures: 26, readings: 46, entries: nil),
        ShippedStore(name: "schema-2", captures: 30, readings: 54, entries: 4),
        ShippedStore(name: "schema-3", captures: 30, readings: 54, entries: 10),
        ShippedStore(name: "schema-drops", captures: 30, readings: 54, entries: 18),
        ShippedStore(name: "schema-points", captures: 30, readings: 54, entries: 17),
    ]

    let file: StoreFile

    init() throws { file = try StoreFile() }

    private func copy(_ version: ShippedStore) throws {
        try FileManager.default.copyItem(
            at: Self.folder.appending(path: version.name + ".sqlite"), to: URL(fileURLWithPath: file.path))
    }

    /// Table → columns, in order of name.
    private func columns(_ db: Database) throws -> [String: [String]] {
        let tables = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return Dictionary(
            uniqueKeysWithValues: try tables.map { table in (table, try db.columns(in: table).map(\.name).sorted()) })
    }

    private func rows(_ db: Database, _ columns: [String: [String]]) throws -> [String] {
        try columns.filter { $0.key != "grdb_migrations" }.flatMap { table, columns in
            try Row.fetchAll(db, sql: "SELECT \(columns.joined(separator: ", ")) FROM \(table)").map {
                "\(table): \($0.databaseValues)"
            }
        }.sorted()
    }

    @Test func everyShippedVersionIsTried() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".sqlite") }.map { String($0.dropLast(7)) }.sorted()
        #expect(found == Self.versions.map(\.name))
    }

    @Test(arguments: versions) func everyFactComesThrough(version: ShippedStore) throws {
        try copy(version)
        let former = try file.sql { try columns($0) }
        let before = try file.sql { try rows($0, former) }
        _ = try file.open(.write)
        let after = try file.sql { try rows($0, former) }
        #expect(before == after && before.count > 50)
    }

    @Test(arguments: versions) func theTablesAreThoseOfANewStore(version: ShippedStore) throws {
        func schema(_ file: StoreFile) throws -> [String] {
            _ = try file.open(.write)
            return try file.sql { db in
                try String.fetchAll(
                    db, sql: "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master"
                )
                .map { $0.filter { !$0.isWhitespace } }.sorted()
            }
        }
        try copy(version)
        #expect(try schema(file) == schema(try StoreFile()))
    }

    @Test(arguments: versions) func itIsSoundAndGoesOn(version: ShippedStore) throws {
        try copy(version)
        #expect(try file.open(.maintain).check() == [])
        let store = try file.open(.write)
        #expect(try store.check() == [])
        #expect(try store.captures().count == version.captures && store.readings().count == version.readings)
        #expect(try store.flags().map(\.id) == ["east-1"] && store.advice().count == 1)
        #expect(try store.journal().count == version.entries ?? 0 && store.journalFault() == nil)
        try store.claim(site: "trial")
        try store.commit(Batch(captures: [.sample("east/new.png", camera: "east")]))
        #expect(try store.captures().count == version.captures + 1)
    }

    @Test(arguments: versions) func anOlderOneIsCopiedAsItIs(version: ShippedStore) throws {
        try copy(version)
        let before = try file.rows()
        let target = file.folder.url.path + "/copy.sqlite"
        let copy = try file.open(.maintain).backup(to: target)
        #expect(copy.captures == version.captures && copy.readings == version.readings)
        try FileManager.default.removeItem(atPath: file.path)
        try FileManager.default.moveItem(atPath: target, toPath: file.path)
        #expect(try file.rows() == before)
    }

    /// SQLite takes a step back that could not be finished; the next opening takes it anew.
    @Test(arguments: versions.filter { $0.name != "schema-drops" }) func aStepThatFailsLosesNothing(
        version: ShippedStore
    ) throws {
        try copy(version)
        let former = try file.sql { try columns($0) }
        let before = try file.sql { try rows($0, former) }
        // Another hand's table of the name that the last step wants.
        try file.sql { try $0.execute(sql: "CREATE TABLE patrolPair (x)") }
        #expect(throws: (any Error).self) { try file.open(.write) }
        try file.sql { try $0.execute(sql: "DROP TABLE patrolPair") }
        #expect(try file.sql { try rows($0, former) } == before)
        _ = try file.open(.write)
        #expect(try file.sql { try rows($0, former) } == before)
        #expect(try file.open(.maintain).check() == [])
    }
}
