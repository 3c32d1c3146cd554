import Foundation
import GRDB
import TestKit
import Testing
import Village

@testable import Storage

/// What becomes of a store that is not there, not ours, or not whole.
@Suite struct OpeningTests {
    let file: StoreFile

    init() throws { file = try StoreFile() }

    private func error(opening access: Store.Access, _ path: String? = nil) -> StoreError? {
        do {
            _ = try Store(path: path ?? file.path, access: access)
            return nil
        } catch {
            return error
        }
    }

    private func isDamaged(_ error: StoreError?) -> Bool { if case .damaged? = error { true } else { false } }

    @Test func readingWhatIsNotThereMakesNothing() {
        #expect(error(opening: .read) == .missing(path: file.path))
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test func writingMakesIt() throws {
        try file.open().claim(site: "daxi")
        #expect(error(opening: .read) == nil)
    }

    @Test(arguments: [Store.Access.read, .write]) func garbageIsDamagedAndLeftAlone(access: Store.Access) throws {
        let garbage = Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
        try garbage.write(to: URL(filePath: file.path))
        #expect(isDamaged(error(opening: access)))
        #expect(FileManager.default.contents(atPath: file.path) == garbage)
    }

    @Test func anEmptyFileIsNoStoreToRead() throws {
        try Data().write(to: URL(filePath: file.path))
        #expect(isDamaged(error(opening: .read)))
        #expect(error(opening: .write) == nil, "there is nothing in it that could be lost")
    }

    @Test func aFileCutShortIsDamaged() throws {
        do {
            let store = try file.open()
            try store.commit(Batch(captures: (0..<400).map { Capture.sample("cam/\($0).jpg", sha256: "\($0)") }))
        }
        try file.sql { _ in }
        let whole = try #require(FileManager.default.contents(atPath: file.path))
        for length in [50, 2000, 4096, whole.count / 2] {
            try whole.prefix(length).write(to: URL(filePath: file.path))
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + suffix) }
            let fault: StoreError?
            do {
                _ = try file.open(.read).captures()
                fault = nil
            } catch let error as StoreError {
                fault = error
            }
            #expect(isDamaged(fault), "cut at \(length): \(String(describing: fault))")
        }
    }

    @Test(arguments: [Store.Access.read, .write]) func aNewerStoreIsRefusedAndLeftAlone(access: Store.Access) throws {
        _ = try file.open()
        try file.sql { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
        let before = try file.rows()
        #expect(error(opening: access) == .newer(path: file.path))
        #expect(try file.rows() == before)
    }

    /// `store:` points at the database of some other program.
    @Test(arguments: [Store.Access.read, .write]) func theDatabaseOfAnotherProgramIsLeftAlone(access: Store.Access)
        throws
    {
        try file.sql { try $0.execute(sql: "CREATE TABLE invoices (id INTEGER); INSERT INTO invoices VALUES (1)") }
        let before = try file.rows()
        #expect(isDamaged(error(opening: access)))
        #expect(try file.rows() == before)
    }

    @Test func aFolderOrAMissingFolderIsNotWritable() throws {
        let folder = file.folder.url.path
        #expect(error(opening: .write, folder) == .notWritable(path: folder))
        let lost = folder + "/no/such/plotwatch.sqlite"
        #expect(error(opening: .write, lost) == .notWritable(path: lost))
    }

    @Test func aStoreBelongsToOneSite() throws {
        let store = try file.open()
        try store.claim(site: "daxi")
        try store.claim(site: "daxi")
        let before = try file.rows()
        do {
            try store.claim(site: "other")
            Issue.record("another site was let in")
        } catch {
            #expect(isDamaged(error))
            #expect(error.message.contains("daxi") && error.message.contains("other"))
        }
        #expect(try file.rows() == before)
    }

    @Test func aReaderNeverWrites() throws {
        try file.open().claim(site: "daxi")
        let reader = try file.open(.read)
        #expect(throws: StoreError.notWritable(path: file.path)) { try reader.commit(Batch(captures: [.sample()])) }
        #expect(throws: StoreError.notWritable(path: file.path)) { try reader.replaceJudgements(flags: [], advice: []) }
    }

    @Test func aReaderSeesWhatWasThereWhileAnotherWrites() throws {
        let writer = try file.open()
        try writer.commit(Batch(captures: [.sample("a.jpg")]))
        let reader = try file.open(.read)
        try writer.write { db in
            _ = try CaptureRow.insert(.sample("b.jpg"), into: db)
            #expect(try reader.captures().map(\.path) == ["a.jpg"])
        }
        #expect(try reader.captures().map(\.path) == ["a.jpg", "b.jpg"])
    }
}

@Suite struct FullOrBusyTests {
    let file: StoreFile

    init() throws { file = try StoreFile() }

    @Test func aStoreThatAnotherProgramHoldsIsBusy() throws {
        let store = try file.open()
        let other = try DatabaseQueue(path: file.path)
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            defer { try? db.execute(sql: "ROLLBACK") }
            #expect(throws: StoreError.busy(path: file.path)) { try store.commit(Batch(captures: [.sample()])) }
        }
        try store.commit(Batch(captures: [.sample()]))
        #expect(try store.captures().count == 1, "and afterwards it goes on")
    }

    private func big(_ name: String) -> PictureRecord {
        PictureRecord(key: PictureKey(camera: "cam", name: name), bytes: Data(repeating: 7, count: 400_000))
    }

    /// SQLite's own limit stands in for the disk's.
    @Test func aFullStoreLosesNothing() throws {
        let store = try file.open()
        try store.commit(Batch(captures: [.sample("a.jpg")], pictures: [big("1")]))
        try store.write { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
        }
        #expect(throws: StoreError.full(path: file.path)) {
            try store.commit(Batch(captures: [.sample("b.jpg")], pictures: [big("2")]))
        }
        #expect(try store.captures().map(\.path) == ["a.jpg"])
        try store.write { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        try store.commit(Batch(captures: [.sample("b.jpg")], pictures: [big("2")]))
        #expect(try store.captures().count == 2)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "a disk of its own can only be made by root")) func aFullDiskLosesNothing()
        throws
    {
        let disk = try SmallDisk(kilobytes: 1500)
        let path = disk.path + "/plotwatch.sqlite"
        let store = try Store(path: path, access: .write)
        try store.claim(site: "daxi")
        var stored = 0
        var fault: StoreError?
        while fault == nil, stored < 20 {
            do {
                try store.commit(Batch(captures: [.sample("\(stored).jpg")], pictures: [big("\(stored)")]))
                stored += 1
            } catch {
                fault = error
            }
        }
        #expect(fault == .full(path: path))
        #expect(stored > 0)
        #expect(try store.captures().count == stored)
        try disk.grow(kilobytes: 8000)
        #expect(try Store(path: path, access: .read).captures().count == stored)
        try store.commit(Batch(captures: [.sample("after.jpg")], pictures: [big("after")]))
        #expect(try store.captures().count == stored + 1)
    }
}

/// A file system in memory.
private final class SmallDisk {
    let folder: TemporaryFolder
    var path: String { folder.url.path }

    static let isPossible: Bool = {
        guard geteuid() == 0, let disk = try? SmallDisk(kilobytes: 64) else { return false }
        return FileManager.default.fileExists(atPath: disk.path)
    }()

    init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        try SmallDisk.command("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.url.path)
    }

    func grow(kilobytes: Int) throws { try SmallDisk.command("mount", "-o", "remount,size=\(kilobytes)k", path) }

    deinit { try? SmallDisk.command("umount", "-l", path) }

    private struct Refused: Error {}

    private static func command(_ words: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Refused() }
    }
}

/// Found by killing the program in its first moments.
@Suite struct HotJournalTests {
    @Test(arguments: [Store.Access.write, .read]) func aJournalThatAKilledWriterLeftIsRolledBack(access: Store.Access)
        throws
    {
        let file = try StoreFile()
        if access == .read { _ = try file.open(.write) }
        let before = access == .read ? try file.rows() : []
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1")
            try db.execute(sql: "BEGIN IMMEDIATE; CREATE TABLE half (x); INSERT INTO half VALUES (zeroblob(200000))")
        }
        // What a kill at this moment leaves: the file with some of the new pages, and the journal with the old ones.
        let copy = try StoreFile()
        for ending in ["", "-journal"] {
            try FileManager.default.copyItem(atPath: file.path + ending, toPath: copy.path + ending)
        }
        try queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try queue.close()
        _ = try copy.open(access)
        #expect(try copy.rows().contains { $0.hasPrefix("grdb_migrations") })
        if access == .read { #expect(try copy.rows() == before) }
    }
}
