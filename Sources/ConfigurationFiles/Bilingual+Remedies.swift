import Village

extension Bilingual {
    /// What to say of a number outside its range.
    static func between(_ least: String, _ most: String) -> Bilingual {
        Bilingual(zh: "应在 \(least) 到 \(most) 之间", en: "it must be from \(least) to \(most)")
    }

    /// "One of: …", what to say of a word that is none of these.
    public static func oneOf(_ words: some Sequence<String>) -> Bilingual {
        let list = words.joined(separator: ", ")
        return Bilingual(zh: "可写：\(list)", en: "one of: \(list)")
    }

    /// What to say of two that say the same.
    public static let keepOne = Bilingual(zh: "两个只留一个", en: "keep one of the two")

    /// What to say of an id that stands twice.
    public static let ownIdentifier = Bilingual(zh: "每个要有自己的编号", en: "give each its own id")
}
