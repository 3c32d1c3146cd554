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
    /// county
    /// can lay its own beside the site file. A folder that isn't there holds no files.
    ///
    /// - Throws: everything that is wrong in all the files that count; one fault where there is no file at all.
    public static func load(folders: [String]) throws(ConfigurationError) -> CropLibrary {
        var paths: [String: String] = [:]
        for folder in folders {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for file in files where file.hasSuffix(".yaml") && !file.hasPrefix(".") {
                paths[file] = "\(folder)/\(file)"
            }
        }
        guard !paths.isEmpty else {
            let fault = ConfigurationFault(
                file: folders.first ?? "models/crops", line: 1, message: "no crop file is there",
                remedy: "install the folder models/crops with the program")
            throw ConfigurationError(faults: [fault])
        }
        var crops: [Crop] = []
        var faults: [ConfigurationFault] = []
        for (file, path) in paths.sorted(by: { $0.key < $1.key }) {
            do {
                if let crop = try crop(in: Document(path: path), name: String(file.dropLast(".yaml".count))) {
                    crops.append(crop)
                }
            } catch {
                faults += error.faults
            }
        }
        guard faults.isEmpty else { throw ConfigurationError(faults: faults) }
        return CropLibrary(crops: crops)
    }

    static func crop(in document: Document, name: String) throws(ConfigurationError) -> Crop? {
        var reader = CropFile(root: document.root)
        let crop = reader.crop(file: document.file, name: name)
        try document.finish()
        return crop
    }

    /// By id, name or alias in either language; letter case doesn't count.
    public func crop(named name: String) -> Crop? { names[Self.key(name)].flatMap { crops[$0] } }

    private static func key(_ name: String) -> String { name.lowercased().split(separator: " ").joined(separator: "-") }
}
