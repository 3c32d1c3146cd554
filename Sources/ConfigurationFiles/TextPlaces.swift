/// Finds in a YAML text what the parser names by line and column.
///
/// Lines end as YAML 1.1 says (LF, CR, CR LF, NEL, LS, PS), columns count Unicode scalars: both as the parser counts.
struct TextPlaces {
    let scalars: [Unicode.Scalar]
    /// Index of the first scalar of each line.
    private let starts: [Int]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var starts = [0]
        for i in scalars.indices where Self.isBreak(scalars[i]) {
            if scalars[i] == "\r", i + 1 < scalars.count, scalars[i + 1] == "\n" { continue }
            starts.append(i + 1)
        }
        self.scalars = scalars
        self.starts = starts
    }

    static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": true
        default: false
        }
    }

    /// Line and column from 1.
    func offset(line: Int, column: Int) -> Int? {
        guard starts.indices.contains(line - 1), column >= 1 else { return nil }
        let offset = starts[line - 1] + column - 1
        return offset < scalars.count ? offset : nil
    }

    func replacing(_ range: Range<Int>, with text: String) -> String {
        var out = String.UnicodeScalarView()
        out.append(contentsOf: scalars[..<range.lowerBound])
        out.append(contentsOf: text.unicodeScalars)
        out.append(contentsOf: scalars[range.upperBound...])
        return String(out)
    }

    /// Behind the bracket that closes the one at `start`; `nil` where none does.
    func endOfFlow(from start: Int) -> Int? {
        var depth = 0, i = start
        while i < scalars.count {
            switch scalars[i] {
            case "[", "{": depth += 1
            case "]", "}":
                depth -= 1
                if depth == 0 { return i + 1 }
            case "#" where i > 0 && isBlank(scalars[i - 1]): i = endOfLine(from: i)
            case "'", "\"": i = endOfQuoted(from: i)
            default: break
            }
            i += 1
        }
        return nil
    }

    /// Behind the last line that belongs to the block list or block mapping whose first entry is at `start`.
    func endOfBlock(from start: Int) -> Int {
        let first = line(of: start)
        let indent = start - starts[first]
        var end = endOfLine(from: start)
        for line in starts.indices.dropFirst(first + 1) {
            let text = starts[line]
            var at = text
            while at < scalars.count, scalars[at] == " " { at += 1 }
            guard at < scalars.count, !isBlank(scalars[at]), scalars[at] != "#" else { continue }
            let isEntry = at - text == indent && scalars[at] == "-" && scalars[start] == "-"
            guard at - text > indent || isEntry else { break }
            end = endOfLine(from: at)
        }
        return end
    }

    /// The first scalar of the line that holds `offset`.
    func startOfLine(of offset: Int) -> Int { starts[line(of: offset)] }

    /// The line break behind `offset`, or the end.
    func endOfLine(from offset: Int) -> Int {
        scalars[offset...].firstIndex(where: Self.isBreak) ?? scalars.count
    }

    private func line(of offset: Int) -> Int { (starts.firstIndex { $0 > offset } ?? starts.count) - 1 }

    private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || Self.isBreak(scalar)
    }

    /// The closing quote of the text that opens at `start`, or the end.
    private func endOfQuoted(from start: Int) -> Int {
        let quote = scalars[start]
        var i = start + 1
        while i < scalars.count {
            if scalars[i] == "\\", quote == "\"" {
                i += 1
            } else if scalars[i] == quote {
                guard quote == "'", i + 1 < scalars.count, scalars[i + 1] == quote else { return i }
                i += 1
            }
            i += 1
        }
        return i
    }
}
