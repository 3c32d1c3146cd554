import Foundation
import GRDB
import Village

/// `Capture` ⇄ a row of `capture`.
enum CaptureRow {
    /// A file that could not be read before, or was cut short, may be replaced by what it holds now; a capture that was
    /// read whole never changes.
    static func insert(_ capture: Capture, into db: Database) throws -> Int64 {
        try db.cachedStatement(
            sql: """
                INSERT INTO capture (camera, path, at, timeSource, sizeInBytes, sha256, width, height, quality, reason, dx, dy, rotation,
                    solarElevation, exposure, automaticWhiteBalance, latitude, longitude, elevation, measures)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (camera, path) DO UPDATE SET
                    at = excluded.at, timeSource = excluded.timeSource, sizeInBytes = excluded.sizeInBytes, sha256 = excluded.sha256,
                    width = excluded.width, height = excluded.height, quality = excluded.quality, reason = excluded.reason,
                    dx = excluded.dx, dy = excluded.dy, rotation = excluded.rotation, solarElevation = excluded.solarElevation,
                    exposure = excluded.exposure, automaticWhiteBalance = excluded.automaticWhiteBalance,
                    latitude = excluded.latitude, longitude = excluded.longitude, elevation = excluded.elevation,
                    measures = excluded.measures
                WHERE capture.sha256 IS NULL OR capture.quality IN ('corrupt', 'truncated')
                """
        ).execute(
            arguments: [
                capture.camera, capture.path, capture.at?.timeIntervalSince1970, capture.timeSource?.rawValue,
                capture.sizeInBytes,
                capture.sha256, capture.width, capture.height, capture.quality.rawValue, capture.reason,
                capture.shift?.dx, capture.shift?.dy,
                capture.shift?.rotation, capture.solarElevation, capture.exposure, capture.automaticWhiteBalance,
                capture.location?.latitude,
                capture.location?.longitude, capture.location?.elevation, try Document.text(capture.measures),
            ])
        let found = try db.cachedStatement(sql: "SELECT id FROM capture WHERE camera = ? AND path = ?")
        return try Int64.fetchOne(found, arguments: [capture.camera, capture.path]) ?? 0
    }

    static func shift(_ row: Row) -> Shift? {
        guard let dx: Double = row["dx"], let dy: Double = row["dy"], let rotation: Double = row["rotation"] else {
            return nil
        }
        return Shift(dx: dx, dy: dy, rotation: rotation)
    }

    static func capture(_ row: Row) throws -> Capture {
        var location: Location?
        if let latitude: Double = row["latitude"], let longitude: Double = row["longitude"] {
            location = Location(latitude: latitude, longitude: longitude, elevation: row["elevation"] ?? 0)
        }
        return Capture(
            camera: row["camera"], path: row["path"], at: (row["at"] as Double?).map(Date.init(timeIntervalSince1970:)),
            timeSource: (row["timeSource"] as String?).flatMap(TimeSource.init(rawValue:)),
            sizeInBytes: row["sizeInBytes"],
            sha256: row["sha256"], width: row["width"], height: row["height"],
            quality: Quality(rawValue: row["quality"] as String) ?? .corrupt, reason: row["reason"], shift: shift(row),
            solarElevation: row["solarElevation"], exposure: row["exposure"],
            automaticWhiteBalance: row["automaticWhiteBalance"],
            location: location, measures: try Document.value(row["measures"]))
    }
}

/// `Reading` ⇄ a row of `reading` joined with its capture.
enum ReadingRow {
    /// Before a class's id in the quantities: no quantity has a dot.
    private static let classPrefix = "class."

    static func insert(_ reading: Reading, capture: Int64, into db: Database) throws {
        var quantities: [String: Measured] = [:]
        for (quantity, measured) in reading.values { quantities[quantity.rawValue] = measured }
        for (name, share) in reading.classShares { quantities[classPrefix + name] = .value(share) }
        try db.cachedStatement(
            sql: "INSERT INTO reading (capture, plot, at, statistics, quantities) VALUES (?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                capture, reading.plot, reading.at.timeIntervalSince1970,
                try reading.statistics.map { try Document.text($0) },
                try Document.text(quantities),
            ])
    }

    static func reading(_ row: Row) throws -> Reading {
        let stored: [String: Measured] = try Document.value(row["quantities"])
        var values: [Quantity: Measured] = [:]
        var shares: [String: Double] = [:]
        for (name, measured) in stored {
            if let quantity = Quantity(rawValue: name) {
                values[quantity] = measured
            } else if name.hasPrefix(classPrefix), case .value(let share) = measured {
                shares[String(name.dropFirst(classPrefix.count))] = share
            }
        }
        var reading = Reading(
            plot: row["plot"], camera: row["camera"], capture: row["path"], at: Date(timeIntervalSince1970: row["at"]),
            quality: Quality(rawValue: row["quality"] as String) ?? .corrupt,
            statistics: try (row["statistics"] as String?).map { try Document.value($0) }, values: values)
        reading.classShares = shares
        return reading
    }
}

/// Values as JSON text, keys in order, so that the same facts are the same bytes; what is not a number stays so.
enum Document {
    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }()

    private static let decoder = {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }()

    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
        try decoder.decode(type, from: Data(text.utf8))
    }
}
