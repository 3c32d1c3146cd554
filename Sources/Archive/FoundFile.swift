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
}

public enum ScanItem: Sendable, Equatable {
    case file(FoundFile)
    case problem(ScanProblem)
}
