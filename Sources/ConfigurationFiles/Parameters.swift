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
            let near = NearestName.of(name, among: names).map { ", perhaps instead of \"\($0)\"" } ?? ""
            throw fault(line: 1, "the parameter \"\(name)\" is missing", remedy: "add \"\(name)\"\(near)")
        }
        if let range, !range.contains(entry.value) {
            throw fault(
                line: entry.line, "\(name) is \(Node.short(entry.value))",
                remedy: "it must be from \(Node.short(range.lowerBound)) to \(Node.short(range.upperBound))")
        }
        return entry.value
    }

    /// A whole number.
    public func integer(_ name: String, in range: ClosedRange<Int>? = nil) throws(ConfigurationError) -> Int {
        let value = try number(name, in: range.map { Double($0.lowerBound)...Double($0.upperBound) })
        guard let whole = Int(exactly: value) else {
            throw fault(line: entries[name]?.line ?? 1, "\(name) is \(value)", remedy: "write a whole number")
        }
        return whole
    }

    private func fault(line: Int, _ message: String, remedy: String) -> ConfigurationError {
        ConfigurationError(faults: [ConfigurationFault(file: file, line: line, message: message, remedy: remedy)])
    }
}
