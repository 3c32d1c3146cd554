import Village

struct HouseholdReader {
    static let keys = ["id", "name", "village", "group"]

    func households(_ site: MappingNode) -> [Household] {
        guard let items = site["households"]?.list() else { return [] }
        var lines: [String: Int] = [:]
        return items.compactMap { item in
            guard let map = item.mapping(keys: Self.keys) else { return nil }
            let idNode = map.required("id", example: "h01")
            let id = idNode?.identifier()
            if let id, let idNode {
                if let earlier = lines[id] {
                    idNode.fail(
                        "household \"\(id)\" stands twice, first in line \(earlier)", remedy: "keep one of the two")
                } else {
                    lines[id] = idNode.line
                }
            }
            let household = Household(
                id: id ?? "", name: map["name"]?.text(), village: map["village"]?.text(), group: map["group"]?.text())
            return id == nil ? nil : household
        }
    }
}
