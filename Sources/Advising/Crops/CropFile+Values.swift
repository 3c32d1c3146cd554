import ConfigurationFiles
import Village

extension CropFile {
    func list<Item>(_ node: Node?, _ read: (Node) -> Item?) -> [Item] { node?.list()?.compactMap(read) ?? [] }

    func span(_ node: Node, in range: ClosedRange<Double>) -> ClosedRange<Double>? {
        guard let numbers = node.numbers(in: range) else { return nil }
        guard numbers.count == 2, numbers[0] <= numbers[1] else {
            node.fail("\(node.path) must be two numbers, the smaller first", remedy: "write [from, until]")
            return nil
        }
        return numbers[0]...numbers[1]
    }

    func bbchCode(_ node: Node) -> String? {
        guard let text = node.text() else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            parts.count == 1 || parts[0] <= parts[1]
        else {
            node.fail(
                "\(node.path) is \"\(text)\"", remedy: "write a BBCH code of two digits, \"65\", or a range, 60-69")
            return nil
        }
        return text
    }

    func windows(_ node: Node, _ defaultRegion: String?) -> Crop.Windows? {
        guard let entries = node.entries() else { return nil }
        var found: [String: SeasonWindow] = [:]
        var isWhole = true
        for (key, value) in entries {
            if !regionIDs.contains(key) {
                value.fail(
                    "\(node.path) names the region \"\(key)\", which is not listed",
                    remedy: "one of: \(regionIDs.sorted().joined(separator: ", "))")
                isWhole = false
            }
            guard let text = value.text() else {
                isWhole = false
                continue
            }
            if let window = SeasonWindow(text) {
                found[key] = window
            } else {
                value.fail("\(value.path) is \"\(text)\"", remedy: "write month-day..month-day such as 04-01..05-10")
                isWhole = false
            }
        }
        if let defaultRegion, found[defaultRegion] == nil, isWhole {
            node.fail(
                "\(node.path) has no window for the default region \(defaultRegion)",
                remedy: "add \"\(defaultRegion): 04-01..05-10\"")
            return nil
        }
        return isWhole ? Crop.Windows(found) : nil
    }

    func known(_ node: Node, _ ids: Set<String>, _ what: String) -> String? {
        guard let text = node.text() else { return nil }
        if ids.contains(text) { return text }
        node.fail(
            "\(node.path) names the \(what) \"\(text)\", which is not listed",
            remedy: "one of: \(ids.sorted().joined(separator: ", "))")
        return nil
    }

    func noDuplicates(_ node: Node?, _ ids: [String]) {
        var seen: Set<String> = []
        for id in ids where !seen.insert(id).inserted {
            node?.fail("the id \"\(id)\" is there twice in \(node?.path ?? "")", remedy: "give each its own id")
        }
    }

    func ruleText(_ map: MappingNode) -> RuleText? {
        let title = map.required("title", example: "{zh: …, en: …}").flatMap { limited($0, Self.longestTitle) }
        let action = map.required("action", example: "{zh: …, en: …}").flatMap { limited($0, Self.longestAction) }
        let source = map.required("source", example: "https://…")?.text()
        let reliability = map.required("reliability", example: "U")?.choice(Crop.Reliability.self)
        let confirmed = map.required("confirmed", example: "false")?.boolean()
        guard let title, let action, let source, let reliability, let confirmed else { return nil }
        return RuleText(
            title: title, action: action, message: map["sms"].flatMap { messages($0) }, source: source,
            reliability: reliability, isConfirmed: confirmed)
    }

    /// Short messages, of one language or of both.
    private func messages(_ node: Node) -> [Language: String]? {
        guard let map = node.mapping(keys: Language.allCases.map(\.rawValue)) else { return nil }
        var found: [Language: String] = [:]
        for language in Language.allCases {
            guard let value = map[language.rawValue], let words = value.text() else { continue }
            if words.utf16.count > Advice.longestMessage {
                value.fail(
                    "\(value.path) has \(words.utf16.count) characters",
                    remedy: "at most \(Advice.longestMessage), which one short message holds")
            }
            noDose(words, in: value, value.path)
            found[language] = words
        }
        return found
    }

    /// A text that fits radio and phone and names no amount of anything.
    private func limited(_ node: Node, _ longest: (zh: Int, en: Int)) -> Bilingual? {
        guard let text = node.bilingual() else { return nil }
        for (language, words, limit) in [("zh", text.zh, longest.zh), ("en", text.en, longest.en)] {
            if words.count > limit {
                node.fail(
                    "\(node.path).\(language) has \(words.count) characters",
                    remedy: "at most \(limit), so that the village radio can read it")
            }
            noDose(words, in: node, "\(node.path).\(language)")
        }
        return text
    }

    private func noDose(_ words: String, in node: Node, _ path: String) {
        guard let dose = DosePattern.first(in: words) else { return }
        node.fail(
            "\(path) names an amount (\"\(dose)\")",
            remedy: "no dose from a picture: send the household to the adviser")
    }
}
