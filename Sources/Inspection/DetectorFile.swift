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
            throw ConfigurationError(faults: [
                ConfigurationFault(
                    file: path, line: 1, message: "there is no card of the detector \"\(name)\"",
                    remedy: "put \(name).yaml and its model into the folder models/detectors beside the site file")
            ])
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
            node.fail("\"\(stranger)\" is none of the classes", remedy: "one of: \(classes.joined(separator: ", "))")
        }
        let confidence = map?.required("confidence", example: "0.35")?.number(in: 0...1)
        let range = map?.required("range", example: "[0.2, 0.6]").flatMap { bounds($0, around: confidence) }
        let overlap = map?["overlap"]?.number(in: 0...1)
        if let file, let sum, let fileNode, let sumNode {
            do {
                let found = try FileReader(archive: folder, limitInBytes: mostBytes).read(path: file).sha256
                if found != sum { sumNode.fail("\(file) has another SHA-256: \(found)", remedy: "take the right file") }
            } catch {
                fileNode.fail(error.message, remedy: "put the model beside its card")
            }
        }
        try document.finish()
        guard let file, let sum, let sides, let layout, let confidence, let range else {
            throw ConfigurationError(faults: [
                ConfigurationFault(
                    file: document.file, line: 1, message: "the card is empty", remedy: "see models/README.md")
            ])
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
            node.fail("\"input\" is no size", remedy: "write width and height, such as [640, 640]")
            return nil
        }
        return whole
    }

    private static func bounds(_ node: Node, around middle: Double?) -> ClosedRange<Double>? {
        guard let ends = node.numbers(in: 0...1) else { return nil }
        guard ends.count == 2, ends[0] <= middle ?? ends[0], middle ?? ends[1] <= ends[1], ends[0] <= ends[1] else {
            node.fail("\"range\" does not hold the confidence", remedy: "write it as [lower, upper] around it")
            return nil
        }
        return ends[0]...ends[1]
    }
}
