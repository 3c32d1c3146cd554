import Foundation
import GRDB
import Village

/// The one file that a site's facts live in: SQLite, write-ahead log, opened by one writer at a time.
///
/// Every method throws ``StoreError``. A batch is written whole or not at all, so a run that is killed at any moment
/// goes on
/// where its last batch ended.
public final class Store: Sendable {
    public enum Access: Sendable {
        /// Creates the file and brings its tables up to date.
        case write
        /// Never changes anything; the file must exist.
        case read
        /// As `read`, but tables of an older version will do: for copies and checks.
        case maintain
    }

    let database: any DatabaseWriter
    public let path: String

    public init(path: String, access: Access) throws(StoreError) {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.label = "plotwatch"
        do {
            switch access {
            case .write:
                guard try !Store.isForeign(path: path, configuration: configuration) else {
                    throw StoreError.damaged(path: path, detail: "it is the database of another program")
                }
                let pool = try DatabasePool(path: path, configuration: configuration)
                database = pool
                // What was told as stored is on the disk: a power failure takes back nothing. Opening a pool sets less.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                guard try !pool.read(Schema.migrator.hasBeenSuperseded) else { throw StoreError.newer(path: path) }
                try Schema.migrator.migrate(pool)
            case .read, .maintain:
                guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missing(path: path) }
                let queue = try Store.reader(path: path, configuration: configuration)
                database = queue
                guard try !queue.read(Schema.migrator.hasBeenSuperseded) else { throw StoreError.newer(path: path) }
                guard try queue.read(Schema.migrator.hasCompletedMigrations) else {
                    let applied = try queue.read(Schema.migrator.appliedMigrations)
                    guard !applied.isEmpty else {
                        throw StoreError.damaged(path: path, detail: "its tables are incomplete")
                    }
                    guard access == .maintain else { throw StoreError.older(path: path) }
                    return
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// A connection that changes nothing.
    ///
    /// A writer that was killed while it made its first tables leaves a journal that only a writer may roll back; that
    /// is done first, as any program would that opens the database.
    private static func reader(path: String, configuration: Configuration) throws -> DatabaseQueue {
        var readonly = configuration
        readonly.readonly = true
        func opened() throws -> DatabaseQueue {
            let queue = try DatabaseQueue(path: path, configuration: readonly)
            _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            return queue
        }
        do { return try opened() } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            let writer = try DatabaseQueue(path: path, configuration: configuration)
            _ = try writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
            try writer.close()
            return try opened()
        }
    }

    /// Whether there is a database with tables, none of which any PlotWatch has made. Looked at without changing it.
    private static func isForeign(path: String, configuration: Configuration) throws -> Bool {
        guard let found = try? FileManager.default.attributesOfItem(atPath: path),
            found[.type] as? FileAttributeType == .typeRegular, found[.size] as? Int ?? 0 > 0
        else { return false }
        let queue = try reader(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            try !db.tableExists("grdb_migrations")
                && Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0 > 0
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try database.read(body) } catch { throw StoreError(error, path: path) }
    }

    func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try database.write(body) } catch { throw StoreError(error, path: path) }
    }

    /// Refuses a store that belongs to another site; remembers the site in a new one.
    public func claim(site: String) throws(StoreError) {
        try write { db in
            let owner = try String.fetchOne(db, sql: "SELECT id FROM site")
            if let owner, owner != site {
                throw StoreError.damaged(path: path, detail: "it belongs to the site \(owner), not to \(site)")
            }
            if owner == nil { try db.execute(sql: "INSERT INTO site (id) VALUES (?)", arguments: [site]) }
        }
    }
}
