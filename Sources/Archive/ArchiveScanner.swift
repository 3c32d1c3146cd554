import Foundation
import Village

/// Lists the files of a camera, one folder in memory at a time.
///
/// Files come in the order of the bytes of their paths. Links are followed where they stay inside the archive; what
/// leads outside, in circles or nowhere is a ``ScanProblem``.
public struct ArchiveScanner: Sendable {
    public let archive: String
    public let cameras: [Camera]

    public init(archive: String, cameras: [Camera]) {
        self.archive = archive
        self.cameras = cameras
    }

    /// The files that a camera's glob names; none for an unknown camera.
    public func items(of camera: String) -> ScanSequence {
        ScanSequence(archive: archive, glob: cameras.first { $0.id == camera }.map { PathGlob($0.files) })
    }

    /// Every file that a glob names, whichever camera's it is.
    public func items(matching glob: String) -> ScanSequence { ScanSequence(archive: archive, glob: PathGlob(glob)) }
}

/// A walk through the archive that has not begun; each iterator walks anew.
public struct ScanSequence: Sequence, Sendable {
    let archive: String
    let glob: PathGlob?

    public func makeIterator() -> ArchiveWalk { ArchiveWalk(archive: archive, glob: glob) }
}
