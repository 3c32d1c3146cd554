import Village

/// Thresholds from a YAML file of `models/`: names with dots → numbers.
///
/// An entry is a number, or a group with `value` and the words about it:
///
/// ```yaml
/// fog:
///   contrast: {value: 0.12, unit: share, range: [0, 1], source: "…", meaning: "…"}
/// ```
///
/// reads as `fog.contrast` = 0.12.
public struct Parameters: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public var value: Double
        public var line: Int
        public var unit: String?
        /// Where the number comes from.
        public var source: String?
        public var meaning: String?
        /// What the file itself allows.
        public var range: ClosedRange<Double>?
    }

    public let file: String
    public let entries: [String: Entry]

    public init(file: String, entries: [String: Entry]) {
        self.file = file
        self.entries = entries
    }

    /// Every name, sorted.
    public var names: [String] { entries.keys.sorted() }

    /// - Throws: a fault where the file has no such name, or its number is outside `range`.
    public func number(_ name: String, in range: ClosedRange<Double>? = nil) throws(ConfigurationError) -> Double {
        guard let entry = entries[name] else {
            var remedy = Self.add(name)
            if let near = NearestName.of(name, among: names) {
                remedy.zh += "，可能误写成了“\(near)”"
                remedy.en += ", perhaps instead of \"\(near)\""
            }
            throw ConfigurationError(file, Self.missing(name), remedy: remedy)
        }
        if let range, !range.contains(entry.value) {
            throw ConfigurationError(
                file, line: entry.line,
                .init(zh: "\(name) 是 \(Node.short(entry.value))", en: "\(name) is \(Node.short(entry.value))"),
                remedy: .between(Node.short(range.lowerBound), Node.short(range.upperBound)))
        }
        return entry.value
    }

    /// A whole number.
    public func integer(_ name: String, in range: ClosedRange<Int>? = nil) throws(ConfigurationError) -> Int {
        let value = try number(name, in: range.map { Double($0.lowerBound)...Double($0.upperBound) })
        guard let whole = Int(exactly: value) else {
            throw ConfigurationError(
                file, line: entries[name]?.line ?? 1, .init(zh: "\(name) 是 \(value)", en: "\(name) is \(value)"),
                remedy: .init(zh: "请写整数", en: "write a whole number"))
        }
        return whole
    }

    static func missing(_ name: String) -> Bilingual {
        .init(zh: "缺少参数“\(name)”", en: "the parameter \"\(name)\" is missing")
    }

    static func add(_ name: String) -> Bilingual { .init(zh: "请加上“\(name)”", en: "add \"\(name)\"") }
}
