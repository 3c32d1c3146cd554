import Foundation

/// What the system says about a path or an open file.
struct FileStatus: Equatable {
    enum Kind: Equatable { case regular, folder, link, fifo, socket, device }

    var kind: Kind
    var sizeInBytes: Int
    var modified: Date
    var inode: UInt64
    var device: UInt64

    struct Identity: Hashable {
        var inode: UInt64
        var device: UInt64
    }

    var identity: Identity { Identity(inode: inode, device: device) }

    private init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link
        case S_IFIFO: kind = .fifo
        case S_IFSOCK: kind = .socket
        default: kind = .device
        }
        sizeInBytes = Int(status.st_size)
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        modified = Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
        inode = UInt64(status.st_ino)
        device = UInt64(truncatingIfNeeded: status.st_dev)
    }

    /// Of a path; a link at its end is followed if asked for.
    static func of(path: String, followingLink: Bool) -> Result<FileStatus, SystemFault> {
        var status = stat()
        let code = followingLink ? stat(path, &status) : lstat(path, &status)
        return code == 0 ? .success(FileStatus(status)) : .failure(SystemFault(code: errno))
    }

    /// Of an open file.
    static func of(descriptor: Int32) -> Result<FileStatus, SystemFault> {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? .success(FileStatus(status)) : .failure(SystemFault(code: errno))
    }
}

/// An error number of the system.
struct SystemFault: Error, Equatable {
    var code: Int32

    var text: String { String(cString: strerror(code)) }
}

/// The path of the real thing, all links followed; `nil` where there is none.
func realPath(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(validatingCString: pointer)
}
