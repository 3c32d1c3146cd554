/// Finds amounts of a substance in a text. Advice from a picture never carries one.
enum DosePattern {
    private static let units = [
        "倍", "克", "毫克", "毫升", "升", "公斤", "千克", "斤", "钱", "勺", "瓶", "袋", "包", "g", "mg", "kg", "ml", "cc", "l", "ppm",
        "times", "gram", "litre", "liter", "spoon", "bottle", "oz", "pound",
    ]
    private static let numerals = "一二三四五六七八九十百千万两半"
    /// Ratios and strengths: `1:200`, `1∶200`, `0.3%` of something.
    private static let ratios: Set<Character> = [":", "：", "∶", "%", "％", "‰"]

    /// The number with its unit, where there is one.
    static func first(in text: String) -> String? {
        let characters = Array(text.lowercased())
        var index = 0
        while index < characters.count {
            guard characters[index].isNumber || numerals.contains(characters[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < characters.count,
                characters[index].isNumber || numerals.contains(characters[index])
                    || ".,-–—~至到 　".contains(characters[index])
            { index += 1 }
            let rest = String(characters[index...])
            if let unit = units.first(where: { rest.hasPrefix($0) && !isLongerWord(rest, after: $0) }) {
                return String(characters[start..<index]) + unit
            }
            if let mark = rest.first, ratios.contains(mark), characters[start].isNumber {
                let next = rest.dropFirst().first { $0 != " " }
                if mark == "%" || mark == "％" || mark == "‰" || next?.isNumber ?? false {
                    return String(characters[start..<index]) + String(mark)
                }
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
