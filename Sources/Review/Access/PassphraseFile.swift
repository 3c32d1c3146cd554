import Foundation

/// Where the hash of the passphrase lies: beside the store, for its owner's eyes alone.
public struct PassphraseFile: Sendable {
    public let path: String

    /// - Parameter store: the site's SQLite file.
    public init(store: String) { path = (store as NSString).deletingPathExtension + ".passphrase" }

    /// `nil` where none was set.
    ///
    /// - Throws: where others may read the file, or it holds something else.
    public func read() throws(ReviewRefusal) -> PassphraseHash? {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { return nil }
        let mode = (try? files.attributesOfItem(atPath: path))?[.posixPermissions] as? Int ?? 0
        guard mode & 0o077 == 0 else {
            throw .badPassphraseFile(path: path, reason: "may be read by others: run chmod 600 on it")
        }
        guard let data = files.contents(atPath: path),
            let hash = PassphraseHash(text: String(decoding: data, as: UTF8.self))
        else {
            throw .badPassphraseFile(path: path, reason: "is damaged: set the passphrase again with --set-passphrase")
        }
        return hash
    }

    /// Writes the file whole or not at all; it never has other permissions than 0600.
    public func write(_ hash: PassphraseHash) throws(ReviewRefusal) {
        let files = FileManager.default
        let draft = path + ".new"
        try? files.removeItem(atPath: draft)
        guard files.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]),
            (try? files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)) != nil,
            let handle = FileHandle(forWritingAtPath: draft),
            (try? handle.write(contentsOf: Data((hash.text + "\n").utf8))) != nil,
            (try? handle.synchronize()) != nil, (try? handle.close()) != nil, rename(draft, path) == 0
        else {
            try? files.removeItem(atPath: draft)
            throw .badPassphraseFile(path: path, reason: "cannot be written: check the folder's permissions and space")
        }
    }
}
