import Village

extension Node {
    /// A finite decimal number, in `range` where one is given.
    public func number(in range: ClosedRange<Double>? = nil) -> Double? {
        guard case .scalar(let text) = content, let value = Node.decimal(text) else {
            wrongType("a number", remedy: "write a number such as 0.5")
            return nil
        }
        if let range, !range.contains(value) {
            fail(
                "\(name) is \(text)",
                remedy: "it must be from \(Node.short(range.lowerBound)) to \(Node.short(range.upperBound))")
            return nil
        }
        return value
    }

    public func integer(in range: ClosedRange<Int>? = nil) -> Int? {
        guard case .scalar(let text) = content, let value = Int(text) else {
            wrongType("a whole number", remedy: "write a number such as 3")
            return nil
        }
        if let range, !range.contains(value) {
            fail("\(name) is \(text)", remedy: "it must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    public func boolean() -> Bool? {
        if case .scalar(let text) = content {
            if ["true", "yes", "on"].contains(text.lowercased()) { return true }
            if ["false", "no", "off"].contains(text.lowercased()) { return false }
        }
        wrongType("true or false", remedy: "write true or false")
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
        wrongType("a day of the calendar", remedy: "write it as 2024-03-01")
        return nil
    }

    /// `{from: 2024-01-01, until: 2024-12-31}`, either end left out = open.
    public func dayRange() -> DayRange? {
        guard let map = mapping(keys: ["from", "until"]) else { return nil }
        let from = map["from"]?.day()
        let until = map["until"]?.day()
        if let from, let until, until < from {
            fail("\(name) ends (\(until)) before it begins (\(from))", remedy: "exchange the two days")
            return nil
        }
        return DayRange(from: from, until: until)
    }

    /// One of the words of an enumeration.
    public func choice<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Word?
    where Word.RawValue == String {
        let words = Word.allCases.map(\.rawValue)
        guard case .scalar(let text) = content else {
            wrongType("one of \(words.joined(separator: ", "))", remedy: "write one of these words")
            return nil
        }
        if let word = Word(rawValue: text) { return word }
        let remedy =
            NearestName.of(text, among: words).map { "did you mean \"\($0)\"?" }
            ?? "one of: \(words.joined(separator: ", "))"
        fail("\(name) is \"\(text)\", which is unknown", remedy: remedy)
        return nil
    }

    /// A text of letters, digits, `-` and `_`.
    public func identifier() -> String? {
        guard let text = text() else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_")
        }
        guard isPlain, text.count <= Node.longestIdentifier else {
            fail(
                "\(name) is \"\(text.prefix(80))\"",
                remedy:
                    "use at most \(Node.longestIdentifier) letters a-z, A-Z, digits, \"-\", \"_\"; \"name\" may be Chinese"
            )
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
