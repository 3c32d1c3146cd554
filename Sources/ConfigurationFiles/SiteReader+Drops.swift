import Village

/// Folders of the archive that no camera fills: flights of a drone, photographs from phones.
extension SiteReader {
    func patrols(_ map: MappingNode, archive: String?) -> [Patrol] {
        guard let items = map["patrols"]?.list() else { return [] }
        var ids = IdentifierList(.init(zh: "巡查", en: "patrol"))
        return items.compactMap { item in
            guard let map = item.mapping(keys: ["id", "folder", "plots", "within"]) else { return nil }
            let id = ids.take(map.required("id", example: "north"))?.id
            let folder = drop(map, archive: archive, example: "flights")
            let plots = existing(
                map["plots"], isFolder: false, what: .init(zh: "地块图", en: "map of plots"), example: "plots.geojson")
            let within = map["within"].map { $0.number(in: Patrol.reaches) } ?? Patrol.usualReach
            guard let id, let folder, let within else { return nil }
            return Patrol(id: id, folder: folder, plots: plots, within: within)
        }
    }

    /// The folder that photographs before and after a clean-up are put into; `nil` = none.
    func pairs(_ map: MappingNode, archive: String?) -> String? {
        map["pairs"]?.mapping(keys: ["folder"]).flatMap { drop($0, archive: archive, example: "cleanup") }
    }

    /// A folder below the archive; it may be made later.
    private func drop(_ map: MappingNode, archive: String?, example: String) -> String? {
        guard let node = map.required("folder", example: example), let name = node.text(), let archive else {
            return nil
        }
        let path = Self.resolve(name, in: archive)
        guard path.hasPrefix(archive.hasSuffix("/") ? archive : archive + "/") else {
            node.fail(
                .init(
                    zh: "文件夹“\(name)”不在照片文件夹里面", en: "the folder \"\(name)\" does not lie below the archive"),
                remedy: .init(
                    zh: "请写照片文件夹（archive）里的文件夹，例如 \(example)",
                    en: "name a folder of the archive, such as \(example)"))
            return nil
        }
        return path
    }
}
