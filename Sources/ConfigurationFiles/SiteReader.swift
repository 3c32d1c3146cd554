import Foundation
import Village

/// Reads the parts of a site file in turn and checks each against the others.
struct SiteReader {
    let folder: String
    let crops: [String]?

    static let keys = [
        "site", "name", "language", "timezone", "location", "archive", "store", "weather", "models", "cameras", "plots",
        "permits", "households", "messages", "patrols", "pairs",
    ]

    /// `nil` where the file has no cameras or no id; every fault is in the document's list.
    func site(from root: Node) -> Site? {
        if root.isEmpty {
            root.fail("the file is empty", remedy: "write \"site: …\", \"timezone: …\", \"archive: …\", \"cameras: …\"")
            return nil
        }
        guard let map = root.mapping(keys: Self.keys) else { return nil }
        let id = map.required("site", example: "daxi")?.identifier()
        let timeZone = self.timeZone(map)
        let archive = self.archive(map)
        let store = self.store(map)
        let cameras = CameraReader(
            archive: archive, siteFolder: folder, storeExists: FileManager.default.fileExists(atPath: store)
        ).cameras(map)
        let plots = PlotReader(folder: folder, cameras: cameras, crops: crops).plots(map)
        var site = Site(
            id: id ?? "", name: map["name"]?.text() ?? id ?? "",
            language: map["language"].map { $0.choice(Language.self) ?? .zh } ?? .zh,
            timeZone: timeZone ?? "UTC", location: map["location"].flatMap(location), folder: folder,
            archive: archive ?? folder, store: store,
            weather: existing(map["weather"], isFolder: false, what: "weather file", example: "weather.csv"),
            models: existing(map["models"], isFolder: true, what: "folder of models", example: "models"),
            cameras: cameras.cameras, plots: plots.plots,
            permits: PermitReader(plots: plots).permits(map), households: HouseholdReader().households(map))
        site.channels = MessageReader(folder: folder).channels(map)
        site.patrols = patrols(map, archive: archive)
        site.pairs = pairs(map, archive: archive)
        return id == nil || timeZone == nil || archive == nil || cameras.cameras.isEmpty ? nil : site
    }

    private func timeZone(_ map: MappingNode) -> String? {
        guard let node = map.required("timezone", example: "Asia/Shanghai"), let name = node.text() else { return nil }
        if SiteClock(timeZone: name) != nil { return name }
        let near = NearestName.of(name, among: TimeZone.knownTimeZoneIdentifiers)
        node.fail(
            "timezone is \"\(name)\", which is unknown",
            remedy: (near.map { "did you mean \"\($0)\"? " } ?? "")
                + "Write a name such as Asia/Shanghai or an offset such as \"+08:00\"")
        return nil
    }

    private func location(_ node: Node) -> Location? {
        guard let map = node.mapping(keys: ["latitude", "longitude", "elevation"]) else { return nil }
        let latitude = map.required("latitude", example: "28.84")
        let longitude = map.required("longitude", example: "108.77")
        if let a = latitude?.plainNumber, let b = longitude?.plainNumber, abs(a) > 90, abs(a) <= 180, abs(b) <= 90 {
            latitude?.fail(
                "latitude is \(a)", remedy: "latitude and longitude seem exchanged: latitude is from -90 to 90")
            return nil
        }
        let north = latitude?.number(in: -90...90)
        let east = longitude?.number(in: -180...180)
        // From the shore of the Dead Sea to above Everest, in metres.
        let elevation = map["elevation"].map { $0.number(in: -500...9000) } ?? 0
        guard let north, let east, let elevation else { return nil }
        return Location(latitude: north, longitude: east, elevation: elevation)
    }

    private func archive(_ map: MappingNode) -> String? {
        let name = map["archive"].map { $0.text() } ?? "archive"
        guard let name else { return nil }
        let path = Self.resolve(name, in: folder)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue { return path }
        let node = map["archive"] ?? map.node
        let isFile = FileManager.default.fileExists(atPath: path)
        node.fail(
            "the archive \"\(name)\" \(isFile ? "is no folder" : "does not exist")",
            remedy: "write \"archive: …\" with the folder of the pictures, relative to this file")
        return nil
    }

    private func store(_ map: MappingNode) -> String {
        let standard = "plotwatch.sqlite"
        guard let node = map["store"], let name = node.text() else { return Self.resolve(standard, in: folder) }
        let path = Self.resolve(name, in: folder)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            node.fail("the store \"\(name)\" is a folder", remedy: "name a file, such as \(standard)")
        } else if !FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent) {
            node.fail(
                "the folder of the store \"\(name)\" does not exist", remedy: "make it, or write \"store: \(standard)\""
            )
        }
        return path
    }

    /// The absolute path of a file or folder that must be there; `nil` where it isn't named.
    func existing(_ node: Node?, isFolder wanted: Bool, what: String, example: String) -> String? {
        guard let node, let name = node.text() else { return nil }
        let path = Self.resolve(name, in: folder)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue == wanted {
            return path
        }
        node.fail(
            "the \(what) \"\(name)\" does not exist",
            remedy: "name one that is there, relative to this file, such as \(example), or remove the line")
        return nil
    }

    /// An absolute path, `..` and `.` resolved as text.
    static func resolve(_ path: String, in folder: String) -> String {
        path.hasPrefix("/")
            ? URL(fileURLWithPath: path).standardizedFileURL.path
            : URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(path).standardizedFileURL.path
    }
}

extension Node {
    /// A number without a fault where it is none.
    var plainNumber: Double? {
        if case .scalar(let text) = content { Node.decimal(text) } else { nil }
    }
}
