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
    public func fail(_ wrong: Bilingual, remedy: Bilingual) {
        faults.add(line: line, column: column, wrong, remedy: remedy)
    }

    private var hasFullWidthColon: Bool {
        if case .scalar(let text) = content { SyntaxRemedy.hasFullWidthColon(text[...]) } else { false }
    }

    /// As a person would name it.
    var name: Bilingual {
        path.isEmpty ? Bilingual(zh: "整个文件", en: "the file") : Bilingual(zh: path, en: path)
    }

    func wrongType(_ wanted: Bilingual, remedy: Bilingual) {
        let found: Bilingual =
            switch content {
            case .empty: .init(zh: "空着", en: "is empty")
            case .scalar(let text): .init(zh: "写的是“\(text.prefix(60))”", en: "is \"\(text.prefix(60))\"")
            case .list: .init(zh: "是一个列表", en: "is a list")
            case .mapping: .init(zh: "是一组键", en: "is a group of keys")
            }
        fail(
            .init(
                zh: "\(name.zh)\(path.isEmpty ? "" : " ")\(found.zh)，应当是\(wanted.zh)",
                en: "\(name.en) \(found.en) but must be \(wanted.en)"),
            remedy: remedy)
    }

    /// A number that is outside what is allowed.
    func outOfRange(_ text: String, from least: String, to most: String) {
        fail(
            .init(zh: "\(name.zh) 是 \(text)", en: "\(name.en) is \(text)"),
            remedy: .between(least, most))
    }

    /// The entries, after every key that is not among `keys` was reported with the nearest name that is.
    public func mapping(keys: [String]) -> MappingNode? {
        guard case .mapping(let entries) = content else {
            let some = keys.prefix(3)
            wrongType(
                .init(zh: "一组“键: 值”", en: "a group of keys"),
                remedy: hasFullWidthColon
                    ? SyntaxRemedy.fullWidthColon
                    : .init(
                        zh: "请在下面写" + some.map { "“\($0): …”" }.joined(separator: "、"),
                        en: "write \(some.map { "\"\($0): …\"" }.joined(separator: ", ")) below it"))
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            let place = path.isEmpty ? Bilingual(zh: "", en: "") : Bilingual(zh: "\(path) 里", en: " in \(path)")
            let known = keys.joined(separator: ", ")
            faults.add(
                line: entry.line, column: nil,
                .init(zh: "\(place.zh)没有“\(entry.key)”这个键", en: "unknown key \"\(entry.key)\"\(place.en)"),
                remedy: NearestName.question(entry.key, among: keys)
                    ?? .init(zh: "可用的键：\(known)", en: "known keys: \(known)"))
        }
        return MappingNode(node: self, entries: entries)
    }

    /// The entries of a mapping whose keys are free, in order.
    public func entries() -> [(key: String, value: Node)]? {
        guard case .mapping(let entries) = content else {
            wrongType(
                .init(zh: "一组“键: 值”", en: "a group of keys"),
                remedy: .init(zh: "请在下面一行行写“键: 值”", en: "write \"key: value\" lines below it"))
            return nil
        }
        return entries.map { ($0.key, $0.value) }
    }

    public func list() -> [Node]? {
        guard case .list(let items) = content else {
            wrongType(
                .init(zh: "列表", en: "a list"),
                remedy: .init(
                    zh: "请在下面一行行写“- …”，或写“[…, …]”", en: "write \"- …\" lines below it, or \"[…, …]\""))
            return nil
        }
        return items
    }

    /// Text as it is written: `3`, `no` and `2024-01-01` are texts too.
    public func text() -> String? {
        guard case .scalar(let text) = content, !text.isEmpty else {
            wrongType(
                .init(zh: "文字", en: "a text"),
                remedy: .init(zh: "请写一个词，或用英文引号括起来的文字", en: "write one word or a text in quotes"))
            return nil
        }
        return text
    }
}
