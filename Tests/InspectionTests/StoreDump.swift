import Foundation
import GRDB

/// Everything that a store holds but the log of runs, row by row: equal dumps are equal stores.
enum StoreDump {
    static func rows(of path: String) throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            let tables = try String.fetchAll(
                db,
                sql:
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('run', 'grdb_migrations') ORDER BY name"
            )
            return try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table): " + text($0) }.sorted()
            }
        }
    }

    private static func text(_ row: Row) -> String {
        row.map { name, value in
            switch value.storage {
            case .blob(let data): "\(name)=\(data.count) bytes #\(hash(data))"
            case .double(let number): "\(name)=\(number)"
            default: "\(name)=\(value)"
            }
        }.joined(separator: " ")
    }

    /// FNV-1a.
    private static func hash(_ data: Data) -> String {
        String(data.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
}
