import ConfigurationFiles
import Foundation
import Village

/// The crops that advice knows.
public struct CropLibrary: Sendable, Equatable {
    /// By id.
    public private(set) var crops: [String: Crop]
    /// Lower-case names and aliases to ids.
    private let names: [String: String]

    public init(crops: [Crop]) {
        self.crops = Dictionary(crops.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        var names: [String: String] = [:]
        for crop in crops.sorted(by: { $0.id < $1.id }) {
            for name in crop.aliases + [crop.names.zh, crop.names.en, crop.id] { names[Self.key(name)] = crop.id }
        }
        for id in self.crops.keys { names[Self.key(id)] = id }
        self.names = names
    }

    /// Reads every `*.yaml` of the folders; of two files of one name the one in the later folder counts, so that a
    /// county can lay its own beside the site file. A file with `extends: citrus` takes the crop of that name from an
    /// earlier folder (or from the same one) and changes some of it. A folder that isn't there holds no files.
    ///
    /// - Parameter wanted: the crops that are asked for, by any of their names: where each is the name of a file that
    ///   extends no other, those files alone are read. `nil` = all crops.
    /// - Throws: everything that is wrong in all the files that count; one fault where there is no file at all.
    public static func load(folders: [String], wanted: Set<String>? = nil) throws(ConfigurationError) -> CropLibrary {
        // Earlier folders first, by name within each: a later file of one name is laid over the earlier.
        let all = folders.flatMap { folder -> [(name: String, path: String)] in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
                .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
                .map { (String($0.dropLast(".yaml".count)), "\(folder)/\($0)") }
        }
        var files = all
        if let wanted {
            let keys = Set(wanted.map(key)), known = Set(all.map(\.name))
            // Another name of a crop stands inside its file.
            if keys.isSubset(of: known) { files = all.filter { keys.contains($0.name) } }
        }
        let isWhole = files.count == all.count
        guard !all.isEmpty else {
            throw ConfigurationError(
                folders.first ?? "models/crops", .init(zh: "没有作物资料", en: "no crop file is there"),
                remedy: .init(
                    zh: "请把 models/crops 文件夹和程序装在一起", en: "install the folder models/crops with the program"))
        }
        var crops: [String: Crop] = [:]
        var faults: [ConfigurationFault] = []
        var extensions: [(name: String, path: String)] = []
        func read(_ path: String, _ take: (Document) throws(ConfigurationError) -> Void) {
            do { try take(Document(path: path)) } catch { faults += error.faults }
        }
        for file in files {
            read(file.path) { (document) throws(ConfigurationError) in
                if CropFile(root: document.root).base != nil {
                    extensions.append(file)
                } else if let crop = try crop(in: document, name: file.name) {
                    crops[crop.id] = crop
                }
            }
        }
        if !extensions.isEmpty, !isWhole { return try load(folders: folders) }
        for file in extensions {
            read(file.path) { (document) throws(ConfigurationError) in
                if let crop = try crop(in: document, name: file.name, extending: crops) { crops[crop.id] = crop }
            }
        }
        guard faults.isEmpty else {
            throw ConfigurationError(faults: faults.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
        }
        return CropLibrary(crops: crops.values.sorted { $0.id < $1.id })
    }

    /// The crop that one file describes.
    ///
    /// - Parameter known: the crops that can be extended, by id.
    /// - Throws: every fault of the file at once.
    public static func crop(in document: Document, name: String, extending known: [String: Crop] = [:])
        throws(ConfigurationError) -> Crop?
    {
        var reader = CropFile(root: document.root)
        var crop: Crop?
        if let id = reader.base {
            if let base = known[id] {
                crop = reader.crop(extending: base, file: document.file, name: name)
            } else {
                document.root.fail(
                    .init(zh: "extends 写的“\(id)”不存在", en: "the file extends \"\(id)\", which there is not"),
                    remedy: .oneOf(known.keys.sorted()))
            }
        } else {
            crop = reader.crop(file: document.file, name: name)
        }
        try document.finish()
        return crop
    }

    /// By id, name or alias in either language; letter case doesn't count.
    public func crop(named name: String) -> Crop? { names[Self.key(name)].flatMap { crops[$0] } }

    private static func key(_ name: String) -> String { name.lowercased().split(separator: " ").joined(separator: "-") }
}
