import Foundation

/// A file that is there whole or not at all, whatever fails while it is written.
///
/// Bytes go to `.NAME.part` beside it, are synced, and take its place at ``finish()``. What is left of a writer that was
/// killed is used again by the next one of the same file, so that nothing piles up; of two writers at once the second
/// waits. A file that is replaced hands its permissions on. Where there is a device or a pipe it is written to as it comes.
public final class WholeFile {
    public let path: String
    /// Where the bytes go; `nil` where they go straight to `path`.
    private let temporary: String?
    private var descriptor: Int32

    /// - Parameter permissions: of the file, before the first byte is in it; `nil` = those of the file that is replaced, or
    ///   of any new file.
    /// - Throws: ``FileFault`` where the folder is missing or may not be written.
    public init(path: String, permissions: mode_t? = nil) throws(FileFault) {
        self.path = path
        var status = stat()
        let isThere = stat(path, &status) == 0
        if isThere, status.st_mode & S_IFMT != S_IFREG {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw FileFault(path: path, code: EISDIR) }
            temporary = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
            guard descriptor >= 0 else { throw FileFault(path: path, code: errno) }
            return
        }
        let part = WholeFile.temporary(for: path)
        temporary = part
        descriptor = try WholeFile.locked(part, for: path)
        if let permissions = permissions ?? (isThere ? status.st_mode & 0o777 : nil) {
            guard fchmod(descriptor, permissions) == 0 else { throw FileFault(path: path, code: errno) }
        }
    }

    /// Writes all of `bytes` in the place of what was there.
    public static func write(
        _ bytes: some Collection<UInt8>, to path: String, permissions: mode_t? = nil
    ) throws(FileFault) {
        let file = try WholeFile(path: path, permissions: permissions)
        try file.append(bytes)
        try file.finish()
    }

    deinit {
        guard descriptor >= 0 else { return }
        if let temporary { unlink(temporary) }
        close(descriptor)
    }

    public func append(_ bytes: some Collection<UInt8>) throws(FileFault) {
        let bytes = Array(bytes)
        var done = 0
        while done < bytes.count {
            let wrote = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            if wrote < 0, errno == EINTR { continue }
            guard wrote > 0 else { throw FileFault(path: path, code: wrote < 0 ? errno : ENOSPC) }
            done += wrote
        }
    }

    /// Puts the file in its place. Before, and without it, what was there stays.
    public func finish() throws(FileFault) {
        guard let temporary else {
            let closed = close(descriptor)
            descriptor = -1
            guard closed == 0 else { throw FileFault(path: path, code: errno) }
            return
        }
        guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw FileFault(path: path, code: errno) }
        close(descriptor)
        descriptor = -1
        WholeFile.syncFolder(of: path)
    }

    /// Beside the file, so that it is on the same disk; hidden, so that no one takes it for the file.
    static func temporary(for path: String) -> String {
        let name = (path as NSString).lastPathComponent
        // A name of 255 bytes leaves no room for more.
        let short = name.utf8.count > 240 ? String(name.unicodeScalars.prefix(60).map(Character.init)) : name
        let folder = (path as NSString).deletingLastPathComponent
        return (folder.isEmpty ? "" : folder == "/" ? "/" : folder + "/") + ".\(short).part"
    }

    /// The temporary file, empty and held by this writer alone.
    private static func locked(_ temporary: String, for path: String) throws(FileFault) -> Int32 {
        while true {
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else { throw FileFault(path: path, code: errno) }
            var locked = flock(descriptor, LOCK_EX)
            while locked != 0, errno == EINTR { locked = flock(descriptor, LOCK_EX) }
            // The former writer may have put it in its place while this one waited.
            var opened = stat(), named = stat()
            if locked == 0, fstat(descriptor, &opened) == 0, lstat(temporary, &named) == 0,
                opened.st_ino == named.st_ino,
                opened.st_dev == named.st_dev
            {
                guard ftruncate(descriptor, 0) == 0 else {
                    let code = errno
                    close(descriptor)
                    throw FileFault(path: path, code: code)
                }
                return descriptor
            }
            close(descriptor)
        }
    }

    /// Best effort: a file system that cannot sync a folder keeps the file all the same.
    private static func syncFolder(of path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
