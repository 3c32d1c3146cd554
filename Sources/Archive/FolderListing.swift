import Foundation

/// The names in one folder that a walk asks for, in the order of the bytes of whole paths: a folder's name counts with the
/// `/` that follows it.
///
/// - Note: a name takes its bytes and ten more, all in two blocks, as a camera may put a million files into one folder.
struct FolderListing {
    /// Names that are no UTF-8, with what is not replaced.
    private(set) var unreadableNames: [String] = []
    /// Each name, a folder's followed by `/`, ended by 0.
    private var bytes: [UInt8] = []
    /// Where the names begin that were not taken yet, the next one last.
    private var starts: [Int] = []

    private static let slash = UInt8(ascii: "/")

    /// - Parameter isWanted: asked of each name once.
    /// - Complexity: O(*n* log *n*) in names.
    static func of(_ path: String, isWanted: (String) -> Bool) -> Result<FolderListing, SystemFault> {
        guard let folder = opendir(path) else { return .failure(SystemFault(code: errno)) }
        defer { closedir(folder) }
        var listing = FolderListing()
        while true {
            errno = 0
            guard let entry = readdir(folder) else {
                if errno != 0 { return .failure(SystemFault(code: errno)) }
                break
            }
            listing.take(entry, in: path, isWanted)
        }
        listing.sort()
        return .success(listing)
    }

    private mutating func take(_ entry: UnsafeMutablePointer<dirent>, in path: String, _ isWanted: (String) -> Bool) {
        withUnsafeBytes(of: &entry.pointee.d_name) { field in
            let raw = field.prefix { $0 != 0 }
            if raw.elementsEqual([0x2E]) || raw.elementsEqual([0x2E, 0x2E]) { return }
            guard let name = String(validating: raw, as: UTF8.self) else {
                unreadableNames.append(String(decoding: raw, as: UTF8.self))
                return
            }
            guard isWanted(name) else { return }
            starts.append(bytes.count)
            bytes.append(contentsOf: raw)
            if Self.isFolder(kind: entry.pointee.d_type, "\(path)/\(name)") { bytes.append(Self.slash) }
            bytes.append(0)
        }
    }

    /// - Parameter kind: what the folder itself says; of links, and on file systems that say nothing, the target is asked.
    private static func isFolder(kind: UInt8, _ path: @autoclosure () -> String) -> Bool {
        switch Int(kind) {
        case Int(DT_DIR): return true
        case Int(DT_LNK), Int(DT_UNKNOWN):
            guard case .success(let status) = FileStatus.of(path: path(), followingLink: true) else { return false }
            return status.kind == .folder
        default: return false
        }
    }

    private mutating func sort() {
        unreadableNames.sort()
        bytes.withUnsafeBytes { bytes in
            guard let names = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            starts.sort { strcmp(names + $0, names + $1) > 0 }
        }
    }

    /// The next name; `nil` after the last one.
    mutating func next() -> String? {
        guard let start = starts.popLast() else { return nil }
        let name = bytes[start...].prefix { $0 != 0 && $0 != Self.slash }
        return String(decoding: name, as: UTF8.self)
    }
}
