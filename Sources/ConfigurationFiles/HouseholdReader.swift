import Village

struct HouseholdReader {
    static let keys = ["id", "name", "village", "group"]

    func households(_ site: MappingNode) -> [Household] {
        guard let items = site["households"]?.list() else { return [] }
        var ids = IdentifierList(.init(zh: "农户", en: "household"), remedy: .keepOne)
        return items.compactMap { item in
            guard let map = item.mapping(keys: Self.keys) else { return nil }
            let id = ids.take(map.required("id", example: "h01"))?.id
            let household = Household(
                id: id ?? "", name: map["name"]?.text(), village: map["village"]?.text(), group: map["group"]?.text())
            return id == nil ? nil : household
        }
    }
}
