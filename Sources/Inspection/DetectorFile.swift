import Archive
import ConfigurationFiles
import Foundation
import Inference

/// Reads a detector's card from `models/detectors/NAME.yaml`.
///
/// ```yaml
/// file: hens.onnx            # beside this card
/// sha256: 3f1c…              # of the file
/// input: [640, 640]          # width and height in pixels
/// layout: yolov8             # yolov8 | yolov5 | boxes
/// classes: [hen, duck]       # in the model's order
/// count: [hen]               # those which count; left out: all
/// confidence: 0.35           # from which an object counts …
/// range: [0.2, 0.6]          # … and for the most and the least count
/// overlap: 0.45              # boxes that cover each other more are one object
/// ```
enum DetectorFile {
    private static let keys = [
        "file", "sha256", "input", "layout", "classes", "count", "confidence", "range", "overlap", "origin", "licence",
        "date", "quality",
    ]
    private static let side = 32.0...4096.0

    /// - Throws: every fault of the card at once; also where the model's file is missing or another than the card says.
    static func card(named name: String, in models: ModelFolder) throws(ConfigurationError) -> DetectorCard {
        let path = models.path("detectors/\(name).yaml")
        guard FileManager.default.fileExists(atPath: path) else {
            throw ConfigurationError(
                path, .init(zh: "没有检测模型“\(name)”的卡片", en: "there is no card of the detector \"\(name)\""),
                remedy: .init(
                    zh: "请把 \(name).yaml 和模型文件放进村庄文件旁边的 models/detectors 文件夹",
                    en: "put \(name).yaml and its model into the folder models/detectors beside the site file"))
        }
        return try card(in: Document(path: path), folder: (path as NSString).deletingLastPathComponent)
    }

    static func card(in document: Document, folder: String) throws(ConfigurationError) -> DetectorCard {
        let map = document.root.mapping(keys: keys)
        let fileNode = map?.required("file", example: "hens.onnx"), file = fileNode?.text()
        let sumNode = map?.required("sha256", example: "the file's SHA-256"), sum = sumNode?.text()?.lowercased()
        let sides = map?.required("input", example: "[640, 640]").flatMap(size)
        let layout = map?.required("layout", example: "yolov8")?.choice(DetectorCard.Layout.self)
        let classes = map?.required("classes", example: "[hen]")?.texts() ?? []
        let counted = map?["count"].flatMap { node in node.texts().map { (node, $0) } }
        if let (node, names) = counted, let stranger = names.first(where: { !classes.contains($0) }) {
            node.fail(
                .init(zh: "“\(stranger)”不在 classes 里", en: "\"\(stranger)\" is none of the classes"),
                remedy: .oneOf(classes))
        }
        let confidence = map?.required("confidence", example: "0.35")?.number(in: 0...1)
        let range = map?.required("range", example: "[0.2, 0.6]").flatMap { bounds($0, around: confidence) }
        let overlap = map?["overlap"]?.number(in: 0...1)
        if let file, let sum, let fileNode, let sumNode {
            do {
                let found = try FileReader(archive: folder, limitInBytes: mostBytes).read(path: file).sha256
                if found != sum {
                    sumNode.fail(
                        .init(zh: "\(file) 的 SHA-256 不同：\(found)", en: "\(file) has another SHA-256: \(found)"),
                        remedy: .init(zh: "请换成正确的文件", en: "take the right file"))
                }
            } catch {
                fileNode.fail(
                    .init(zh: "模型文件读不了（\(error.message)）", en: error.message),
                    remedy: .init(zh: "请把模型放在卡片旁边", en: "put the model beside its card"))
            }
        }
        try document.finish()
        guard let file, let sum, let sides, let layout, let confidence, let range else {
            throw ConfigurationError(
                document.file, .init(zh: "卡片是空的", en: "the card is empty"),
                remedy: .init(zh: "写法见 models/README.md", en: "see models/README.md"))
        }
        return DetectorCard(
            path: "\(folder)/\(file)", sha256: sum, width: sides[0], height: sides[1], layout: layout, classes: classes,
            counted: Set(counted?.1 ?? classes), confidence: confidence, range: range, overlap: overlap ?? usualOverlap)
    }

    /// Intersection over union; what YOLO's own programs use.
    private static let usualOverlap = 0.45
    /// The largest detectors have some 300 MB.
    private static let mostBytes = 1 << 30

    private static func size(_ node: Node) -> [Int]? {
        guard let sides = node.numbers(in: side) else { return nil }
        let whole = sides.compactMap { Int(exactly: $0) }
        guard whole.count == 2, sides.count == 2 else {
            node.fail(
                .init(zh: "input 不是尺寸", en: "\"input\" is no size"),
                remedy: .init(zh: "请写宽和高，例如 [640, 640]", en: "write width and height, such as [640, 640]"))
            return nil
        }
        return whole
    }

    private static func bounds(_ node: Node, around middle: Double?) -> ClosedRange<Double>? {
        guard let ends = node.numbers(in: 0...1) else { return nil }
        guard ends.count == 2, ends[0] <= middle ?? ends[0], middle ?? ends[1] <= ends[1], ends[0] <= ends[1] else {
            node.fail(
                .init(zh: "range 没有把 confidence 包在里面", en: "\"range\" does not hold the confidence"),
                remedy: .init(zh: "请写成 [下限, 上限]", en: "write it as [lower, upper] around it"))
            return nil
        }
        return ends[0]...ends[1]
    }
}
