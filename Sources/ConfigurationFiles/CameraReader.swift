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

    static let keys = ["id", "name", "files", "timestamp", "reference", "ignore", "ground", "measures"]

    func cameras(_ site: MappingNode) -> ReadCameras {
        var read = ReadCameras()
        guard let node = site.required("cameras", example: "a list of cameras"), let items = node.list() else {
            return read
        }
        if items.isEmpty {
            node.fail(
                .init(zh: "一个摄像头也没有", en: "there is no camera"),
                remedy: .init(zh: "请加一个，写上 id 和 files", en: "add one with \"id\" and \"files\""))
        }
        var ids = IdentifierList(
            .init(zh: "摄像头", en: "camera"),
            remedy: .init(zh: "每个摄像头要有自己的编号", en: "give each camera its own id"))
        for item in items {
            guard let map = item.mapping(keys: Self.keys) else { continue }
            let taken = ids.take(map.required("id", example: "cam_orchard"))
            let id = taken?.id
            if let taken, taken.isFirst { read.ids.append(taken.id) }
            let files = map.required("files", example: "\"\(id ?? "camera")/**/*.jpg\"").flatMap(glob)
            var camera = Camera(
                id: id ?? "", name: map["name"]?.text() ?? id ?? "", files: files ?? "", timestamp: timestamp(map),
                reference: reference(map),
                ignore: map["ignore"].map { OutlineReader.outlines($0) } ?? [],
                ground: map["ground"].map { GroundReader.points($0) } ?? [])
            camera.measures = map["measures"]?.choice(Camera.Measures.self) ?? .all
            if id != nil { read.cameras.append(camera) }
        }
        return read
    }

    private func glob(_ node: Node) -> String? {
        guard let glob = node.text() else { return nil }
        if glob.hasPrefix("/") || glob.split(separator: "/").contains("..") {
            node.fail(
                .init(zh: "files 指到了照片文件夹外面：“\(glob)”", en: "files leaves the archive: \"\(glob)\""),
                remedy: .init(
                    zh: "请写照片文件夹里面的样式，例如 \"cam_orchard/**/*.jpg\"",
                    en: "write a pattern below the archive, such as \"cam_orchard/**/*.jpg\""))
        } else if glob.contains("\\") {
            node.fail(
                .init(zh: "files 里有反斜杠：“\(glob)”", en: "files holds a backslash: \"\(glob)\""),
                remedy: .init(zh: "文件夹之间请写“/”", en: "write \"/\" between folders"))
        } else if !isBalanced(glob) {
            node.fail(
                .init(zh: "files 的括号没有合上：“\(glob)”", en: "files has a bracket that is not closed: \"\(glob)\""),
                remedy: .init(
                    zh: "请补上括号；文件名里真有方括号就写 [[]", en: "close it, or write [[] for a bracket itself"))
        } else if glob.hasSuffix("/") {
            node.fail(
                .init(zh: "files 以“/”结尾：“\(glob)”", en: "files ends with \"/\": \"\(glob)\""),
                remedy: .init(
                    zh: "请补上文件名的样式，例如 \"\(glob)**/*.jpg\"",
                    en: "add the files' names, such as \"\(glob)**/*.jpg\""))
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
            node.fail(
                .init(zh: "timestamp“\(text)”：\(error.message.zh)", en: "timestamp \"\(text)\": \(error.message.en)"),
                remedy: error.remedy)
        }
        return .pattern(text)
    }

    private func reference(_ map: MappingNode) -> String? {
        guard let node = map["reference"], let path = node.text() else { return nil }
        if path.hasPrefix("/") || path.split(separator: "/").contains("..") {
            node.fail(
                .init(zh: "reference 指到了照片文件夹外面：“\(path)”", en: "reference leaves the archive: \"\(path)\""),
                remedy: .init(zh: "请写照片文件夹里面的路径", en: "write its path below the archive"))
        } else if !storeExists, let archive,
            !FileManager.default.fileExists(atPath: SiteReader.resolve(path, in: archive))
        {
            let isBesideSite = FileManager.default.fileExists(atPath: SiteReader.resolve(path, in: siteFolder))
            node.fail(
                .init(zh: "找不到参考照片“\(path)”", en: "the reference picture \"\(path)\" does not exist"),
                remedy: isBesideSite
                    ? .init(zh: "路径要从照片文件夹（archive）写起", en: "write its path relative to the archive")
                    : .init(
                        zh: "请写画地块时用的那张照片，路径从照片文件夹（archive）写起",
                        en: "name the picture that the polygons were drawn on, below the archive"))
        }
        return path
    }
}
