import Village

/// The ids of one kind of thing, each with the line where it stood first.
struct IdentifierList {
    /// What the ids name.
    let what: Bilingual
    var remedy = Bilingual(zh: "请另起一个编号", en: "give it its own id")
    private var lines: [String: Int] = [:]

    init(_ what: Bilingual, remedy: Bilingual? = nil) {
        self.what = what
        if let remedy { self.remedy = remedy }
    }

    /// The id at a node, and whether it is the first of its name; a second one is a fault.
    mutating func take(_ node: Node?) -> (id: String, isFirst: Bool)? {
        guard let node, let id = node.identifier() else { return nil }
        if let earlier = lines[id] {
            node.fail(
                .init(
                    zh: "\(what.zh)“\(id)”写了两次，第一次在第\(earlier)行",
                    en: "\(what.en) \"\(id)\" stands twice, first in line \(earlier)"),
                remedy: remedy)
            return (id, false)
        }
        lines[id] = node.line
        return (id, true)
    }
}
