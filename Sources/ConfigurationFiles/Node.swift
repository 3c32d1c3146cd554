import Village

/// One value of a ``Document``: an entry, a list, a text, with its line.
public struct Node {
    enum Content {
        case empty
        case scalar(String)
        case list([Node])
        case mapping([Entry])
    }

    struct Entry {
        let key: String
        let line: Int
        let value: Node
    }

    let content: Content
    /// From 1.
    public let line: Int
    /// From 1.
    public let column: Int
    /// Where it stands: `cameras[2].ground`.
    public let path: String
    let faults: FaultList

    /// Whether nothing, `~` or `null` stands here.
    public var isEmpty: Bool { if case .empty = content { true } else { false } }
    public var isList: Bool { if case .list = content { true } else { false } }
    public var isMapping: Bool { if case .mapping = content { true } else { false } }

    /// Adds a fault at this line.
    public func fail(_ message: String, remedy: String) {
        faults.add(line: line, column: column, message: message, remedy: remedy)
    }

    /// As a person would name it.
    var name: String { path.isEmpty ? "the file" : path }

    func wrongType(_ wanted: String, remedy: String) {
        let found =
            switch content {
            case .empty: "is empty"
            case .scalar(let text): "is \"\(text.prefix(60))\""
            case .list: "is a list"
            case .mapping: "is a group of keys"
            }
        fail("\(name) \(found) but must be \(wanted)", remedy: remedy)
    }

    /// The entries, after every key that is not among `keys` was reported with the nearest name that is.
    public func mapping(keys: [String]) -> MappingNode? {
        guard case .mapping(let entries) = content else {
            wrongType(
                "a group of keys",
                remedy: "write \(keys.prefix(3).map { "\"\($0): …\"" }.joined(separator: ", ")) below it")
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            let place = path.isEmpty ? "" : " in \(path)"
            let remedy =
                NearestName.of(entry.key, among: keys).map { "did you mean \"\($0)\"?" }
                ?? "known keys: \(keys.joined(separator: ", "))"
            faults.add(line: entry.line, column: nil, message: "unknown key \"\(entry.key)\"\(place)", remedy: remedy)
        }
        return MappingNode(node: self, entries: entries)
    }

    /// The entries of a mapping whose keys are free, in order.
    public func entries() -> [(key: String, value: Node)]? {
        guard case .mapping(let entries) = content else {
            wrongType("a group of keys", remedy: "write \"key: value\" lines below it")
            return nil
        }
        return entries.map { ($0.key, $0.value) }
    }

    public func list() -> [Node]? {
        guard case .list(let items) = content else {
            wrongType("a list", remedy: "write \"- …\" lines below it, or \"[…, …]\"")
            return nil
        }
        return items
    }

    /// Text as it is written: `3`, `no` and `2024-01-01` are texts too.
    public func text() -> String? {
        guard case .scalar(let text) = content, !text.isEmpty else {
            wrongType("a text", remedy: "write one word or a text in quotes")
            return nil
        }
        return text
    }
}
