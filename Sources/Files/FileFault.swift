import Foundation

/// Why a file could not be written; `message` says what happened and what can be done.
public struct FileFault: Error, Equatable, Sendable {
    public var path: String
    /// The system's error number.
    public var code: Int32

    public init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    public var message: String {
        switch code {
        case ENOSPC, EDQUOT: "\(path) could not be written: the disk is full; free some space"
        case EACCES, EPERM: "\(path) may not be written: check the permissions of the file and its folder"
        case EROFS: "\(path) may not be written: the disk is mounted read-only"
        case ENOENT, ENOTDIR: "\(path) could not be written: its folder does not exist"
        case EISDIR: "\(path) could not be written: a folder has this name"
        default: "\(path) could not be written: \(String(cString: strerror(code)))"
        }
    }
}
