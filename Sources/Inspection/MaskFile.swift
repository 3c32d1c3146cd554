import Archive
import Foundation

/// The file of a mask that a site file names.
public enum MaskFile {
    /// Its bytes; refuses pipes, devices, files as large as no mask is, and links that lead out of its folder.
    public static func bytes(_ path: String) throws(ArchiveError) -> [UInt8] {
        let folder = (path as NSString).deletingLastPathComponent
        return try FileReader(archive: folder).read(path: (path as NSString).lastPathComponent).bytes
    }
}
