import Crypto
import Foundation

/// A file as it was at one moment.
public struct FileBytes: Sendable, Equatable {
    public var bytes: [UInt8]
    public var sizeInBytes: Int
    public var modified: Date
    /// Lower-case hex.
    public var sha256: String
}

/// Reads whole files of the archive, and refuses whatever might block, escape or change under its hands.
public struct FileReader: Sendable {
    /// Bytes; a JPEG of 100 megapixels at the best quality has about 60 MB.
    public static let standardLimit = 128 << 20

    private let archive: String
    /// Where the archive really lies.
    private let root: String?
    private let limitInBytes: Int

    public init(archive: String, limitInBytes: Int = FileReader.standardLimit) {
        self.archive = archive
        root = realPath(archive)
        self.limitInBytes = limitInBytes
    }

    /// - Parameter path: archive-relative. Links are followed where they stay inside the archive.
    /// - Throws: ``ArchiveError``; `.changing` where size, time or identity differ before and after.
    public func read(path: String) throws(ArchiveError) -> FileBytes { try read(path: path, beforeClosing: {}) }

    /// `beforeClosing` runs between the last byte and the second look at the file.
    func read(path: String, beforeClosing: () -> Void) throws(ArchiveError) -> FileBytes {
        guard !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains(".."), !path.utf8.contains(0)
        else {
            throw .outsideArchive(path: path)
        }
        let absolute = "\(archive)/\(path)"
        // Most pictures have no notes beside them: the way there need not be followed link by link.
        if case .failure(let fault) = FileStatus.of(path: absolute, followingLink: false) {
            throw error(fault.code, path: path)
        }
        // What leads outside is not even opened; what changes between this look and the opening is found below.
        if let real = realPath(absolute), !isInside(real) { throw .outsideArchive(path: path) }
        // Without O_NONBLOCK a pipe would hold the run until somebody writes to it.
        let descriptor = open(absolute, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw error(errno, path: path) }
        defer { close(descriptor) }
        let before = try status(descriptor, path: path)
        guard before.kind == .regular else { throw .notRegular(path: path, kind: "\(before.kind)") }
        try checkInside(absolute, before, path: path)
        guard before.sizeInBytes <= limitInBytes else {
            throw .tooLarge(path: path, sizeInBytes: before.sizeInBytes, limit: limitInBytes)
        }
        let bytes = try contents(descriptor, size: before.sizeInBytes, path: path)
        beforeClosing()
        let after = try status(descriptor, path: path)
        guard after == before, bytes.count == before.sizeInBytes else { throw .changing(path: path) }
        switch FileStatus.of(path: absolute, followingLink: true) {
        case .failure(let fault): throw error(fault.code, path: path)
        case .success(let named): guard named.identity == before.identity else { throw .changing(path: path) }
        }
        return FileBytes(
            bytes: bytes, sizeInBytes: bytes.count, modified: before.modified, sha256: Self.sha256(of: bytes))
    }

    /// Lower-case hex.
    public static func sha256(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whether a real path lies in the archive, where it lay at first or, as a share that was mounted anew may, where it
    /// lies now.
    private func isInside(_ real: String) -> Bool {
        func lies(below root: String?) -> Bool { root.map { real.hasPrefix($0 == "/" ? "/" : $0 + "/") } ?? false }
        return lies(below: root) || lies(below: realPath(archive))
    }

    /// What is open must be what lies at the real path, and that must lie in the archive.
    private func checkInside(_ absolute: String, _ opened: FileStatus, path: String) throws(ArchiveError) {
        guard let real = realPath(absolute) else { throw .vanished(path: path) }
        guard isInside(real) else { throw .outsideArchive(path: path) }
        guard case .success(let status) = FileStatus.of(path: real, followingLink: false) else {
            throw .vanished(path: path)
        }
        guard status.identity == opened.identity else { throw .changing(path: path) }
    }

    private func status(_ descriptor: Int32, path: String) throws(ArchiveError) -> FileStatus {
        switch FileStatus.of(descriptor: descriptor) {
        case .success(let status): return status
        case .failure(let fault): throw error(fault.code, path: path)
        }
    }

    /// Reads one byte more than `size` says, so that a file that grows is noticed.
    private func contents(_ descriptor: Int32, size: Int, path: String) throws(ArchiveError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count < buffer.count {
                let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got == 0 { return }
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                count += got
            }
        }
        guard failure == 0 else { throw error(failure, path: path) }
        return bytes
    }

    private func error(_ code: Int32, path: String) -> ArchiveError {
        switch code {
        case ENOENT, ENOTDIR, ESTALE: .vanished(path: path)
        case EACCES, EPERM: .permissionDenied(path: path)
        case ELOOP: .linkLoop(path: path)
        case ENAMETOOLONG: .nameTooLong(path: path)
        case ENXIO: .notRegular(path: path, kind: "socket or device")
        default: .system(path: path, reason: SystemFault(code: code).text)
        }
    }
}
