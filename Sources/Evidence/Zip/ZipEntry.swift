/// One file of an archive.
public struct ZipEntry: Sendable, Equatable {
    /// Relative, `/` between folders, as ``ZipName`` allows it.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Why an archive cannot be written or read.
public enum ZipError: Error, Equatable, Sendable {
    /// No end record: not a ZIP file, or cut short.
    case noEnd
    /// A record does not lie within the file, or is not what it should be.
    case broken(record: String, offset: Int)
    /// Its content is stored in a way that we never write: compressed, encrypted, split, with extra fields.
    case unsupported(name: String, what: String)
    /// A name that leaves the folder it is unpacked in, or stands twice.
    case badName(String, reason: String)
    /// Two entries share bytes, or bytes belong to none.
    case overlap(name: String)
    case wrongChecksum(name: String)
    case tooLarge

    public var message: String {
        switch self {
        case .noEnd: "it is no whole ZIP file"
        case .broken(let record, let offset): "the \(record) at byte \(offset) is damaged"
        case .unsupported(let name, let what): "\(name): \(what), which PlotWatch does not write"
        case .badName(let name, let reason): "the name \(name.debugDescription) \(reason)"
        case .overlap(let name): "\(name) overlaps another entry, or bytes between entries belong to none"
        case .wrongChecksum(let name): "\(name): its checksum does not match"
        case .tooLarge: "it is larger than an evidence file can be"
        }
    }
}

/// Which names may stand in an archive.
enum ZipName {
    static let longest = 400

    static func fault(_ name: String) -> String? {
        if name.isEmpty { return "is empty" }
        if name.utf8.count > longest { return "is longer than \(longest) bytes" }
        if name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x5C || $0 == 0x3A }) {
            return "holds a control character, a backslash or a colon"
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) { return "leaves its folder" }
        return nil
    }
}
