import Foundation
import Village

/// What the sheet of an evidence file shows.
public struct EvidenceContents: Sendable {
    public struct Line: Sendable {
        public var path: String
        public var sha256: String
        public var bytes: Int

        public init(path: String, sha256: String, bytes: Int) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    public var site: Site
    /// A flag's id, or what was searched for.
    public var subject: String
    public var flag: FlagPictures?
    public var captures: [Capture]
    public var decisions: [Decision]
    public var isShared: Bool
    public var tool: String
    public var settings: String
    public var files: [Line]
    /// What should be here and is not, with the reason.
    public var absent: [String]

    public init(
        site: Site, subject: String, flag: FlagPictures?, captures: [Capture], decisions: [Decision], isShared: Bool,
        tool: String, settings: String, files: [Line], absent: [String]
    ) {
        self.site = site
        self.subject = subject
        self.flag = flag
        self.captures = captures
        self.decisions = decisions
        self.isShared = isShared
        self.tool = tool
        self.settings = settings
        self.files = files
        self.absent = absent
    }
}
