/// What a person can do about a message of the YAML parser.
enum SyntaxRemedy {
    static func remedy(problem: String, line: String) -> String {
        if line.contains("：") { return "write \":\" and a space instead of the full-width \"：\"" }
        if line.contains("，") && (line.contains("[") || line.contains("{")) {
            return "write \",\" instead of the full-width \"，\""
        }
        if line.contains("“") || line.contains("”") { return "write straight quotes \"…\"" }
        if problem.contains("mapping values are not allowed") {
            return "indent this line as its neighbours, and put a text that holds \": \" in quotes"
        }
        if problem.contains("escape") { return "double the backslash, or use single quotes" }
        if problem.contains("cannot start any token") { return "put a text that begins with this character in quotes" }
        if problem.contains("scanning a quoted scalar") || problem.contains("end of stream") {
            return "close the quotes or brackets"
        }
        if problem.contains("',' or ']'") || problem.contains("',' or '}'") {
            return "close the bracket, and separate values with \", \""
        }
        if problem.contains("simple key") || problem.contains("expected ':'") { return "write \"key: value\"" }
        if problem.contains("another document") { return "keep one document in the file, without a second \"---\"" }
        if problem.contains("nesting level") { return "close the brackets" }
        return "check the indentation of this line and the one above"
    }
}
