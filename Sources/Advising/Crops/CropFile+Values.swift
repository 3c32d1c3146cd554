import ConfigurationFiles
import Village

extension CropFile {
    func list<Item>(_ node: Node?, _ read: (Node) -> Item?) -> [Item] { node?.list()?.compactMap(read) ?? [] }

    func span(_ node: Node, in range: ClosedRange<Double>) -> ClosedRange<Double>? {
        guard let numbers = node.numbers(in: range) else { return nil }
        guard numbers.count == 2, numbers[0] <= numbers[1] else {
            node.fail(
                .init(
                    zh: "\(node.path) 要写两个数，小的在前", en: "\(node.path) must be two numbers, the smaller first"),
                remedy: .init(zh: "请写成 [从, 到]", en: "write [from, until]"))
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
                .init(zh: "\(node.path) 写的是“\(text)”", en: "\(node.path) is \"\(text)\""),
                remedy: .init(
                    zh: "请写两位的 BBCH 代码，例如 \"65\"，或范围 60-69",
                    en: "write a BBCH code of two digits, \"65\", or a range, 60-69"))
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
                    .init(
                        zh: "\(node.path) 里的地区“\(key)”没有列出",
                        en: "\(node.path) names the region \"\(key)\", which is not listed"),
                    remedy: .oneOf(regionIDs.sorted()))
                isWhole = false
            }
            guard let text = value.text() else {
                isWhole = false
                continue
            }
            if let window = SeasonWindow(text) {
                found[key] = window
            } else {
                value.fail(
                    .init(zh: "\(value.path) 写的是“\(text)”", en: "\(value.path) is \"\(text)\""),
                    remedy: .init(
                        zh: "请写成 月-日..月-日，例如 04-01..05-10",
                        en: "write month-day..month-day such as 04-01..05-10"))
                isWhole = false
            }
        }
        if let defaultRegion, found[defaultRegion] == nil, isWhole {
            node.fail(
                .init(
                    zh: "\(node.path) 缺少默认地区 \(defaultRegion) 的时间段",
                    en: "\(node.path) has no window for the default region \(defaultRegion)"),
                remedy: .init(
                    zh: "请加上“\(defaultRegion): 04-01..05-10”", en: "add \"\(defaultRegion): 04-01..05-10\""))
            return nil
        }
        return isWhole ? Crop.Windows(found) : nil
    }

    func known(_ node: Node, _ ids: Set<String>, _ what: Bilingual) -> String? {
        guard let text = node.text() else { return nil }
        if ids.contains(text) { return text }
        node.fail(
            .init(
                zh: "\(node.path) 里的\(what.zh)“\(text)”没有列出",
                en: "\(node.path) names the \(what.en) \"\(text)\", which is not listed"),
            remedy: .oneOf(ids.sorted()))
        return nil
    }

    /// The file's name is how a site names the crop.
    static func misnamed(_ node: Node?, _ id: String, file name: String) {
        node?.fail(
            .init(zh: "作物写的是“\(id)”，文件名却是 \(name).yaml", en: "the crop is \"\(id)\" but the file is \(name).yaml"),
            remedy: .init(zh: "两处请用同一个名字", en: "give both the same name"))
    }

    func noDuplicates(_ node: Node?, _ ids: [String]) {
        var seen: Set<String> = []
        for id in ids where !seen.insert(id).inserted {
            node?.fail(
                .init(
                    zh: "编号“\(id)”在 \(node?.path ?? "") 里写了两次",
                    en: "the id \"\(id)\" is there twice in \(node?.path ?? "")"),
                remedy: .ownIdentifier)
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
                    .init(
                        zh: "\(value.path) 有 \(words.utf16.count) 个字",
                        en: "\(value.path) has \(words.utf16.count) characters"),
                    remedy: .init(
                        zh: "一条短信最多 \(Advice.longestMessage) 个字",
                        en: "at most \(Advice.longestMessage), which one short message holds"))
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
                    .init(
                        zh: "\(node.path).\(language) 有 \(words.count) 个字",
                        en: "\(node.path).\(language) has \(words.count) characters"),
                    remedy: .init(
                        zh: "最多 \(limit) 个，村里广播才念得完", en: "at most \(limit), so that the village radio can read it"))
            }
            noDose(words, in: node, "\(node.path).\(language)")
        }
        return text
    }

    private func noDose(_ words: String, in node: Node, _ path: String) {
        guard let dose = DosePattern.first(in: words) else { return }
        node.fail(
            .init(zh: "\(path) 写了用量（“\(dose)”）", en: "\(path) names an amount (\"\(dose)\")"),
            remedy: .init(
                zh: "看照片不能定用药用量：请写“问农技员”", en: "no dose from a picture: send the household to the adviser"))
    }
}
