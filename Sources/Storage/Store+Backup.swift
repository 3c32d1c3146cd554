import Files
import Foundation
import GRDB

/// What a copy of a store holds.
public struct StoreCopy: Sendable, Equatable {
    public var sizeInBytes: Int
    public var captures: Int
    public var readings: Int
}

extension Store {
    /// Copies everything into one file, while a run may be writing; the copy is checked and then put in its place.
    ///
    /// - Note: evidence pictures are in the store; the site file, its masks and the archive are not.
    /// - Throws: `.damaged` where the copy fails its check; then nothing is left of it and a former copy stays.
    public func backup(to target: String) throws(StoreError) -> StoreCopy {
        let part =
            (target as NSString).deletingLastPathComponent + "/." + (target as NSString).lastPathComponent + ".copy"
        defer { for ending in ["", "-journal", "-wal", "-shm"] { unlink(part + ending) } }
        do {
            for ending in ["", "-journal", "-wal", "-shm"] { unlink(part + ending) }
            let copy = try copied(to: part)
            let descriptor = open(part, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FileFault(path: target, code: errno) }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0, rename(part, target) == 0 else { throw FileFault(path: target, code: errno) }
            return copy
        } catch let fault as FileFault {
            throw .notCopied(fault)
        } catch {
            throw StoreError(error, path: target)
        }
    }

    private func copied(to part: String) throws -> StoreCopy {
        let queue = try DatabaseQueue(path: part)
        defer { try? queue.close() }
        try database.backup(to: queue)
        // One file that needs no other beside it.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        let faults = try queue.read(StoreCheck.faults)
        guard faults.isEmpty else {
            throw StoreError.damaged(path: path, detail: faults.prefix(3).map(\.message).joined(separator: "; "))
        }
        return try queue.read { db in
            StoreCopy(
                sizeInBytes: try Int.fetchOne(
                    db, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") ?? 0,
                captures: try Int.fetchOne(db, sql: "SELECT count(*) FROM capture") ?? 0,
                readings: try Int.fetchOne(db, sql: "SELECT count(*) FROM reading") ?? 0)
        }
    }

    /// SQLite would rebuild a store in `/var/tmp`: on another disk, which may be small, and not the village's.
    private func keepTemporariesBesideTheStore() throws {
        let folder = (path as NSString).deletingLastPathComponent
        let quoted = (folder.isEmpty ? "." : folder).replacing("'", with: "''")
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA temp_store_directory = '\(quoted)'") }
    }

    /// Gives unused space back to the disk.
    ///
    /// - Returns: bytes before and after.
    public func vacuum() throws(StoreError) -> (before: Int, after: Int) {
        func size() -> Int {
            (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        }
        do {
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            let before = size()
            try keepTemporariesBesideTheStore()
            try database.vacuum()
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            return (before, size())
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
