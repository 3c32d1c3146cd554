import Village
import Yams

/// The one place that knows the YAML parser: text → ``Node``.
struct Composer {
    let text: String
    let limits: DocumentLimits
    let faults: FaultList

    func compose() throws(ConfigurationError) -> Node {
        guard let root = try parse() else {
            return Node(content: .empty, line: 1, column: 1, path: "", faults: faults)
        }
        var budget = limits.nodes
        return node(root, path: "", depth: 0, budget: &budget)
    }

    /// The parser stops at the first key that stands twice in a mapping. So that all faults are told, that key is
    /// marked in the text with a character from the private use area, and the text is read again.
    private func parse() throws(ConfigurationError) -> Yams.Node? {
        var source = text
        for round in 0...limits.faults {
            do {
                // What a scalar means is for its reader to say: no rules that guess, and their dear regular expressions.
                return try Yams.Parser(yaml: source, resolver: .basic, encoding: .utf8).singleRoot()
            } catch YamlError.duplicatedKeysInMapping(_, let context) where round < limits.faults {
                guard
                    let marked = DuplicateKey.marking(
                        line: context.mark.line, column: context.mark.column, round: round, in: source)
                else { throw refusal(line: context.mark.line, column: nil, problem: "a key stands twice") }
                source = marked
            } catch let error as YamlError {
                throw refusal(error)
            } catch {
                throw refusal(line: 1, column: nil, problem: "\(error)")
            }
        }
        throw refusal(line: 1, column: nil, problem: "too many keys stand twice")
    }

    private func node(_ node: Yams.Node, path: String, depth: Int, budget: inout Int) -> Node {
        let mark = node.mark
        func made(_ content: Node.Content) -> Node {
            Node(content: content, line: mark?.line ?? 1, column: mark?.column ?? 1, path: path, faults: faults)
        }
        budget -= 1
        guard depth <= limits.depth, budget >= 0 else {
            faults.add(
                line: mark?.line ?? 1, column: nil,
                depth > limits.depth
                    ? .init(zh: "层数太深", en: "the values are nested too deep")
                    : .init(zh: "内容太多", en: "too many values"),
                remedy: .init(
                    zh: "最多读 \(limits.depth) 层、\(limits.nodes) 个值",
                    en: "at most \(limits.depth) levels and \(limits.nodes) values are read"))
            return made(.empty)
        }
        switch node {
        case .scalar(let scalar):
            let isPlain = scalar.style == .plain || scalar.style == .any
            return made(
                isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string) ? .empty : .scalar(scalar.string))
        case .sequence(let list):
            var items: [Node] = []
            for (index, item) in list.enumerated() {
                items.append(self.node(item, path: "\(path)[\(index)]", depth: depth + 1, budget: &budget))
            }
            return made(.list(items))
        case .mapping(let mapping):
            var entries: [Node.Entry] = []
            var firstLines: [String: Int] = [:]
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else {
                    faults.add(
                        line: key.mark?.line ?? 1, column: key.mark?.column,
                        .init(zh: "键不是文字", en: "a key is no text"),
                        remedy: .init(zh: "请写成“键: 值”", en: "write \"key: value\""))
                    continue
                }
                let keyLine = key.mark?.line ?? 1
                let name = DuplicateKey.original(scalar.string) ?? scalar.string
                if let first = firstLines[name] {
                    faults.add(
                        line: keyLine, column: nil,
                        .init(
                            zh: "“\(name)”写了两次，第一次在第\(first)行", en: "\"\(name)\" stands twice, first in line \(first)"),
                        remedy: .keepOne)
                    continue
                }
                firstLines[name] = keyLine
                let below = path.isEmpty ? name : "\(path).\(name)"
                entries.append(
                    Node.Entry(
                        key: name, line: keyLine,
                        value: self.node(value, path: below, depth: depth + 1, budget: &budget)))
            }
            return made(.mapping(entries))
        case .alias:
            return made(.empty)
        }
    }

    private func refusal(_ error: YamlError) -> ConfigurationError {
        switch error {
        case .scanner(let context?, let problem, _, _)
        where problem.contains("expected ':'") || problem.contains("end of stream"):
            // A key without its colon, or a text without its closing quote, is noticed only further down.
            refusal(line: context.mark.line, column: context.mark.column, problem: problem)
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            refusal(line: mark.line, column: mark.column, problem: problem)
        case .reader(let problem, let offset, _, let yaml):
            refusal(
                line: 1 + (offset.map { yaml.prefix($0).reduce(0) { $0 + ($1.isNewline ? 1 : 0) } } ?? 0), column: nil,
                problem: problem)
        case .duplicatedKeysInMapping(_, let context):
            refusal(line: context.mark.line, column: nil, problem: "a key stands twice")
        default:
            refusal(line: 1, column: nil, problem: "the YAML parser gave up")
        }
    }

    private func refusal(line: Int, column: Int?, problem: String) -> ConfigurationError {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        var line = min(max(line, 1), max(lines.count, 1))
        if !lines.isEmpty, let colon = lines[..<line].lastIndex(where: SyntaxRemedy.hasFullWidthColon) {
            line = colon + 1
        }
        let written = lines.indices.contains(line - 1) ? String(lines[line - 1]) : ""
        let remedy = SyntaxRemedy.remedy(problem: problem, line: written)
        let found = ConfigurationFault(
            file: faults.file, line: line, column: column,
            wrong: .init(zh: "这里不合 YAML 的写法（\(problem)）", en: "this is not YAML: \(problem)"), right: remedy)
        return ConfigurationError(faults: faults.inOrder + [found])
    }
}
