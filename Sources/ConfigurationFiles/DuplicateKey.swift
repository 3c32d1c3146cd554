/// Marks a key of a YAML text so that it differs from its twin, and recognises the mark.
enum DuplicateKey {
    private static let marks: ClosedRange<UInt32> = 0xE000...0xEFFF

    /// The text with a mark before the key at a place; `nil` where there is no such place.
    static func marking(line: Int, column: Int, round: Int, in text: String) -> String? {
        guard let mark = Unicode.Scalar(marks.lowerBound + UInt32(round)) else { return nil }
        var scalars = text.unicodeScalars
        var index = scalars.startIndex
        for _ in 1..<max(line, 1) {
            guard let end = scalars[index...].firstIndex(of: "\n") else { return nil }
            index = scalars.index(after: end)
        }
        guard let start = scalars.index(index, offsetBy: column - 1, limitedBy: scalars.endIndex),
            start < scalars.endIndex
        else { return nil }
        let isQuoted = scalars[start] == "\"" || scalars[start] == "'"
        scalars.insert(mark, at: isQuoted ? scalars.index(after: start) : start)
        return String(scalars)
    }

    /// The key without its mark; `nil` where it has none.
    static func original(_ key: String) -> String? {
        guard let first = key.unicodeScalars.first, marks.contains(first.value) else { return nil }
        return String(key.unicodeScalars.dropFirst())
    }
}
