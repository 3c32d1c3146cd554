import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

/// Copies, checks and tidying.
@Suite struct MaintenanceTests {
    let file: StoreFile
    var target: String { file.folder.url.path + "/copy.sqlite" }

    init() throws { file = try StoreFile() }

    private func filled() throws -> Store {
        let store = try file.open()
        try store.claim(site: "daxi")
        for number in 0..<40 {
            var capture = Capture.sample("cam/\(number).jpg", at: 1_714_536_000 + Double(number))
            (capture.width, capture.height) = (160, 120)
            try store.commit(
                Batch(
                    captures: [capture], readings: [.sample(of: capture)],
                    pictures: [
                        PictureRecord(key: PictureKey(camera: "cam", name: "p\(number)"), bytes: Data(count: 20_000))
                    ]))
        }
        return store
    }

    @Test func whatIsToldAsStoredIsOnTheDisk() throws {
        let store = try file.open()
        let synchronous = try store.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
        #expect(synchronous == 2, "FULL: each transaction is synced")
    }

    @Test func theLatestRunIsTheOneThatBeganLast() throws {
        let store = try file.open()
        #expect(try store.latestRunStart() == nil)
        for second in [100.0, 300, 200] {
            _ = try store.beginRun(at: Date(timeIntervalSince1970: second), tool: "t", kernels: "k")
        }
        #expect(try store.latestRunStart() == Date(timeIntervalSince1970: 300))
    }

    @Test func aCopyIsTheStoreInOneFile() throws {
        let before = try filled()
        let copy = try before.backup(to: target)
        #expect(copy.captures == 40 && copy.readings == 40)
        let found = try FileManager.default.contentsOfDirectory(atPath: file.folder.url.path)
        #expect(found.filter { $0.contains("copy") } == ["copy.sqlite"])
        #expect(try Store(path: target, access: .read).captures() == before.captures())
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)).count == copy.sizeInBytes)
    }

    /// Facts are committed all the while; a copy holds a moment of them, whole.
    @Test func aCopyWhileARunWrites() async throws {
        let store = try filled()
        let path = file.path, target = target
        async let copies = Task.detached {
            try (0..<5).map { _ in try Store(path: path, access: .maintain).backup(to: target) }
        }.value
        for number in 100..<160 {
            var capture = Capture.sample("cam/\(number).jpg", at: 1_714_536_000 + Double(number))
            (capture.width, capture.height) = (160, 120)
            try store.commit(Batch(captures: [capture], readings: [.sample(of: capture)]))
        }
        for copy in try await copies { #expect(copy.captures == copy.readings && copy.captures >= 40) }
        #expect(try Store(path: target, access: .maintain).check() == [])
    }

    struct Damage: Sendable, CustomTestStringConvertible {
        var sql: String
        var kind: StoreFault.Kind
        var testDescription: String { sql }
    }

    static let damages = [
        Damage(sql: "UPDATE capture SET quality = 'lovely' WHERE id = 3", kind: .value),
        Damage(sql: "UPDATE capture SET timeSource = 'guess' WHERE id = 3", kind: .value),
        Damage(sql: "UPDATE capture SET measures = '{' WHERE id = 3", kind: .value),
        Damage(sql: "UPDATE reading SET quantities = 'x' WHERE capture = 3", kind: .value),
        Damage(sql: "UPDATE picture SET bytes = x'' WHERE name = 'p3'", kind: .value),
        Damage(sql: "UPDATE capture SET sha256 = NULL WHERE id = 3", kind: .contradiction),
        Damage(sql: "UPDATE capture SET at = NULL WHERE id = 3", kind: .contradiction),
        Damage(sql: "UPDATE capture SET quality = 'fog' WHERE id = 3", kind: .contradiction),
        Damage(sql: "UPDATE reading SET at = at + 1 WHERE capture = 3", kind: .contradiction),
        Damage(sql: "UPDATE capture SET path = '../etc/passwd' WHERE id = 3", kind: .contradiction),
        Damage(sql: "INSERT INTO site VALUES ('other')", kind: .contradiction),
        Damage(sql: "INSERT INTO cameraState VALUES ('cam', 'reference', x'63')", kind: .contradiction),
        Damage(sql: "PRAGMA foreign_keys = OFF; DELETE FROM capture WHERE id = 3", kind: .orphan),
    ]

    @Test(arguments: damages) func everyFaultIsFound(damage: Damage) throws {
        #expect(try filled().check() == [])
        let queue = try DatabaseQueue(path: file.path)
        try queue.writeWithoutTransaction { try $0.execute(sql: damage.sql) }
        try queue.close()
        let faults = try file.open(.maintain).check()
        #expect(faults.contains { $0.kind == damage.kind }, "\(faults)")
        #expect(throws: StoreError.self) { try file.open(.maintain).backup(to: target) }
        #expect(!FileManager.default.fileExists(atPath: target), "nothing is left of a copy that fails its check")
    }

    @Test func damagedPagesAreFoundAndAFormerCopyStays() throws {
        _ = try filled().backup(to: target)
        let good = try Data(contentsOf: URL(fileURLWithPath: target))
        try? FileManager.default.removeItem(atPath: file.path + "-wal")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: target))
        // Each page of a long value begins with the number of the next.
        for page in 100..<110 {
            bytes.replaceSubrange(page * 4096..<page * 4096 + 4, with: Data(repeating: 0xA5, count: 4))
        }
        try bytes.write(to: URL(fileURLWithPath: file.path))
        let store = try file.open(.maintain)
        #expect(try store.check().first?.kind == .integrity)
        #expect(throws: StoreError.self) { try store.backup(to: target) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: target)) == good)
    }

    @Test func aCopyThatCannotBeWrittenIsTold() throws {
        let store = try filled()
        #expect(throws: StoreError.self) { try store.backup(to: "/nowhere/copy.sqlite") }
    }

    @Test func tidyingGivesSpaceBackAndKeepsEveryFact() throws {
        let store = try filled()
        let keys = (0..<35).map { PictureKey(camera: "cam", name: "p\($0)") }
        try store.commit(Batch(droppedPictures: keys))
        let before = try store.captures()
        let size = try store.vacuum()
        #expect(size.after < size.before / 2, "\(size)")
        #expect(try store.captures() == before && store.check() == [])
    }
}
