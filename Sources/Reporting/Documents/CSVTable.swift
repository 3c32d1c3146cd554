/// Comma-separated text as RFC 4180 has it: CRLF, quotes doubled, UTF-8 with a byte order mark so that spreadsheet
/// programs read Chinese.
public struct CSVTable: Sendable {
    public enum Cell: Sendable, Equatable {
        case empty
        case text(String)
        case integer(Int)
        /// Rounded to at most `decimals` decimals; empty where the value is not finite.
        case number(Double, decimals: Int)

        public static func text(_ value: String?) -> Cell { value.map { .text($0) } ?? .empty }
        public static func integer(_ value: Int?) -> Cell { value.map { .integer($0) } ?? .empty }
        public static func number(_ value: Double?, decimals: Int) -> Cell {
            value.map { .number($0, decimals: decimals) } ?? .empty
        }
    }

    public let columns: [String]

    public init(columns: [String]) { self.columns = columns }

    /// The byte order mark and the line of column names.
    public var header: String { "\u{FEFF}" + CSVTable.line(columns.map { .text($0) }) }

    /// One line.
    ///
    /// - Precondition: as many cells as columns.
    public func row(_ cells: [Cell]) -> String {
        precondition(cells.count == columns.count, "A row has as many cells as the table has columns.")
        return CSVTable.line(cells)
    }

    private static func line(_ cells: [Cell]) -> String { cells.map(field).joined(separator: ",") + "\r\n" }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .empty: ""
        case .integer(let value): String(value)
        case .number(let value, let decimals): DecimalText.text(value, decimals: decimals) ?? ""
        case .text(let value): quoted(harmless(value))
        }
    }

    /// Spreadsheet programs run text that begins like a formula; an apostrophe in front makes it text again.
    private static func harmless(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        guard needsQuotes else { return text }
        var out = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { out += "\"" }
            out.unicodeScalars.append(scalar)
        }
        return out + "\""
    }
}
