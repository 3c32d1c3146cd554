import Foundation

/// One walk through an archive: folders are listed as they are entered, files are looked at as they are handed out.
public struct ArchiveWalk: IteratorProtocol {
    private struct Level {
        var path: String
        var position: PathGlob.Position
        var identity: FileStatus.Identity
        var names: FolderListing
    }

    /// Folders within folders; deeper ones are reported.
    static let deepest = 64

    private let archive: String
    private let realArchive: String?
    private let glob: PathGlob?
    private var levels: [Level] = []
    private var waiting: [ScanProblem] = []
    /// Folders reached through links, each of which is entered once.
    private var followed: Set<FileStatus.Identity> = []

    init(archive: String, glob: PathGlob?) {
        self.archive = archive
        self.glob = glob
        realArchive = realPath(archive)
        guard let glob else { return }
        guard realArchive != nil, case .success(let status) = FileStatus.of(path: archive, followingLink: true),
            status.kind == .folder
        else {
            waiting.append(
                ScanProblem(
                    kind: .noArchive, path: "", reason: "the archive's folder does not exist or can't be entered",
                    remedy: "check \"archive\" in the site file, and that the disk is mounted"))
            return
        }
        open("", status: status, position: glob.start)
    }

    public mutating func next() -> ScanItem? {
        while true {
            if !waiting.isEmpty { return .problem(waiting.removeFirst()) }
            guard let glob, !levels.isEmpty else { return nil }
            // In place: a copy of the level would make each step copy the folder's whole list.
            guard let name = levels[levels.count - 1].names.next() else {
                levels.removeLast()
                continue
            }
            let (folder, place) = (levels[levels.count - 1].path, levels[levels.count - 1].position)
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            let status: FileStatus
            switch look(at: path) {
            case .success(let found?): status = found
            case .success(nil): continue
            case .failure(let fault): return .problem(fault.problem)
            }
            let isWanted = glob.matches(name, in: place)
            switch status.kind {
            case .folder:
                if let position = glob.entering(name, from: place) {
                    open(path, status: status, position: position)
                }
                if isWanted, looksLikePicture(name) {
                    return .problem(
                        ScanProblem(
                            kind: .folderNamedAsFile, path: path, reason: "a folder has the name of a picture",
                            remedy: "rename or remove the folder"))
                }
            case .regular where isWanted:
                return .file(
                    FoundFile(
                        path: path, sizeInBytes: status.sizeInBytes, modified: status.modified, inode: status.inode))
            case .regular, .link: continue
            case .fifo, .socket, .device:
                guard isWanted else { continue }
                return .problem(
                    ScanProblem(
                        kind: .notRegular, path: path, reason: "this is no regular file (\(status.kind))",
                        remedy: "remove it from the archive"))
            }
        }
    }

    private func looksLikePicture(_ name: String) -> Bool { (name as NSString).pathExtension.isEmpty == false }

    private mutating func open(_ path: String, status: FileStatus, position: PathGlob.Position) {
        guard levels.count < Self.deepest else {
            waiting.append(
                ScanProblem(
                    kind: .tooDeep, path: path, reason: "more than \(Self.deepest) folders lie in one another",
                    remedy: "store the pictures less deep"))
            return
        }
        guard !levels.contains(where: { $0.identity == status.identity }) else {
            waiting.append(
                ScanProblem(
                    kind: .linkLoop, path: path, reason: "the link leads back to a folder above it",
                    remedy: "remove the link"))
            return
        }
        let isWanted = { [glob] (name: String) in
            guard let glob else { return false }
            return glob.matches(name, in: position) || glob.entering(name, from: position) != nil
        }
        switch FolderListing.of(absolute(path), isWanted: isWanted) {
        case .failure(let fault) where fault.code == ENOENT: return
        case .failure(let fault):
            waiting.append(
                ScanProblem(
                    kind: .unreadable, path: path, reason: "the folder can't be read: \(fault.text)",
                    remedy: "give the user that runs plotwatch the right to read it"))
        case .success(let names):
            for name in names.unreadableNames {
                waiting.append(
                    ScanProblem(
                        kind: .nameNotUnicode, path: path.isEmpty ? name : "\(path)/\(name)",
                        reason: "the name is not UTF-8 (GBK, perhaps)",
                        remedy: "rename it, for example with convmv -f gbk -t utf8"))
            }
            levels.append(Level(path: path, position: position, identity: status.identity, names: names))
        }
    }

    private func absolute(_ path: String) -> String { path.isEmpty ? archive : "\(archive)/\(path)" }

    private struct Unusable: Error { var problem: ScanProblem }

    /// The thing at a path, where a link that may be followed leads; `nil` for what vanished since it was listed, and for
    /// folders that were entered through another link.
    private mutating func look(at path: String) -> Result<FileStatus?, Unusable> {
        switch FileStatus.of(path: absolute(path), followingLink: false) {
        case .failure(let fault) where fault.code == ENOENT: return .success(nil)
        case .failure(let fault):
            return .failure(
                Unusable(
                    problem: ScanProblem(
                        kind: .unreadable, path: path, reason: "it can't be looked at: \(fault.text)",
                        remedy: "check the rights of its folder")))
        case .success(let status) where status.kind != .link: return .success(status)
        case .success: break
        }
        return target(of: path).map { status in
            status.kind == .folder && !followed.insert(status.identity).inserted ? nil : status
        }
    }

    private func target(of path: String) -> Result<FileStatus, Unusable> {
        func bad(_ kind: ScanProblem.Kind, _ reason: String, _ remedy: String) -> Result<FileStatus, Unusable> {
            .failure(Unusable(problem: ScanProblem(kind: kind, path: path, reason: reason, remedy: remedy)))
        }
        switch FileStatus.of(path: absolute(path), followingLink: true) {
        case .failure(let fault) where fault.code == ELOOP:
            return bad(.linkLoop, "the link leads in a circle", "remove the link")
        case .failure(let fault) where fault.code == ENOENT:
            return bad(.brokenLink, "the link leads nowhere", "remove the link")
        case .failure(let fault):
            return bad(.unreadable, "the link can't be followed: \(fault.text)", "check the rights of its target")
        case .success(let status):
            guard let realArchive, let real = realPath(absolute(path)) else {
                return bad(.brokenLink, "the link leads nowhere", "remove the link")
            }
            let isInside = real == realArchive || real.hasPrefix(realArchive == "/" ? "/" : realArchive + "/")
            guard isInside else {
                return bad(.linkOutside, "the link leads out of the archive", "copy the files into the archive")
            }
            return .success(status)
        }
    }
}
