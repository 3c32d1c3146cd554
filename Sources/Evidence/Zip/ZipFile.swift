/// ZIP archives as evidence is kept in: entries stored as they are, sorted by name, without times, so that the same
/// content is always the same bytes (PKWARE APPNOTE 6.3, the part of it that every unpacker knows).
///
/// Reading takes nothing else: whatever differs from what ``encode(_:)`` writes is refused.
public enum ZipFile {
    /// Bytes of a whole archive, and entries; far above what a case needs, far below what ZIP's 32 bits hold.
    public static let largest = 1 << 30
    public static let mostEntries = 10_000

    private static let localSignature: UInt32 = 0x0403_4B50
    private static let centralSignature: UInt32 = 0x0201_4B50
    private static let endSignature: UInt32 = 0x0605_4B50
    private static let localSize = 30
    private static let centralSize = 46
    private static let endSize = 22
    /// Names are UTF-8.
    private static let flags: UInt16 = 1 << 11
    private static let version: UInt16 = 20
    /// 1980-01-01 00:00:00, the first moment that the format knows.
    private static let time: UInt32 = 0x0021_0000

    /// - Throws: `.badName` or `.tooLarge`.
    public static func encode(_ entries: [ZipEntry]) throws(ZipError) -> [UInt8] {
        let entries = entries.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
        try check(entries.map(\.name))
        let total = entries.reduce(endSize) { $0 + $1.bytes.count + 2 * $1.name.utf8.count + localSize + centralSize }
        guard entries.count <= mostEntries, total <= largest else { throw .tooLarge }
        var out: [UInt8] = []
        out.reserveCapacity(total)
        var central: [UInt8] = []
        for entry in entries {
            let fixed = head(of: entry)
            let offset = out.count
            out.append(little: localSignature)
            out += fixed
            out += Array(entry.name.utf8)
            out += entry.bytes
            central.append(little: centralSignature)
            central.append(little: version)
            central += fixed
            // Comment, disk, internal attributes; external attributes; where the local record begins.
            central += [UInt8](repeating: 0, count: 10)
            central.append(little: UInt32(offset))
            central += Array(entry.name.utf8)
        }
        let start = out.count
        out += central
        out.append(little: endSignature)
        out.append(little: UInt32(0))
        out.append(little: UInt16(entries.count))
        out.append(little: UInt16(entries.count))
        out.append(little: UInt32(central.count))
        out.append(little: UInt32(start))
        out.append(little: UInt16(0))
        return out
    }

    /// Version to extract … extra length: the 26 bytes that both records share.
    private static func head(of entry: ZipEntry) -> [UInt8] {
        var head: [UInt8] = []
        head.append(little: version)
        head.append(little: flags)
        head.append(little: UInt16(0))
        head.append(little: time)
        head.append(little: CRC32.of(entry.bytes))
        head.append(little: UInt32(entry.bytes.count))
        head.append(little: UInt32(entry.bytes.count))
        head.append(little: UInt16(entry.name.utf8.count))
        head.append(little: UInt16(0))
        return head
    }

    private static func check(_ names: [String]) throws(ZipError) {
        var known: Set<[UInt8]> = []
        for name in names {
            if let fault = ZipName.fault(name) { throw .badName(name, reason: fault) }
            // Unpackers on other systems know no case: two such names would be one file.
            guard known.insert(Array(name.lowercased().utf8)).inserted else {
                throw .badName(name, reason: "stands twice")
            }
        }
    }

    /// The entries, in the order of the directory.
    ///
    /// - Throws: at the first thing that is wrong. Nothing is allocated that the file's own size does not pay for.
    public static func decode(_ bytes: [UInt8]) throws(ZipError) -> [ZipEntry] {
        guard bytes.count <= largest else { throw .tooLarge }
        let end = bytes.count - endSize
        guard end >= 0, read32(bytes, end) == endSignature else { throw .noEnd }
        let count = Int(read16(bytes, end + 8))
        let start = Int(read32(bytes, end + 16)), length = Int(read32(bytes, end + 12))
        guard read32(bytes, end + 4) == 0, count == Int(read16(bytes, end + 10)), start + length == end,
            read16(bytes, end + 20) == 0, count * centralSize <= length
        else { throw .broken(record: "end record", offset: end) }
        var entries: [ZipEntry] = []
        var position = start, expected = 0
        for _ in 0..<count {
            guard position + centralSize <= end, read32(bytes, position) == centralSignature else {
                throw .broken(record: "directory record", offset: position)
            }
            let nameLength = Int(read16(bytes, position + 28))
            guard position + centralSize + nameLength <= end else {
                throw .broken(record: "directory record", offset: position)
            }
            let nameBytes = Array(bytes[(position + centralSize)..<(position + centralSize + nameLength)])
            guard let name = String(validating: nameBytes, as: UTF8.self) else {
                throw .badName(String(decoding: nameBytes, as: UTF8.self), reason: "is not UTF-8")
            }
            if let what = stranger(bytes, position) { throw .unsupported(name: name, what: what) }
            let offset = Int(read32(bytes, position + 42))
            let size = Int(read32(bytes, position + 24)), content = offset + localSize + nameLength
            guard offset == expected, content + size <= start else { throw .overlap(name: name) }
            guard read32(bytes, offset) == localSignature,
                bytes[(offset + 4)..<(offset + localSize)].elementsEqual(bytes[(position + 6)..<(position + 32)]),
                bytes[(offset + localSize)..<content].elementsEqual(nameBytes)
            else { throw .broken(record: "record of \(name)", offset: offset) }
            let body = bytes[content..<(content + size)]
            guard CRC32.of(body) == read32(bytes, position + 16) else { throw .wrongChecksum(name: name) }
            entries.append(ZipEntry(name: name, bytes: Array(body)))
            expected = content + size
            position += centralSize + nameLength
        }
        guard position == end else { throw .broken(record: "directory", offset: position) }
        guard expected == start else { throw .overlap(name: entries.last?.name ?? "the directory") }
        try check(entries.map(\.name))
        return entries
    }

    /// What in a directory record is not as we write it.
    private static func stranger(_ bytes: [UInt8], _ at: Int) -> String? {
        if read16(bytes, at + 10) != 0 { return "it is compressed" }
        if read16(bytes, at + 8) != flags { return "it is encrypted or streamed" }
        if read32(bytes, at + 20) != read32(bytes, at + 24) { return "its two sizes differ" }
        if read16(bytes, at + 30) != 0 || read16(bytes, at + 32) != 0 { return "it has extra fields or a comment" }
        if read16(bytes, at + 4) != version || read16(bytes, at + 6) != version { return "it has another version" }
        if read32(bytes, at + 12) != time { return "it has a time" }
        if read16(bytes, at + 34) != 0 || read16(bytes, at + 36) != 0 || read32(bytes, at + 38) != 0 {
            return "it has attributes"
        }
        return nil
    }

    private static func read16(_ bytes: [UInt8], _ at: Int) -> UInt16 { UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8 }

    private static func read32(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(read16(bytes, at)) | UInt32(read16(bytes, at + 2)) << 16
    }
}

extension [UInt8] {
    fileprivate mutating func append(little value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
