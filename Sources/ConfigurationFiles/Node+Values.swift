import Village

extension Node {
    /// A finite decimal number, in `range` where one is given.
    public func number(in range: ClosedRange<Double>? = nil) -> Double? {
        guard case .scalar(let text) = content, let value = Node.decimal(text) else {
            wrongType(
                .init(zh: "数字", en: "a number"),
                remedy: .init(zh: "请写数字，例如 0.5", en: "write a number such as 0.5"))
            return nil
        }
        if let range, !range.contains(value) {
            outOfRange(text, from: Node.short(range.lowerBound), to: Node.short(range.upperBound))
            return nil
        }
        return value
    }

    public func integer(in range: ClosedRange<Int>? = nil) -> Int? {
        guard case .scalar(let text) = content, let value = Int(text) else {
            wrongType(
                .init(zh: "整数", en: "a whole number"),
                remedy: .init(zh: "请写整数，例如 3", en: "write a number such as 3"))
            return nil
        }
        if let range, !range.contains(value) {
            outOfRange(text, from: "\(range.lowerBound)", to: "\(range.upperBound)")
            return nil
        }
        return value
    }

    public func boolean() -> Bool? {
        if case .scalar(let text) = content {
            if ["true", "yes", "on"].contains(text.lowercased()) { return true }
            if ["false", "no", "off"].contains(text.lowercased()) { return false }
        }
        wrongType(
            .init(zh: "true（是）或 false（否）", en: "true or false"),
            remedy: .init(zh: "请写 true 或 false", en: "write true or false"))
        return nil
    }

    /// A list of numbers.
    public func numbers(in range: ClosedRange<Double>? = nil) -> [Double]? {
        guard let items = list() else { return nil }
        let values = items.map { $0.number(in: range) }
        return values.contains(where: { $0 == nil }) ? nil : values.compactMap { $0 }
    }

    /// A list of texts; one text alone counts as a list of one.
    public func texts() -> [String]? {
        if case .scalar = content { return text().map { [$0] } }
        guard let items = list() else { return nil }
        let values = items.map { $0.text() }
        return values.contains(where: { $0 == nil }) ? nil : values.compactMap { $0 }
    }

    /// `{zh: 中文, en: English}`.
    public func bilingual() -> Bilingual? { mapping(keys: ["zh", "en"])?.bilingual() }

    /// A day such as `2024-03-01`.
    public func day() -> Day? {
        if case .scalar(let text) = content, let day = Day(text) { return day }
        wrongType(
            .init(zh: "日历上有的一天", en: "a day of the calendar"),
            remedy: .init(zh: "请写成 2024-03-01 这样", en: "write it as 2024-03-01"))
        return nil
    }

    /// `{from: 2024-01-01, until: 2024-12-31}`, either end left out = open.
    public func dayRange() -> DayRange? {
        guard let map = mapping(keys: ["from", "until"]) else { return nil }
        let from = map["from"]?.day()
        let until = map["until"]?.day()
        if let from, let until, until < from {
            fail(
                .init(
                    zh: "\(name.zh) 的结束日 \(until) 早于开始日 \(from)",
                    en: "\(name.en) ends (\(until)) before it begins (\(from))"),
                remedy: .init(zh: "请把两个日子对调", en: "exchange the two days"))
            return nil
        }
        return DayRange(from: from, until: until)
    }

    /// One of the words of an enumeration.
    public func choice<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word?
    where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard case .scalar(let text) = content else {
            let list = words.joined(separator: ", ")
            wrongType(
                .init(zh: "\(list) 之一", en: "one of \(list)"),
                remedy: .init(zh: "请写其中一个词", en: "write one of these words"))
            return nil
        }
        if let word = Word(rawValue: text) { return word }
        fail(
            .init(zh: "\(name.zh) 写的是“\(text)”，没有这一项", en: "\(name.en) is \"\(text)\", which is unknown"),
            remedy: NearestName.question(text, among: words) ?? .oneOf(words))
        return nil
    }

    /// A text of letters, digits, `-` and `_`.
    public func identifier() -> String? {
        guard let text = text() else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
        }
        guard isPlain, text.count <= Node.longestIdentifier else {
            let most = Node.longestIdentifier
            fail(
                .init(zh: "\(name.zh) 写的是“\(text.prefix(80))”", en: "\(name.en) is \"\(text.prefix(80))\""),
                remedy: .init(
                    zh: "编号只用英文字母、数字、“-”、“_”，最多 \(most) 个；中文写在 name 里",
                    en: "use at most \(most) letters a-z, A-Z, digits, \"-\", \"_\"; \"name\" may be Chinese"))
            return nil
        }
        return text
    }

    /// Characters; ids become parts of file names.
    static let longestIdentifier = 100

    /// Decimal notation only: no hexadecimal, no `nan`, no `inf`.
    static func decimal(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }), let value = Double(text),
            value.isFinite
        else { return nil }
        return value
    }

    public static func short(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
