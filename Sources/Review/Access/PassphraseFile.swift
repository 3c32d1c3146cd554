import Files
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
        do {
            try WholeFile.write((hash.text + "\n").utf8, to: path, permissions: 0o600)
        } catch {
            throw .badPassphraseFile(path: path, reason: "cannot be written: \(error.message)")
        }
    }
}
