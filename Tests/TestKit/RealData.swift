import Foundation

/// The real pictures named by the environment variable PLOTWATCH_DATA, which are not part of the project.
public enum RealData {
    public static var folder: URL? {
        ProcessInfo.processInfo.environment["PLOTWATCH_DATA"].map { URL(filePath: $0, directoryHint: .isDirectory) }
    }

    public static var isPresent: Bool { folder != nil }

    /// All files below the folder (or below `part` of it) with one of the endings, in order of their paths.
    public static func files(in part: String = "", endings: Set<String>) -> [URL] {
        guard let folder else { return [] }
        let root = part.isEmpty ? folder : folder.appending(path: part)
        let all =
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        return all.filter { endings.contains($0.pathExtension.lowercased()) }.sorted { $0.path < $1.path }
    }
}
