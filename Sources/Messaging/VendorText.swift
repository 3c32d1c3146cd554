import Village

/// Text made harmless for a vendor's markup: names of plots and people must not become links, mentions or headings.
enum VendorText {
    static func escaped(_ text: String, kind: MessageChannel.Kind) -> String {
        let line = String(text.map { $0.isNewline ? " " : $0 }.filter { !$0.isControl })
        switch kind {
        // Their markdown has no escapes: the signs are replaced by those of the same look.
        case .dingtalk, .wecom:
            return String(line.map { looks[$0] ?? $0 })
        case .slack:
            return line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("*", with: "＊").replacing("`", with: "ˋ").replacing("_", with: "＿")
        case .feishu, .smtp, .files: return line
        }
    }

    private static let looks: [Character: Character] = [
        "<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "ˋ", "#": "＃", "@": "＠", "!": "！", "~": "～", "_": "＿",
        "|": "｜",
    ]

    /// Bytes that the text takes at most in the vendor's body.
    static func largest(of text: String, kind: MessageChannel.Kind) -> Int {
        let escaped = escaped(text, kind: kind)
        // Slack counts characters; bytes are never fewer. JSON adds a backslash to quotes and backslashes.
        return escaped.utf8.count + escaped.utf8.filter { $0 == 0x22 || $0 == 0x5C }.count
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) } }
}
