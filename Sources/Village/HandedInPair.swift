/// Two photographs of the drop folder, before and after a clean-up, and what became of them.
public struct HandedInPair: Sendable, Equatable {
    /// One thing that was looked at.
    public struct Check: Sendable, Equatable, Codable {
        /// `files`, `place`, `time`, `reuse` or `cleaner`.
        public var kind: String
        /// `nil` where it could not be told.
        public var holds: Bool?
        public var text: Bilingual

        public init(kind: String, holds: Bool?, text: Bilingual) {
            self.kind = kind
            self.holds = holds
            self.text = text
        }
    }

    /// A picture file of the drop folder.
    public struct File: Sendable, Equatable, Hashable {
        /// Relative to the archive.
        public var path: String
        public var sizeInBytes: Int

        public init(path: String, sizeInBytes: Int) {
            self.path = path
            self.sizeInBytes = sizeInBytes
        }
    }

    public var household: String
    public var before: File
    /// `nil` where the first could not be read, so that there was no pair.
    public var after: File?
    /// `proposed`, `unclear`, `refused` or `unusable`.
    public var verdict: String
    public var checks: [Check]
    /// Its proposal in the journal; `nil` where nothing was proposed.
    public var entry: Int64?

    public init(
        household: String, before: File, after: File?, verdict: String, checks: [Check], entry: Int64? = nil
    ) {
        self.household = household
        self.before = before
        self.after = after
        self.verdict = verdict
        self.checks = checks
        self.entry = entry
    }
}
