import Foundation
import Village

/// The site file: YAML → ``Site``.
public enum SiteFile {
    /// Names tried in a folder, in this order.
    public static let names = ["site.yaml", "site.yml"]

    /// Reads a site file, or the one in a folder. Nothing is written.
    ///
    /// - Parameters:
    ///   - path: a `site.yaml`, or a folder that holds a `site.yaml` or `site.yml`.
    ///   - crops: names of the crop files that there are; `nil` = any name is accepted.
    /// - Throws: every fault of the file at once.
    public static func load(path: String, crops: [String]? = nil) throws(ConfigurationError) -> Site {
        let file = try find(path)
        return try site(in: Document(path: file), crops: crops)
    }

    /// The site that a document describes; its paths are relative to the folder of the document's file.
    ///
    /// - Throws: every fault of the file at once.
    public static func site(in document: Document, crops: [String]? = nil) throws(ConfigurationError) -> Site {
        let folder = URL(fileURLWithPath: document.file).standardizedFileURL.deletingLastPathComponent().path
        let site = SiteReader(folder: folder, crops: crops).site(from: document.root)
        try document.finish()
        guard let site else {
            throw ConfigurationError(
                document.file, .init(zh: "村庄文件读不了", en: "the site can't be read"),
                remedy: .init(
                    zh: "请和 plotwatch init 写出的文件对照", en: "compare it with one that \"plotwatch init\" writes"))
        }
        return site
    }

    /// The file that a path stands for.
    public static func find(_ path: String) throws(ConfigurationError) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return path
        }
        for name in names {
            let file = (path as NSString).appendingPathComponent(name)
            if FileManager.default.fileExists(atPath: file) { return file }
        }
        throw ConfigurationError(
            path, .init(zh: "文件夹里没有 site.yaml", en: "the folder holds no site.yaml"),
            remedy: .init(
                zh: "请换一个文件夹，或先用 plotwatch init 写一份",
                en: "name another folder, or write one with \"plotwatch init\""))
    }
}
