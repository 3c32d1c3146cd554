import Village

/// Why a PhenoCam file could not be read.
public enum PhenoCamFileError: Error, Equatable, Sendable {
    /// The file has no line of column names.
    case noColumns
    case missingColumn(String)
    case wrongFieldCount(line: Int, expected: Int, found: Int)
    case unreadableField(line: Int, column: String, text: String)
    case unreadableHeader(name: String, text: String)

    public var message: String {
        switch self {
        case .noColumns: "the file has no line of column names"
        case .missingColumn(let name): "the file has no column \(name)"
        case .wrongFieldCount(let line, let expected, let found): "line \(line) has \(found) fields, not \(expected)"
        case .unreadableField(let line, let column, let text): "line \(line): \"\(text)\" is no value for \(column)"
        case .unreadableHeader(let name, let text): "the line \"# \(name): \(text)\" states nothing possible"
        }
    }
}

/// A PhenoCam file taken apart: `# Name: value` lines, column names, rows of text. Lines may end with LF or CR LF.
public struct PhenoCamTable: Sendable {
    /// The values of the header by name.
    public let header: [String: String]
    public let columns: [String]
    public let rows: [Row]

    public struct Row: Sendable {
        /// Counted from 1 in the file.
        public let line: Int
        let fields: [Substring]
        let index: [String: Int]

        /// The text of a field, without blanks around it; `nil` where the file has no such column.
        public func text(_ column: String) -> String? {
            index[column].map { PhenoCamTable.trimmed(fields[$0]) }
        }

        /// A number; `nil` for a missing column, `NA`, `-9999`, `None`, `nan` or nothing.
        public func number(_ column: String) throws(PhenoCamFileError) -> Double? {
            guard let value = try numberOrNaN(column), !value.isNaN else { return nil }
            return value
        }

        /// The same, but NaN as it is: a correlation with a constant channel is written so.
        func numberOrNaN(_ column: String) throws(PhenoCamFileError) -> Double? {
            guard let text = text(column), !PhenoCamTable.isAbsent(text) else { return nil }
            guard let value = Double(text), value.isNaN || abs(value) <= PhenoCamTable.largest else {
                throw .unreadableField(line: line, column: column, text: text)
            }
            return value == PhenoCamTable.olderAbsence ? nil : value
        }

        /// A whole number, which older files may write with a point.
        public func integer(_ column: String) throws(PhenoCamFileError) -> Int? {
            guard let value = try number(column) else { return nil }
            guard let whole = Int(exactly: value) else {
                throw .unreadableField(line: line, column: column, text: text(column) ?? "")
            }
            return whole
        }

        public func day(_ column: String) throws(PhenoCamFileError) -> Day {
            guard let text = text(column) else { throw .missingColumn(column) }
            guard let day = Day(text) else { throw .unreadableField(line: line, column: column, text: text) }
            return day
        }

        /// The day that the row is of; one slip in a year would else make a series of thousands of years.
        public func date() throws(PhenoCamFileError) -> Day {
            let day = try day("date")
            guard PhenoCamTable.years.contains(day.components.year) else {
                throw .unreadableField(line: line, column: "date", text: day.description)
            }
            return day
        }
    }

    /// Years that a camera's series can be of.
    static let years = 1950...2100
    /// What no value in these files exceeds, whatever its unit.
    static let largest = 1e9
    /// What files before 2017 wrote for a value that is not there.
    static let olderAbsence = -9999.0

    /// A number of the header; `nil` where it is not stated.
    func headerNumber(_ name: String, in range: ClosedRange<Double>) throws(PhenoCamFileError) -> Double? {
        guard let text = header[name], !Self.isAbsent(text) else { return nil }
        guard let value = Double(text), range.contains(value) else { throw .unreadableHeader(name: name, text: text) }
        return value
    }

    private static func isAbsent(_ text: String) -> Bool {
        text.isEmpty || text == PhenoCamNumber.absent || text == "None"
    }

    public init(_ text: String) throws(PhenoCamFileError) {
        var header: [String: String] = [:]
        var columns: [String] = []
        var index: [String: Int] = [:]
        var rows: [Row] = []
        var number = 0
        for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if raw.hasPrefix("#") {
                if let (name, value) = Self.headerField(raw), header[name] == nil { header[name] = value }
                continue
            }
            if raw.allSatisfy(\.isWhitespace) { continue }
            let fields = raw.split(separator: ",", omittingEmptySubsequences: false)
            if columns.isEmpty {
                columns = fields.map { Self.trimmed($0) }
                for (position, name) in columns.enumerated() where index[name] == nil { index[name] = position }
            } else {
                guard fields.count == columns.count else {
                    throw .wrongFieldCount(line: number, expected: columns.count, found: fields.count)
                }
                rows.append(Row(line: number, fields: fields, index: index))
            }
        }
        guard !columns.isEmpty else { throw .noColumns }
        self.header = header
        self.columns = columns
        self.rows = rows
    }

    private static func headerField(_ line: Substring) -> (String, String)? {
        let body = line.dropFirst()
        guard let colon = body.firstIndex(of: ":") else { return nil }
        return (trimmed(body[..<colon]), trimmed(body[body.index(after: colon)...]))
    }

    static func trimmed(_ text: Substring) -> String {
        let tail = text.drop(while: \.isWhitespace)
        guard let last = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(tail[...last])
    }
}
