import Foundation
import Village

/// The plots that could be read, and the ids of those that could not, so that no fault is told twice.
struct ReadPlots {
    var plots: [Plot] = []
    var ids: [String] = []
}

struct PlotReader {
    let folder: String
    let cameras: ReadCameras
    let crops: [String]?

    static let keys =
        ["id", "camera", "kind", "crop", "household", "polygon", "mask", "valid"] + roomKeys + penKeys + fruitKeys
    static let roomKeys = ["noActivityHours", "away", "signs"]
    static let penKeys = ["breed", "county", "freshFruit", "expected", "detector"]
    static let fruitKeys = ["grades", "marker", "pixelsPerMillimetre", "cameraHeight"]

    func plots(_ site: MappingNode) -> ReadPlots {
        var read = ReadPlots()
        guard let items = site["plots"]?.list() else { return read }
        var rows: [String: [(line: Int, valid: DayRange)]] = [:]
        for item in items {
            guard let map = item.mapping(keys: Self.keys) else { continue }
            let idNode = map.required("id", example: "p1")
            let id = idNode?.identifier()
            let camera = self.camera(map)
            let kindNode = map.required("kind", example: "orchard"), kind = kindNode?.choice(Plot.Kind.self)
            if let kindNode, let kind, let camera { checkMeasured(kind, kindNode, by: camera) }
            let shape = self.shape(map, id: id)
            let valid = map["valid"].map { $0.dayRange() } ?? DayRange()
            if let id, let idNode {
                read.ids.append(id)
                if let valid {
                    if let earlier = rows[id]?.first(where: { Self.overlap($0.valid, valid) }) {
                        idNode.fail(
                            .init(
                                zh: "地块“\(id)”在同样的日子里写了两次，第一次在第\(earlier.line)行",
                                en: "plot \"\(id)\" stands twice for the same days, first in line \(earlier.line)"),
                            remedy: .init(
                                zh: "请另起编号，或给两行写上不重叠的 valid 日期",
                                en: "give it its own id, or give both rows \"valid\" days that do not overlap"))
                    }
                    rows[id, default: []].append((idNode.line, valid))
                }
            }
            var plot = Plot(
                id: id ?? "", camera: camera ?? "", kind: kind ?? .field, crop: crop(map),
                household: map["household"]?.identifier(),
                shape: shape ?? .polygon([]), valid: valid ?? DayRange(), room: room(map, kind: kind),
                pen: pen(map, kind: kind))
            plot.fruit = fruit(map, kind: kind)
            if id != nil { read.plots.append(plot) }
        }
        return read
    }

    static func overlap(_ a: DayRange, _ b: DayRange) -> Bool {
        let aEndsBeforeB = if let end = a.until, let start = b.from { end < start } else { false }
        let bEndsBeforeA = if let end = b.until, let start = a.from { end < start } else { false }
        return !aEndsBeforeB && !bEndsBeforeA
    }

    private func camera(_ map: MappingNode) -> String? {
        guard let node = map.required("camera", example: cameras.ids.first ?? "cam_orchard"), let id = node.text()
        else { return nil }
        if cameras.ids.contains(id) { return id }
        let list = cameras.ids.prefix(10).joined(separator: ", ")
        let known: Bilingual =
            list.isEmpty
            ? .init(zh: "请在 cameras 里加上它", en: "add it to \"cameras\"")
            : .init(zh: "现有摄像头：\(list)", en: "cameras: \(list)")
        node.fail(
            .init(zh: "没有摄像头“\(id)”", en: "there is no camera \"\(id)\""),
            remedy: NearestName.question(id, among: cameras.ids) ?? known)
        return nil
    }

    private func crop(_ map: MappingNode) -> String? {
        guard let node = map["crop"], let name = node.identifier() else { return nil }
        if let crops, !crops.contains(name) {
            node.fail(
                .init(zh: "没有作物“\(name)”的资料", en: "there is no crop file \"\(name)\""),
                remedy: NearestName.question(name, among: crops) ?? .oneOf(crops))
        }
        return name
    }

    private func shape(_ map: MappingNode, id: String?) -> Plot.Shape? {
        switch (map["polygon"], map["mask"]) {
        case (let polygon?, nil): return OutlineReader.outline(polygon).map { .polygon($0) }
        case (nil, let mask?): return self.mask(mask)
        case (_?, let mask?):
            mask.fail(
                .init(
                    zh: "地块“\(id ?? "")”又写了 polygon 又写了 mask", en: "plot \"\(id ?? "")\" has a polygon and a mask"),
                remedy: .keepOne)
            return nil
        case (nil, nil):
            map.node.fail(
                .init(
                    zh: "地块“\(id ?? "")”没有写 polygon，也没有写 mask",
                    en: "plot \"\(id ?? "")\" has neither polygon nor mask"),
                remedy: .init(
                    zh: "请加上“polygon: [x1,y1, x2,y2, x3,y3]”或“mask: 文件.png”",
                    en: "add \"polygon: [x1,y1, x2,y2, x3,y3]\" or \"mask: file.png\""))
            return nil
        }
    }

    private func mask(_ node: Node) -> Plot.Shape? {
        guard let name = node.text() else { return nil }
        let path = SiteReader.resolve(name, in: folder)
        let suffix = (name as NSString).pathExtension.lowercased()
        guard ["png", "tif", "tiff"].contains(suffix) else {
            node.fail(
                .init(zh: "掩膜图“\(name)”不是 PNG 也不是 TIFF", en: "the mask \"\(name)\" is neither PNG nor TIFF"),
                remedy: .init(
                    zh: "请用 .png（255 是里面）或 PhenoCam 的 .tif（0 是里面）",
                    en: "name a .png (255 = inside) or a PhenoCam .tif (0 = inside)"))
            return nil
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
            node.fail(
                .init(zh: "找不到掩膜图“\(name)”", en: "the mask \"\(name)\" does not exist"),
                remedy: .init(zh: "路径从村庄文件所在的地方写起", en: "write its path relative to the site file"))
            return nil
        }
        return .mask(path: path)
    }
}
