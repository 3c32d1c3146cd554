/// How many columns a text takes on a terminal, and texts cut and filled to a number of columns.
///
/// Chinese letters take two columns, combining marks none (East Asian Width, Unicode Standard Annex #11: Wide and
/// Fullwidth are two, Ambiguous is one).
public enum TextWidth {
    public static func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

    /// The text with everything removed that could move the cursor or change colours.
    public static func printable(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: out += " "
            case .format where scalar != "\u{200D}", .surrogate, .unassigned, .privateUse: break
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// The text cut to at most `columns`, the last of them `…` where something was left out.
    public static func cut(_ text: String, to columns: Int) -> String {
        guard self.columns(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var out = "", used = 0
        for character in text {
            let width = self.columns(character)
            if used + width > columns - 1 { break }
            out.append(character)
            used += width
        }
        return out + "…"
    }

    /// The text filled with spaces to `columns`.
    public static func padded(_ text: String, to columns: Int, atEnd: Bool = true) -> String {
        let fill = String(repeating: " ", count: max(0, columns - self.columns(text)))
        return atEnd ? text + fill : fill + text
    }

    /// The text in lines of at most `columns`, broken at spaces and between Chinese letters; closing punctuation
    /// stays with what it closes.
    public static func wrapped(_ text: String, to columns: Int) -> [String] {
        let limit = max(columns, 2)
        var lines: [String] = [], line = "", used = 0
        func finish() {
            while line.last == " " { line.removeLast() }
            if !line.isEmpty { lines.append(line) }
            (line, used) = ("", 0)
        }
        for piece in pieces(text) {
            let width = self.columns(piece)
            if used + width > limit, used > 0 { finish() }
            if line.isEmpty, piece == " " { continue }
            if width > limit {
                for character in piece {
                    if used + self.columns(character) > limit { finish() }
                    line.append(character)
                    used += self.columns(character)
                }
            } else {
                line += piece
                used += width
            }
        }
        finish()
        return lines
    }

    /// Parts that are not broken: words, single wide letters with the punctuation behind them, single spaces.
    private static func pieces(_ text: String) -> [String] {
        var out: [String] = [], open = false
        for character in text {
            if character == " " {
                out.append(" ")
                open = false
            } else if "，。；：、！？）》」』”’%,.;:!?)".contains(character), let last = out.last, last != " " {
                out[out.count - 1].append(character)
            } else if columns(character) == 2 {
                out.append(String(character))
                open = false
            } else if open {
                out[out.count - 1].append(character)
            } else {
                out.append(String(character))
                open = true
            }
        }
        return out
    }

    private static func columns(_ character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            // The emoji presentation selector turns a narrow sign into a wide one.
            if scalar == "\u{FE0F}" { return 2 }
            width = max(width, columns(scalar))
        }
        return width
    }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format: return 0
        default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// Blocks of width Wide or Fullwidth in Unicode's EastAsianWidth.txt.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x2614...0x2615, 0x26A1...0x26A1,
        0x2705...0x2705,
        0x274C...0x274C, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
        0xF900...0xFAFF,
        0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
        0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
}
