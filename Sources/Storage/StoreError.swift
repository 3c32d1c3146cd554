import Files
import GRDB

/// Why the store could not do what was asked; `message` says what happened and what can be done.
public enum StoreError: Error, Equatable, Sendable {
    /// There is no store yet.
    case missing(path: String)
    /// Another program holds it.
    case busy(path: String)
    /// No space left, or a quota is reached.
    case full(path: String)
    /// The file or its folder may not be written.
    case notWritable(path: String)
    /// The file is no PlotWatch store, or it is damaged.
    case damaged(path: String, detail: String)
    /// Another file than the store could not be written.
    case notCopied(FileFault)
    /// Written by a newer PlotWatch.
    case newer(path: String)
    /// Written by an older PlotWatch, and what was asked only reads.
    case older(path: String)
    /// Somebody else has changed it since it was read.
    case changed(subject: String)
    case other(path: String, detail: String)

    public var message: String {
        switch self {
        case .missing(let path): "there is no store at \(path): run `plotwatch run` first"
        case .busy(let path): "the store \(path) is in use by another program: wait until it is done, then run again"
        case .full(let path):
            "the disk is full: \(path) could not be written; free some space and run again (nothing stored is lost)"
        case .notWritable(let path): "\(path) cannot be written: check the permissions of the file and its folder"
        case .damaged(let path, let detail):
            "\(path) is not a usable PlotWatch store (\(detail)): move it away and run again, the pictures are still in the archive"
        case .notCopied(let fault): fault.message
        case .newer(let path): "\(path) was written by a newer PlotWatch: update this one"
        case .older(let path):
            "\(path) was written by an older PlotWatch: `plotwatch run` brings it up to date (nothing is lost)"
        case .changed(let subject): "\(subject) was changed meanwhile: look again"
        case .other(let path, let detail): "the store \(path) failed: \(detail)"
        }
    }

    init(_ error: any Error, path: String) {
        if let known = error as? StoreError {
            self = known
            return
        }
        guard let database = error as? DatabaseError else {
            self = .other(path: path, detail: String(describing: error))
            return
        }
        switch database.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .notWritable(path: path)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged(path: path, detail: database.message ?? "damaged")
        case .SQLITE_IOERR where database.extendedResultCode == .SQLITE_IOERR_WRITE: self = .full(path: path)
        default: self = .other(path: path, detail: database.message ?? database.description)
        }
    }
}
