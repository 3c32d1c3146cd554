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
            root.fail(
                .init(zh: "文件是空的", en: "the file is empty"),
                remedy: .init(
                    zh: "请写“site: …”、“timezone: …”、“archive: …”、“cameras: …”，或用 plotwatch init 写一份",
                    en: "write \"site: …\", \"timezone: …\", \"archive: …\", \"cameras: …\""))
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
            weather: existing(
                map["weather"], isFolder: false, what: .init(zh: "气象文件", en: "weather file"), example: "weather.csv"),
            models: existing(
                map["models"], isFolder: true, what: .init(zh: "规则文件夹", en: "folder of models"), example: "models"),
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
        // The capital is no name of a time zone, and its nearest neighbour in letters is Beirut.
        let isChina = ["beijing", "peking", "china", "北京", "中国"].contains { name.lowercased().contains($0) }
        let near = isChina ? nil : NearestName.question(name, among: TimeZone.knownTimeZoneIdentifiers)
        node.fail(
            .init(zh: "timezone 写的是“\(name)”，没有这个时区", en: "timezone is \"\(name)\", which is unknown"),
            remedy: .init(
                zh: (near?.zh ?? "") + "北京时间请写 Asia/Shanghai，或写 \"+08:00\"",
                en: (near.map { $0.en + " " } ?? "")
                    + "Write a name such as Asia/Shanghai or an offset such as \"+08:00\""))
        return nil
    }

    private func location(_ node: Node) -> Location? {
        guard let map = node.mapping(keys: ["latitude", "longitude", "elevation"]) else { return nil }
        let latitude = map.required("latitude", example: "28.84")
        let longitude = map.required("longitude", example: "108.77")
        if let a = latitude?.plainNumber, let b = longitude?.plainNumber, abs(a) > 90, abs(a) <= 180, abs(b) <= 90 {
            latitude?.fail(
                .init(zh: "latitude 是 \(a)", en: "latitude is \(a)"),
                remedy: .init(
                    zh: "纬度和经度好像写反了：纬度（latitude）在 -90 到 90 之间",
                    en: "latitude and longitude seem exchanged: latitude is from -90 to 90"))
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
            .init(
                zh: isFile ? "照片文件夹“\(name)”不是文件夹" : "找不到照片文件夹“\(name)”",
                en: "the archive \"\(name)\" \(isFile ? "is no folder" : "does not exist")"),
            remedy: .init(
                zh: "请在“archive: …”写放照片的文件夹，从本文件所在的地方写起",
                en: "write \"archive: …\" with the folder of the pictures, relative to this file"))
        return nil
    }

    private func store(_ map: MappingNode) -> String {
        let standard = "plotwatch.sqlite"
        guard let node = map["store"], let name = node.text() else { return Self.resolve(standard, in: folder) }
        let path = Self.resolve(name, in: folder)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            node.fail(
                .init(zh: "store 写的“\(name)”是文件夹", en: "the store \"\(name)\" is a folder"),
                remedy: .init(zh: "请写文件名，例如 \(standard)", en: "name a file, such as \(standard)"))
        } else if !FileManager.default.fileExists(atPath: (path as NSString).deletingLastPathComponent) {
            node.fail(
                .init(zh: "store“\(name)”所在的文件夹不存在", en: "the folder of the store \"\(name)\" does not exist"),
                remedy: .init(
                    zh: "请先建好，或写“store: \(standard)”", en: "make it, or write \"store: \(standard)\""))
        }
        return path
    }

    /// The absolute path of a file or folder that must be there; `nil` where it isn't named.
    func existing(_ node: Node?, isFolder wanted: Bool, what: Bilingual, example: String) -> String? {
        guard let node, let name = node.text() else { return nil }
        let path = Self.resolve(name, in: folder)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue == wanted {
            return path
        }
        node.fail(
            .init(zh: "找不到\(what.zh)“\(name)”", en: "the \(what.en) \"\(name)\" does not exist"),
            remedy: .init(
                zh: "请写已有的，从本文件所在的地方写起，例如 \(example)；或删掉这一行",
                en: "name one that is there, relative to this file, such as \(example), or remove the line"))
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
