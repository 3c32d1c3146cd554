import Foundation
import GRDB
import Storage
import TestKit
import Village

/// A store in a folder of its own.
final class StoreFile {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.url.appending(path: "plotwatch.sqlite").path
    }

    func open(_ access: Store.Access = .write) throws -> Store { try Store(path: path, access: access) }

    /// The file as SQLite sees it, past `Store`.
    func sql<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.write(body)
    }

    /// Every row of every table, to see that nothing changed.
    func rows() throws -> [String] {
        try sql { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").flatMap {
                table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table): \($0.databaseValues)" }.sorted()
            }
        }
    }
}

extension Capture {
    static func sample(
        _ path: String = "cam/a.jpg", camera: String = "cam", at: Double? = 1_714_536_000, sha256: String? = "aa"
    ) -> Capture {
        Capture(
            camera: camera, path: path, at: at.map(Date.init(timeIntervalSince1970:)), sizeInBytes: 9, sha256: sha256)
    }
}

extension Reading {
    static func sample(_ plot: String = "p1", of capture: Capture, _ values: [Quantity: Measured] = [.gcc: .value(0.4)])
        -> Reading
    {
        Reading(
            plot: plot, camera: capture.camera, capture: capture.path, at: capture.at ?? .distantPast,
            quality: capture.quality,
            statistics: nil, values: values)
    }
}
