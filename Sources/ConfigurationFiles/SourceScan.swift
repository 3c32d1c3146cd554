import Village

/// What must be known of a text before a YAML parser may see it: nesting, anchors, aliases, tabs.
///
/// It follows quotes and comments but not block scalars, so it errs only where a block of free text looks like an
/// anchor.
struct SourceScan {
    let text: String
    let limits: DocumentLimits

    func report(to faults: FaultList) {
        var line = 1
        var depth = 0
        var quote: UInt8?
        var mayBeginValue = true
        var inIndentation = true
        var inComment = false
        var previous = UInt8(ascii: "\n")
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
            defer { previous = byte }
            if byte == UInt8(ascii: "\n") {
                line += 1
                (mayBeginValue, inIndentation, inComment) = (true, true, false)
                continue
            }
            if inComment { continue }
            if let open = quote {
                if byte == open, !(open == UInt8(ascii: "\"") && escapes(before: index, in: bytes) % 2 == 1) {
                    quote = nil
                }
                mayBeginValue = false
                continue
            }
            let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
            switch byte {
            case UInt8(ascii: "\t")
            where inIndentation && depth == 0 && !(next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r")):
                faults.add(
                    line: line, column: nil, .init(zh: "这一行用制表符（Tab）缩进", en: "a tab indents this line"),
                    remedy: .init(zh: "请改用空格缩进", en: "indent with spaces"))
                inIndentation = false
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "#") where isBlank(previous): inComment = true
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if mayBeginValue { quote = byte }
                (mayBeginValue, inIndentation) = (false, false)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if mayBeginValue || depth > 0 { depth += 1 }
                if depth == limits.depth + 1 {
                    faults.add(
                        line: line, column: nil,
                        .init(zh: "没合上的括号超过 \(limits.depth) 层", en: "more than \(limits.depth) brackets are open"),
                        remedy: .init(zh: "请补上括号", en: "close the brackets"))
                }
                (mayBeginValue, inIndentation) = (true, false)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth = max(0, depth - 1)
                (mayBeginValue, inIndentation) = (false, false)
            case UInt8(ascii: ","): mayBeginValue = mayBeginValue || depth > 0
            case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"):
                mayBeginValue = isBlank(next) && (byte == UInt8(ascii: ":") || mayBeginValue)
                inIndentation = false
            case UInt8(ascii: "&") where mayBeginValue && isName(next):
                faults.add(
                    line: line, column: nil,
                    .init(zh: "“&”在 YAML 里是锚点，这里不读", en: "\"&\" begins an anchor, which is not read here"),
                    remedy: .init(
                        zh: "请把值照样写全；以“&”开头的文字用英文引号括起来",
                        en: "write the values out at each place, or put a text that begins with \"&\" in quotes"))
                (mayBeginValue, inIndentation) = (false, false)
            case UInt8(ascii: "*") where mayBeginValue:
                faults.add(
                    line: line, column: nil,
                    .init(
                        zh: "值以“*”开头，YAML 不允许", en: "a value begins with \"*\", which YAML keeps for aliases"),
                    remedy: .init(
                        zh: "请用英文引号括起来，例如 \"*.jpg\"", en: "put it in quotes, such as \"*.jpg\""))
                (mayBeginValue, inIndentation) = (false, false)
            default: (mayBeginValue, inIndentation) = (false, false)
            }
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private func isName(_ byte: UInt8) -> Bool { !isBlank(byte) && byte != UInt8(ascii: "&") }

    private func escapes(before index: Int, in bytes: [UInt8]) -> Int {
        var count = 0
        while index - count > 0, bytes[index - count - 1] == UInt8(ascii: "\\") { count += 1 }
        return count
    }
}
