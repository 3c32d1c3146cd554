import Village

/// Reads ``Parameters``.
public enum ParameterFile {
    static let words = ["value", "unit", "range", "source", "meaning", "zh"]

    /// - Parameter known: every name that is used; `nil` = any. A name that nothing reads is a fault, as it is
    ///   misspelt.
    /// - Throws: every fault of the file at once.
    public static func load(path: String, known: [String]? = nil) throws(ConfigurationError) -> Parameters {
        try parameters(in: Document(path: path), known: known)
    }

    public static func parameters(in document: Document, known: [String]? = nil) throws(ConfigurationError)
        -> Parameters
    {
        var entries: [String: Parameters.Entry] = [:]
        if !document.root.isEmpty { collect(document.root, into: &entries) }
        if let known {
            for (name, entry) in entries where !known.contains(name) {
                document.fault(
                    line: entry.line,
                    .init(zh: "没有参数“\(name)”", en: "nothing reads the parameter \"\(name)\""),
                    remedy: NearestName.question(name, among: known) ?? .init(zh: "请删掉它", en: "remove it"))
            }
            for name in known where entries[name] == nil {
                document.fault(line: 1, Parameters.missing(name), remedy: Parameters.add(name))
            }
        }
        try document.finish()
        return Parameters(file: document.file, entries: entries)
    }

    private static func collect(_ node: Node, into entries: inout [String: Parameters.Entry]) {
        guard let below = node.entries() else { return }
        for (_, value) in below {
            if !value.isMapping {
                if let number = value.number() {
                    entries[value.path] = Parameters.Entry(value: number, line: value.line)
                }
            } else if value.entries()?.contains(where: { $0.key == "value" }) ?? false {
                entries[value.path] = entry(value)
            } else {
                collect(value, into: &entries)
            }
        }
    }

    private static func entry(_ node: Node) -> Parameters.Entry? {
        guard let map = node.mapping(keys: words), let valueNode = map.required("value", example: "0.5") else {
            return nil
        }
        let range = map["range"].flatMap { bounds($0) }
        guard let value = valueNode.number(in: range) else { return nil }
        return Parameters.Entry(
            value: value, line: valueNode.line, unit: map["unit"]?.text(), source: map["source"]?.text(),
            meaning: map["meaning"]?.text(),
            range: range)
    }

    private static func bounds(_ node: Node) -> ClosedRange<Double>? {
        guard let bounds = node.numbers() else { return nil }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
            node.fail(
                .init(zh: "\(node.name.zh) 不是范围", en: "\(node.name.en) is no range"),
                remedy: .init(zh: "请写成 [最小, 最大]", en: "write it as [lowest, highest]"))
            return nil
        }
        return bounds[0]...bounds[1]
    }
}
