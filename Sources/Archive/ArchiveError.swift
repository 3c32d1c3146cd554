/// Why a file of the archive could not be read.
public enum ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It was there when the archive was listed.
    case vanished(path: String)
    /// It grew, shrank or was replaced while it was read: still being uploaded.
    case changing(path: String)
    case permissionDenied(path: String)
    /// A folder, a pipe, a device.
    case notRegular(path: String, kind: String)
    case outsideArchive(path: String)
    case tooLarge(path: String, sizeInBytes: Int, limit: Int)
    case linkLoop(path: String)
    /// Longer than the system takes: 255 bytes for a name, 4096 for a path.
    case nameTooLong(path: String)
    case system(path: String, reason: String)

    public var path: String {
        switch self {
        case .vanished(let path), .changing(let path), .permissionDenied(let path), .notRegular(let path, _),
            .outsideArchive(let path),
            .tooLarge(let path, _, _), .linkLoop(let path), .nameTooLong(let path),
            .system(let path, _):
            path
        }
    }

    /// What happened.
    public var message: String {
        switch self {
        case .vanished: "the file vanished before it was read"
        case .changing: "the file changed while it was read"
        case .permissionDenied: "the file may not be read"
        case .notRegular(_, let kind): "this is no regular file but a \(kind)"
        case .outsideArchive: "the path leads out of the archive"
        case .tooLarge(_, let size, let limit): "the file has \(size) bytes, more than \(limit)"
        case .linkLoop: "the link leads in a circle"
        case .nameTooLong: "the name or the path is longer than the system can open"
        case .system(_, let reason): "the file can't be read: \(reason)"
        }
    }

    /// What can be done.
    public var remedy: String {
        switch self {
        case .vanished: "nothing, if it was deleted on purpose"
        case .changing: "it is read in the next run, when its upload is done"
        case .permissionDenied: "give the user that runs plotwatch the right to read it"
        case .notRegular, .linkLoop: "remove it from the archive"
        case .outsideArchive: "copy the file into the archive"
        case .tooLarge: "check that it is a picture"
        case .nameTooLong: "shorten the names of the file and its folders"
        case .system: "check the disk and the network drive"
        }
    }

    /// Whether the next run may find it whole.
    public var isPassing: Bool {
        switch self {
        case .changing, .system: true
        default: false
        }
    }

    public var description: String { "\(path): \(message) – \(remedy)" }
}
