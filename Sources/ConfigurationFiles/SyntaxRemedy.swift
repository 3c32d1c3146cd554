import Village

/// What a person can do about a message of the YAML parser.
enum SyntaxRemedy {
    static let fullWidthColon = Bilingual(
        zh: "请把全角“：”改成英文冒号“:”，后面空一格", en: "write \":\" and a space instead of the full-width \"：\"")

    /// Whether a key stands before a full-width colon, which the parser takes for a text that goes on below.
    static func hasFullWidthColon(_ line: Substring) -> Bool {
        line.firstMatch(of: /^\s*(- )?\w+：/.asciiOnlyWordCharacters()) != nil
    }

    static func remedy(problem: String, line: String) -> Bilingual {
        // A comment may be written as people write.
        let line = line.firstRange(of: " #").map { String(line[..<$0.lowerBound]) } ?? line
        if line.contains("：") { return fullWidthColon }
        if line.contains("，") && (line.contains("[") || line.contains("{")) {
            return .init(zh: "请把全角“，”改成英文逗号“,”", en: "write \",\" instead of the full-width \"，\"")
        }
        if line.contains("“") || line.contains("”") {
            return .init(zh: "请把中文引号改成英文直引号 \"…\"", en: "write straight quotes \"…\"")
        }
        if problem.contains("mapping values are not allowed") {
            return .init(
                zh: "这一行的缩进要和上下同级的行对齐；文字里有“: ”就用英文引号括起来",
                en: "indent this line as its neighbours, and put a text that holds \": \" in quotes")
        }
        if problem.contains("escape") {
            return .init(zh: "反斜杠请写两个，或改用单引号", en: "double the backslash, or use single quotes")
        }
        if problem.contains("cannot start any token") {
            return .init(
                zh: "以这个符号开头的文字要用英文引号括起来", en: "put a text that begins with this character in quotes")
        }
        if problem.contains("scanning a quoted scalar") || problem.contains("end of stream") {
            return .init(zh: "请补上引号或括号", en: "close the quotes or brackets")
        }
        if problem.contains("',' or ']'") || problem.contains("',' or '}'") {
            return .init(
                zh: "请补上括号，数值之间用英文逗号“, ”隔开", en: "close the bracket, and separate values with \", \"")
        }
        if problem.contains("simple key") || problem.contains("expected ':'") {
            return .init(zh: "请写成“键: 值”，冒号后空一格", en: "write \"key: value\"")
        }
        if problem.contains("another document") {
            return .init(
                zh: "一个文件只写一份，去掉中间的“---”", en: "keep one document in the file, without a second \"---\"")
        }
        if problem.contains("nesting level") { return .init(zh: "请补上括号", en: "close the brackets") }
        return .init(
            zh: "请看这一行和上一行的缩进（空格数）对不对", en: "check the indentation of this line and the one above")
    }
}
