import Files
import Foundation
import Storage
import Village

/// Where the pictures behind flags lie as files: beside the store, written from it, so that they can be deleted at any
/// time.
public struct EvidenceFolder: Sendable {
    /// Folders named so hold what a run wrote, never captures.
    static let ending = ".evidence"

    /// Whether an archive path lies in such a folder: a site may lie in its own archive.
    static func holds(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { $0.hasSuffix(ending) }
    }

    public let path: String
    private let siteFolder: String

    public init(site: Site) {
        path = (site.store as NSString).deletingPathExtension + EvidenceFolder.ending
        siteFolder = site.folder
    }

    /// As flags name it: relative to the site's folder where it lies below it, else absolute.
    public func relativePath(of name: String) -> String {
        let full = path + "/" + name
        let prefix = siteFolder.hasSuffix("/") ? siteFolder : siteFolder + "/"
        return full.hasPrefix(prefix) ? String(full.dropFirst(prefix.count)) : full
    }

    /// Writes what is missing or has changed; each file whole or not at all.
    ///
    /// - Returns: what could not be written, with the reason.
    public func write(_ flags: [Flag], from store: Store) throws -> [String] {
        guard !flags.isEmpty else { return [] }
        var faults: [String] = []
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            return ["the pictures of flags could not be written to \(path): check permissions and space"]
        }
        for flag in flags {
            guard let number = EvidencePart.candidate(of: flag.id) else { continue }
            for part in EvidencePart.allCases {
                let key = PictureKey(camera: flag.camera, name: part.pictureName(of: number))
                guard let bytes = try store.picture(key) else { continue }
                let file = path + "/" + part.fileName(of: flag.id)
                if FileManager.default.contents(atPath: file) == bytes { continue }
                do { try WholeFile.write(bytes, to: file) } catch { faults.append(error.message) }
            }
        }
        return faults
    }
}
