import Foundation

/// Why a template for file names can't be used.
public enum NamePatternFault: Error, Sendable, Equatable, CustomStringConvertible {
    case empty
    /// A `{` without its `}`, or a `}` alone.
    case unbalancedBrace
    case unknownField(String)
    /// Neither `{yyyy}` (or `{yy}`) with `{MM}{dd}` or `{doy}`, nor `{epoch}`.
    case noDate
    /// Two fields of free length with nothing between them.
    case adjacentFreeFields
    case tooLong(limit: Int)

    public var description: String { message.en }

    /// What is wrong.
    public var message: Bilingual {
        switch self {
        case .empty: .init(zh: "模板是空的", en: "the template is empty")
        case .unbalancedBrace: .init(zh: "“{”和“}”不成对", en: "a \"{\" has no \"}\" or the other way round")
        case .unknownField(let name):
            .init(zh: "模板里没有 {\(name)} 这个字段", en: "the template has the unknown field {\(name)}")
        case .noDate: .init(zh: "模板里没有日期", en: "the template gives no date")
        case .adjacentFreeFields:
            .init(zh: "两个不定长的字段紧挨着", en: "two fields of free length stand side by side")
        case .tooLong(let limit): .init(zh: "模板超过 \(limit) 个字", en: "the template has more than \(limit) characters")
        }
    }

    /// What would be right.
    public var remedy: Bilingual {
        switch self {
        case .empty:
            .init(
                zh: "请写模板，例如 \"{camera}_{yyyy}{MM}{dd}_{HH}{mm}{ss}\"，或写 auto",
                en: "write a template such as \"{camera}_{yyyy}{MM}{dd}_{HH}{mm}{ss}\", or auto")
        case .unbalancedBrace: .init(zh: "每个字段写成 {名字}", en: "write each field as {name}")
        case .unknownField:
            .init(zh: "可用的字段：\(Self.fields) 和 *", en: "fields: \(Self.fields) and *")
        case .noDate:
            .init(
                zh: "请加上 {yyyy}、{MM}、{dd}，或 {yyyy}、{doy}，或 {epoch}",
                en: "add {yyyy}, {MM} and {dd}, or {yyyy} and {doy}, or {epoch}")
        case .adjacentFreeFields:
            .init(zh: "请把隔开它们的字写在中间", en: "put the text that separates them between them")
        case .tooLong:
            .init(zh: "只写文件名里含时间的那一段", en: "keep to the part of the name that holds the time")
        }
    }

    private static var fields: String { NamePattern.fieldNames.map { "{\($0)}" }.joined(separator: " ") }
}

/// A template that reads the time out of a file name, such as `{camera}_{yyyy}_{MM}_{dd}_{HH}{mm}{ss}`.
///
/// | field | reads |
/// | --- | --- |
/// | `{yyyy}` `{yy}` `{MM}` `{dd}` `{doy}` | year, year from 2000, month, day, day of the year (three digits) |
/// | `{HH}` `{mm}` `{ss}` `{SSS}` | hour, minute, second, thousandths |
/// | `{epoch}` `{epochms}` | seconds and milliseconds since 1970-01-01 UTC |
/// | `{camera}` | the camera's own id: anything but `/` |
/// | `{#}` `{#5}` | one or more digits, five digits |
/// | `*` | anything, also nothing, but `/` |
///
/// A template with `/` is compared with as many last parts of the path; one without, with the file's name. The
/// extension may be left out. A year begins with 19 or 20, or is 0000, which a clock that was never set shows. A date
/// without `{HH}` stands for noon, as only the day is known.
public struct NamePattern: Sendable, Equatable {
    public static let fieldNames = [
        "camera", "yyyy", "yy", "MM", "dd", "doy", "HH", "mm", "ss", "SSS", "epoch", "epochms", "#",
    ]
    /// Characters.
    public static let longestTemplate = 250

    /// The template as it was written.
    public let template: String
    let tokens: [Token]
    private let depth: Int
    let fields: Set<Field>

    enum Field: String, Sendable, CaseIterable {
        case year = "yyyy"
        case shortYear = "yy"
        case month = "MM"
        case day = "dd"
        case dayOfYear = "doy"
        case hour = "HH"
        case minute = "mm"
        case second = "ss"
        case thousandths = "SSS"
        case epoch, epochms

        /// Digits; `nil` = as many as there are.
        var width: Int? {
            switch self {
            case .year: 4
            case .shortYear, .month, .day, .hour, .minute, .second: 2
            case .dayOfYear, .thousandths: 3
            case .epoch, .epochms: nil
            }
        }
    }

    enum Token: Sendable, Equatable {
        case literal([UInt8])
        case field(Field)
        case camera
        case anything
        /// `nil` = one or more.
        case digits(Int?)

        /// Whether it may end at more than one place.
        var isBranching: Bool { isFree || self == .digits(nil) }

        var isFree: Bool {
            switch self {
            case .camera, .anything: true
            default: false
            }
        }
    }

    public init(_ template: String) throws(NamePatternFault) {
        guard !template.isEmpty else { throw .empty }
        guard template.utf8.count <= Self.longestTemplate else { throw .tooLong(limit: Self.longestTemplate) }
        let normal = template.precomposedStringWithCanonicalMapping
        tokens = try Self.tokens(of: normal)
        var fields: Set<Field> = []
        for case .field(let field) in tokens { fields.insert(field) }
        let hasYear = fields.contains(.year) || fields.contains(.shortYear)
        let hasDay = fields.contains(.dayOfYear) || fields.isSuperset(of: [.month, .day])
        guard (hasYear && hasDay) || fields.contains(.epoch) || fields.contains(.epochms) else { throw .noDate }
        for (a, b) in zip(tokens, tokens.dropFirst()) where a.isFree && b.isFree { throw .adjacentFreeFields }
        self.template = template
        self.fields = fields
        depth = normal.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
    }

    /// Whether date or hour stand in the folders' names.
    public var readsFolders: Bool { depth > 1 }

    private static func tokens(of template: String) throws(NamePatternFault) -> [Token] {
        var tokens: [Token] = []
        var literal: [UInt8] = []
        func flush() {
            if !literal.isEmpty { tokens.append(.literal(literal)) }
            literal = []
        }
        var rest = Array(template.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw .unbalancedBrace }
                let name = String(decoding: rest[..<end], as: UTF8.self)
                rest = rest[(end + 1)...]
                flush()
                tokens.append(try token(named: name))
            case UInt8(ascii: "}"): throw .unbalancedBrace
            case UInt8(ascii: "*"):
                flush()
                if tokens.last != .anything { tokens.append(.anything) }
            default: literal.append(byte)
            }
        }
        flush()
        return tokens
    }

    private static func token(named name: String) throws(NamePatternFault) -> Token {
        if name == "camera" { return .camera }
        if name == "#" { return .digits(nil) }
        if name.hasPrefix("#"), let count = Int(name.dropFirst()), (1...40).contains(count) { return .digits(count) }
        guard let field = Field(rawValue: name) else {
            if name.contains("{") { throw .unbalancedBrace }
            throw .unknownField(name)
        }
        return .field(field)
    }

    /// Reads a path; `nil` where the template does not fit.
    ///
    /// - Parameter path: `/` between folders. Its spelling may be composed or decomposed Unicode.
    /// - Complexity: O(tokens × length of the name squared).
    public func match(_ path: String) -> NameMatch? {
        let normal = path.utf8.allSatisfy({ $0 < 0x80 }) ? path : path.precomposedStringWithCanonicalMapping
        let parts = normal.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count >= depth else { return nil }
        let tail = parts.suffix(depth).joined(separator: "/")
        let whole = Array(tail.utf8)
        if let dot = tail.utf8.lastIndex(of: UInt8(ascii: ".")), !tail.utf8[dot...].contains(UInt8(ascii: "/")) {
            let stem = Array(tail.utf8[..<dot])
            if let match = NameMatcher(tokens: tokens, text: stem).match() { return match.result(fields: fields) }
        }
        return NameMatcher(tokens: tokens, text: whole).match()?.result(fields: fields)
    }
}
