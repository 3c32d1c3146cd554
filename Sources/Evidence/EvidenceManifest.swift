import Crypto
import Foundation
import Storage

/// What an evidence file says it holds.
public struct EvidenceManifest: Sendable, Equatable, Codable {
    public struct File: Sendable, Equatable, Codable {
        public var path: String
        public var bytes: Int
        /// Lower-case hex.
        public var sha256: String
        /// What it is: `original`, `picture`, `copy`, `document`, `rules`.
        public var role: String
        /// Where it comes from: an archive path, a row of the store.
        public var origin: String?

        public init(path: String, bytes: Int, sha256: String, role: String, origin: String?) {
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
            self.role = role
            self.origin = origin
        }
    }

    /// Something that should be here and is not.
    public struct Absence: Sendable, Equatable, Codable {
        public var what: String
        public var reason: String

        public init(what: String, reason: String) {
            self.what = what
            self.reason = reason
        }
    }

    public var plotwatch = "1"
    public var kind = "evidence"
    public var site: String
    /// The flag, or the search that was asked for.
    public var subject: String
    /// Whether it is meant for others: copies with what moved made unrecognisable, no originals.
    public var isShared: Bool
    public var tool: String
    /// SHA-256 over the site file and every rule file.
    public var settings: String
    /// That it is a lead and not proof, in both languages.
    public var notice: [String]
    public var files: [File]
    public var absent: [Absence]

    public init(
        site: String, subject: String, isShared: Bool, tool: String, settings: String, notice: [String],
        files: [File] = [], absent: [Absence] = []
    ) {
        self.site = site
        self.subject = subject
        self.isShared = isShared
        self.tool = tool
        self.settings = settings
        self.notice = notice
        self.files = files
        self.absent = absent
    }

    public static func sha256(_ bytes: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Data(bytes))
        return JournalChain.hexadecimal(hash.finalize())
    }

    /// One hash over many files: of the lines `sha256  path`, sorted by path.
    public static func sha256(ofFiles files: [(path: String, bytes: [UInt8])]) -> String {
        let lines = files.map { "\(sha256($0.bytes))  \($0.path)\n" }.sorted { $0.dropFirst(64) < $1.dropFirst(64) }
        return sha256(lines.joined().utf8)
    }
}
