import ConfigurationFiles
import Village

/// Points for good deeds and what they buy: `models/points.yaml`.
public struct PointsRules: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public var id: String
        public var name: Bilingual
        public var points: Int

        public init(id: String, name: Bilingual, points: Int) {
            self.id = id
            self.name = name
            self.points = points
        }
    }

    public let deeds: [Entry]
    public let items: [Entry]
    /// The deed that a pair of pictures before and after proves.
    public let cleanup: String

    public func deed(_ id: String) -> Entry? { deeds.first { $0.id == id } }
    public func item(_ id: String) -> Entry? { items.first { $0.id == id } }

    /// Everything that is wrong in the file; empty where ``load(from:)`` succeeds.
    public static func faults(in models: ModelFolder) -> [ConfigurationFault] {
        do throws(ConfigurationError) { _ = try load(from: models) } catch { return error.faults }
        return []
    }

    /// - Throws: every fault of the file at once.
    public static func load(from models: ModelFolder) throws(ConfigurationError) -> PointsRules {
        try rules(in: Document(path: models.path("points.yaml")))
    }

    /// - Throws: every fault of the document at once.
    public static func rules(in document: Document) throws(ConfigurationError) -> PointsRules {
        var deeds: [Entry] = [], items: [Entry] = []
        var cleanup: String?
        if let map = document.root.mapping(keys: ["deeds", "items", "cleanup"]) {
            deeds = entries(map.required("deeds", example: "[]"))
            items = entries(map.required("items", example: "[]"))
            let node = map.required("cleanup", example: "labour")
            cleanup = node?.identifier()
            if let node, let cleanup, !deeds.contains(where: { $0.id == cleanup }) {
                node.fail(
                    .init(zh: "没有叫“\(cleanup)”的积分事项", en: "no deed is called \"\(cleanup)\""),
                    remedy: .oneOf(deeds.map(\.id)))
            }
        }
        try document.finish()
        return PointsRules(deeds: deeds, items: items, cleanup: cleanup ?? "")
    }

    private static func entries(_ node: Node?) -> [Entry] {
        var result: [Entry] = []
        for item in node?.list() ?? [] {
            guard let map = item.mapping(keys: ["id", "zh", "en", "points"]) else { continue }
            let id = map.required("id", example: "labour")?.identifier()
            let zh = map.required("zh", example: "义务劳动")?.text()
            let en = map.required("en", example: "voluntary work")?.text()
            let points = map.required("points", example: "5")?.integer(in: 1...100_000)
            guard let id, let zh, let en, let points else { continue }
            if result.contains(where: { $0.id == id }) {
                item.fail(.init(zh: "“\(id)”写了两次", en: "\"\(id)\" is there twice"), remedy: .ownIdentifier)
            }
            result.append(Entry(id: id, name: Bilingual(zh: zh, en: en), points: points))
        }
        return result
    }
}
