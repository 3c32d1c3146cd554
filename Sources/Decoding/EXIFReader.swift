/// The tags that are read, by their numbers in the EXIF standard (JEITA CP-3451).
enum EXIFTag: Int {
    case imageDescription = 0x010E, make = 0x010F, model = 0x0110, orientation = 0x0112, software = 0x0131, dateTime =
        0x0132
    case exifDirectory = 0x8769, gpsDirectory = 0x8825
    case exposureTime = 0x829A, fNumber = 0x829D, isoSpeed = 0x8827, dateTimeOriginal = 0x9003, offsetOriginal = 0x9011
    case userComment = 0x9286, subSecondOriginal = 0x9291, pixelWidth = 0xA002, pixelHeight = 0xA003, whiteBalance =
        0xA403
    case imageUniqueID = 0xA420, focalLengthOn35mmFilm = 0xA405
    case gpsLatitudeReference = 1, gpsLatitude = 2, gpsLongitudeReference = 3, gpsLongitude = 4, gpsAltitudeReference =
        5
    case gpsAltitude = 6, gpsTime = 7, gpsImageDirection = 17, gpsDate = 29
}

/// The byte order and bounds of a TIFF structure in memory. Three directories are read, each once, so no cycle can be
/// followed.
struct EXIFReader {
    let bytes: [UInt8]
    let isBigEndian: Bool

    /// `nil` where the bytes do not begin with a byte order and 42.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        if bytes.starts(with: [0x49, 0x49, 42, 0]) {
            isBigEndian = false
        } else if bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
            isBigEndian = true
        } else {
            return nil
        }
        self.bytes = bytes
    }

    var firstDirectory: Int? { integer(at: 4, length: 4) }

    /// The unsigned number of 1, 2 or 4 bytes at `offset`; `nil` where it does not lie within the bytes.
    func integer(at offset: Int, length: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - length else { return nil }
        let part = bytes[offset..<(offset + length)]
        return isBigEndian ? part.reduce(0) { $0 << 8 | Int($1) } : part.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// More entries than any camera writes; the rest is left unread.
    private static let mostEntries = 512

    func directory(at offset: Int?) -> EXIFDirectory? {
        guard let offset, offset >= 8, let count = integer(at: offset, length: 2) else { return nil }
        var entries: [Int: EXIFDirectory.Entry] = [:]
        for index in 0..<min(count, EXIFReader.mostEntries) {
            let at = offset + 2 + 12 * index
            guard let tag = integer(at: at, length: 2), let type = integer(at: at + 2, length: 2),
                let values = integer(at: at + 4, length: 4), let pointer = integer(at: at + 8, length: 4)
            else { break }
            guard let width = EXIFDirectory.widths[type] else { continue }
            let length = width * values
            let start = length <= 4 ? at + 8 : pointer
            guard start <= bytes.count, length <= bytes.count - start, entries[tag] == nil else { continue }
            entries[tag] = EXIFDirectory.Entry(type: type, count: values, start: start, length: length)
        }
        return EXIFDirectory(reader: self, entries: entries)
    }
}

/// The entries of one directory whose values lie within the bytes.
struct EXIFDirectory {
    struct Entry {
        var type: Int
        var count: Int
        var start: Int
        var length: Int
    }

    /// Bytes of one value by type: byte, ASCII, short, long, rational, undefined, signed long, signed rational.
    static let widths = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8]

    let reader: EXIFReader
    let entries: [Int: Entry]

    /// The first value of a byte, short or long entry.
    func integer(_ tag: EXIFTag) -> Int? {
        guard let entry = entries[tag.rawValue], entry.count > 0, [1, 3, 4].contains(entry.type) else { return nil }
        return reader.integer(at: entry.start, length: entry.length / entry.count)
    }

    /// The text up to its first zero, without blanks at its end; `nil` where nothing is left.
    func text(_ tag: EXIFTag) -> String? {
        guard let entry = entries[tag.rawValue], entry.type == 2 else { return nil }
        return EXIFDirectory.trimmed(reader.bytes[entry.start..<(entry.start + entry.length)])
    }

    /// A comment that begins with the 8-byte name of its code; only ASCII and unnamed ones are read.
    func comment(_ tag: EXIFTag) -> String? {
        guard let entry = entries[tag.rawValue], entry.type == 7, entry.length > 8 else { return nil }
        let code = reader.bytes[entry.start..<(entry.start + 8)]
        guard code.starts(with: Array("ASCII".utf8)) || code.allSatisfy({ $0 == 0 }) else { return nil }
        return EXIFDirectory.trimmed(reader.bytes[(entry.start + 8)..<(entry.start + entry.length)])
    }

    /// Fractions of an entry with at most three; empty where one has no denominator.
    func rationals(_ tag: EXIFTag) -> [Double] {
        guard let entry = entries[tag.rawValue], entry.type == 5, entry.count <= 3 else { return [] }
        var values: [Double] = []
        for index in 0..<entry.count {
            let at = entry.start + 8 * index
            guard let over = reader.integer(at: at, length: 4), let under = reader.integer(at: at + 4, length: 4),
                under != 0
            else { return [] }
            values.append(Double(over) / Double(under))
        }
        return values
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String? {
        var text = bytes.prefix { $0 != 0 }
        while let last = text.last, last <= 0x20 { text.removeLast() }
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }
}
