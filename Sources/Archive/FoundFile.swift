import Foundation

/// A regular file of a camera.
public struct FoundFile: Sendable, Equatable {
    /// Archive-relative, as the file system spells it.
    public var path: String
    public var sizeInBytes: Int
    public var modified: Date
    public var inode: UInt64
}

/// Something in the archive that looks like a picture but can't be one, or can't be looked at.
public struct ScanProblem: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case noArchive, folderNamedAsFile, linkLoop, linkOutside, brokenLink, unreadable, notRegular, nameNotUnicode,
            tooDeep
    }

    public var kind: Kind
    /// Archive-relative.
    public var path: String
    public var reason: String
    public var remedy: String

    /// Whether it may be well the next time without anybody having touched the thing itself: a mount that is missing, a
    /// disk that fails, a right that is not given.
    public var isPassing: Bool { kind == .noArchive || kind == .unreadable }
}

public enum ScanItem: Sendable, Equatable {
    case file(FoundFile)
    case problem(ScanProblem)
}
