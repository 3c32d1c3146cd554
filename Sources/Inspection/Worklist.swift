import Archive
import Foundation
import Storage
import Village

/// A file that is no capture yet.
struct WorkItem: Sendable {
    var file: FoundFile
    /// What its path and modification say; EXIF and the sidecar are asked when it is read.
    var expectedAt: Date?
    /// Why it could not be read the last time.
    var formerReason: String?
}

/// The new files of a camera, in order of time.
///
/// - Note: memory is proportional to what is new, not to the archive; known paths are asked for some thousand at a
///   time.
struct Worklist {
    var items: [WorkItem] = []
    /// Files that match the pattern, known ones too.
    private(set) var found = 0
    /// What looks like a picture and is none, and has no row that says so.
    var problems: [ScanProblem] = []

    init(camera: Camera, archive: String, store: Store?, finder: TimeFinder, since: Date?, until: Date?) throws {
        var files: [FoundFile] = []
        var problems: [ScanProblem] = []
        func flush() throws {
            let known = try store?.knownPaths(camera: camera.id, among: files.map(\.path) + problems.map(\.path)) ?? [:]
            for file in files {
                var formerReason: String?
                switch known[Array(file.path.utf8)] {
                case .read: continue
                case .broken(let sizeInBytes): if sizeInBytes == file.sizeInBytes { continue }
                case .unread(let reason): formerReason = reason
                case nil: break
                }
                let at = finder.time(path: file.path, modified: file.modified).at
                if let at, let since, at < since { continue }
                if let at, let until, at >= until { continue }
                items.append(WorkItem(file: file, expectedAt: at, formerReason: formerReason))
            }
            self.problems += problems.filter { known[Array($0.path.utf8)] == nil }
            files.removeAll(keepingCapacity: true)
            problems.removeAll(keepingCapacity: true)
        }
        for entry in ArchiveScanner(archive: archive, cameras: [camera]).items(of: camera.id) {
            switch entry {
            case .file(let file): if !EvidenceFolder.holds(file.path) { files.append(file) } else { continue }
            case .problem(let problem): problems.append(problem)
            }
            found += 1
            if files.count + problems.count >= 2000 { try flush() }
        }
        try flush()
        // Captures without a time come last: they wait for nothing and nothing waits for them.
        items.sort { a, b in
            switch (a.expectedAt, b.expectedAt) {
            case (let first?, let second?): (first, a.file.path) < (second, b.file.path)
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): a.file.path < b.file.path
            }
        }
    }
}
