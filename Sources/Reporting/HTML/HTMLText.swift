/// Text made safe to stand in HTML or SVG, in elements and in quoted attributes.
enum HTMLText {
    /// Works on scalars, not characters: a quote that carries a combining mark is still a quote to a browser.
    static func escaped(_ text: String) -> String {
        var out = ""
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            // Controls have no meaning in HTML; tab and line ends do.
            case "\u{0}"..<"\u{9}", "\u{B}", "\u{C}", "\u{E}"..<"\u{20}", "\u{7F}": out += "\u{FFFD}"
            // Direction overrides would let a name rewrite the line it stands in.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": out += "\u{FFFD}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// A name for `id` and `href="#…"`: letters, digits, `-` kept, every other byte as `_` and two hex digits.
    static func anchor(_ kind: String, _ id: String) -> String {
        var out = kind + "-"
        for byte in id.utf8 {
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45
            if isPlain {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                out += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return out
    }
}
