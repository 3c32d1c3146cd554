import Foundation

/// The names in one folder, in the order of their bytes.
struct FolderListing {
    var names: [String]
    /// Names that are no UTF-8, with what is not replaced.
    var unreadableNames: [String]

    static func of(_ path: String) -> Result<FolderListing, SystemFault> {
        guard let folder = opendir(path) else { return .failure(SystemFault(code: errno)) }
        defer { closedir(folder) }
        var listing = FolderListing(names: [], unreadableNames: [])
        while true {
            errno = 0
            guard let entry = readdir(folder) else {
                if errno != 0 { return .failure(SystemFault(code: errno)) }
                break
            }
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
            if let name = String(validating: bytes, as: UTF8.self) {
                listing.names.append(name)
            } else {
                listing.unreadableNames.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        return .success(listing)
    }
}
