import ConfigurationFiles
import Village

/// How many animals a pen bears; `models/stocking.yaml`.
public struct StockingRules: Sendable {
    public struct Limit: Sendable, Equatable {
        /// Animals a mu.
        public var limit: Double
        public var hard: Double
        public var source: String
        public var hardSource: String
    }

    private let file: Parameters
    let usual: Limit
    let seasonFrom: Int
    let seasonUntil: Int
    let noneDays: Double
    let outsideCaptures: Int
    let huddleCaptures: Int
    let huddleSpread: Double
    let bareShare: Double
    let nightElevation: Double
    let nightCaptures: Int

    public init(_ file: Parameters) throws(ConfigurationError) {
        self.file = file
        usual = try StockingRules.limit("usual", in: file)
        seasonFrom = try file.integer("season.from", in: 1...12)
        seasonUntil = try file.integer("season.until", in: 1...12)
        noneDays = try file.number("watch.noneDays")
        outsideCaptures = try file.integer("watch.outsideCaptures")
        huddleCaptures = try file.integer("watch.huddleCaptures")
        huddleSpread = try file.number("watch.huddleSpread")
        bareShare = try file.number("watch.bareShare")
        nightElevation = try file.number("watch.nightElevation")
        nightCaptures = try file.integer("watch.nightCaptures", in: 1...100)
        for name in file.names where name.hasSuffix(".limit") || name.hasSuffix(".hard") {
            _ = try StockingRules.limit(String(name[..<(name.lastIndex(of: ".") ?? name.startIndex)]), in: file)
        }
    }

    private static func limit(_ name: String, in file: Parameters) throws(ConfigurationError) -> Limit {
        let limit = try file.number(name + ".limit"), hard = try file.number(name + ".hard")
        return Limit(
            limit: limit, hard: max(limit, hard), source: file.entries[name + ".limit"]?.source ?? "",
            hardSource: file.entries[name + ".hard"]?.source ?? "")
    }

    /// The county's, else the breed's, else the usual one.
    public func limit(for pen: PenSettings) -> Limit {
        let names = [pen.county.map { "counties.\($0)" }, pen.breed.map { "breeds.\($0)" }].compactMap { $0 }
        for name in names {
            if let limit = try? StockingRules.limit(name, in: file) { return limit }
        }
        return usual
    }

    /// The rule that forbids animals below fresh fruit in this county; `nil` where there is none.
    public func freshFruitRule(for pen: PenSettings) -> String? {
        guard let county = pen.county, let entry = file.entries["counties.\(county).freshFruit"], entry.value == 0
        else { return nil }
        return entry.source ?? file.file
    }
}
