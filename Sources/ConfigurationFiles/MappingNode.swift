import Village

/// The entries of a mapping whose keys were checked.
public struct MappingNode {
    public let node: Node
    let entries: [Node.Entry]

    /// The value of a key; `nil` where it is missing or empty.
    public subscript(key: String) -> Node? {
        entries.first { $0.key == key && !$0.value.isEmpty }?.value
    }

    /// The value of a key, after a fault where it is missing or empty.
    public func required(_ key: String, example: String) -> Node? {
        if let value = self[key] { return value }
        let line = entries.first { $0.key == key }?.line ?? node.line
        let wrong =
            node.path.isEmpty
            ? Bilingual(zh: "缺少“\(key)”", en: "the key \"\(key)\" is missing")
            : Bilingual(zh: "\(node.path) 缺少“\(key)”", en: "\(node.path) has no \"\(key)\"")
        node.faults.add(
            line: line, column: nil, wrong,
            remedy: .init(zh: "请加上“\(key): \(example)”", en: "add \"\(key): \(example)\""))
        return nil
    }

    /// The texts of the keys `zh` and `en`, which may stand among others.
    public func bilingual() -> Bilingual? {
        let zh = required("zh", example: "中文")?.text(), en = required("en", example: "English")?.text()
        guard let zh, let en else { return nil }
        return Bilingual(zh: zh, en: en)
    }
}
