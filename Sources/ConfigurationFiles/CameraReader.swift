import Foundation
import Village

/// The cameras that could be read, and the ids of those that could not, so that no fault is told twice.
struct ReadCameras {
    var cameras: [Camera] = []
    var ids: [String] = []
}

struct CameraReader {
    /// `nil` where the archive is at fault itself.
    let archive: String?
    let siteFolder: String
    /// A store keeps the reference from the first run on, and then the archive may forget it.
    let storeExists: Bool

    static let keys = ["id", "name", "files", "timestamp", "reference", "ignore", "ground"]

    func cameras(_ site: MappingNode) -> ReadCameras {
        var read = ReadCameras()
        guard let node = site.required("cameras", example: "a list of cameras"), let items = node.list() else {
            return read
        }
        if items.isEmpty { node.fail("there is no camera", remedy: "add one with \"id\" and \"files\"") }
        var lines: [String: Int] = [:]
        for item in items {
            guard let map = item.mapping(keys: Self.keys) else { continue }
            let idNode = map.required("id", example: "cam_orchard")
            let id = idNode?.identifier()
            if let id, let idNode {
                if let earlier = lines[id] {
                    idNode.fail(
                        "camera \"\(id)\" stands twice, first in line \(earlier)", remedy: "give each camera its own id"
                    )
                } else {
                    lines[id] = idNode.line
                    read.ids.append(id)
                }
            }
            let files = map.required("files", example: "\"\(id ?? "camera")/**/*.jpg\"").flatMap(glob)
            let camera = Camera(
                id: id ?? "", name: map["name"]?.text() ?? id ?? "", files: files ?? "", timestamp: timestamp(map),
                reference: reference(map),
                ignore: map["ignore"].map { OutlineReader.outlines($0) } ?? [],
                ground: map["ground"].map { GroundReader.points($0) } ?? [])
            if id != nil { read.cameras.append(camera) }
        }
        return read
    }

    private func glob(_ node: Node) -> String? {
        guard let glob = node.text() else { return nil }
        let remedy = "write a pattern below the archive, such as \"cam_orchard/**/*.jpg\""
        if glob.hasPrefix("/") || glob.split(separator: "/").contains("..") {
            node.fail("files leaves the archive: \"\(glob)\"", remedy: remedy)
        } else if glob.contains("\\") {
            node.fail("files holds a backslash: \"\(glob)\"", remedy: "write \"/\" between folders")
        } else if !isBalanced(glob) {
            node.fail(
                "files has a bracket that is not closed: \"\(glob)\"",
                remedy: "close it, or write [[] for a bracket itself")
        } else if glob.hasSuffix("/") {
            node.fail("files ends with \"/\": \"\(glob)\"", remedy: "add the files' names, such as \"\(glob)**/*.jpg\"")
        } else {
            return glob
        }
        return nil
    }

    private func isBalanced(_ glob: String) -> Bool {
        var inSet = false
        var braces = 0
        for character in glob {
            switch character {
            case "[" where !inSet: inSet = true
            case "]" where inSet: inSet = false
            case "{" where !inSet: braces += 1
            case "}" where !inSet: braces -= 1
            case "/" where inSet: return false
            default: break
            }
            if braces < 0 { return false }
        }
        return !inSet && braces == 0
    }

    private func timestamp(_ map: MappingNode) -> TimestampRule {
        guard let node = map["timestamp"], let text = node.text(), text != "auto" else { return .automatic }
        do {
            _ = try NamePattern(text)
        } catch {
            node.fail("timestamp \"\(text)\": \(error)", remedy: error.remedy)
        }
        return .pattern(text)
    }

    private func reference(_ map: MappingNode) -> String? {
        guard let node = map["reference"], let path = node.text() else { return nil }
        if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
            node.fail("reference leaves the archive: \"\(path)\"", remedy: "write its path below the archive")
        } else if !storeExists, let archive,
            !FileManager.default.fileExists(atPath: SiteReader.resolve(path, in: archive))
        {
            let isBesideSite = FileManager.default.fileExists(atPath: SiteReader.resolve(path, in: siteFolder))
            node.fail(
                "the reference picture \"\(path)\" does not exist",
                remedy: isBesideSite
                    ? "write its path relative to the archive"
                    : "name the picture that the polygons were drawn on, below the archive")
        }
        return path
    }
}
