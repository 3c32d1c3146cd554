/// Finds amounts of a substance in a text. Advice from a picture never carries one.
enum DosePattern {
    private static let units = [
        "倍", "克", "毫升", "公斤", "千克", "斤", "g/l", "ml", "mg", "kg", "ppm", "times", "gram", "litre",
    ]

    /// The number with its unit, where there is one.
    static func first(in text: String) -> String? {
        let characters = Array(text.lowercased())
        var index = 0
        while index < characters.count {
            guard characters[index].isNumber || "一二三四五六七八九十百千两".contains(characters[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < characters.count,
                characters[index].isNumber || "一二三四五六七八九十百千两.,-–~至到 ".contains(characters[index])
            { index += 1 }
            let rest = String(characters[index...])
            if let unit = units.first(where: { rest.hasPrefix($0) && !isLongerWord(rest, after: $0) }) {
                return String(characters[start..<index]) + unit
            }
        }
        return nil
    }

    /// `ml` is no unit at the head of a longer word.
    private static func isLongerWord(_ text: String, after unit: String) -> Bool {
        guard unit.last?.isASCII == true, let next = text.dropFirst(unit.count).first else { return false }
        return next.isASCII && next.isLetter && next != "s"
    }
}
