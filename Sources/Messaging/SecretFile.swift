import Foundation

/// Reads a secret that a person has put into a file.
public enum SecretFile {
    /// Longer than any robot's address. Bytes.
    private static let largest = 4096

    /// - Throws: ``MessagingProblem`` where others may read it, it is empty, or it is not there.
    public static func read(_ path: String) throws(MessagingProblem) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes, let size = attributes[.size] as? Int, size <= largest,
            let data = FileManager.default.contents(atPath: path)
        else { throw MessagingProblem(message: "the secret file \(path) cannot be read") }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else {
            throw MessagingProblem(message: "others may read the secret file \(path): run chmod 600 on it")
        }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw MessagingProblem(message: "the secret file \(path) is empty") }
        return text
    }
}
