import Mustache

/// What `{{…}}` does to text in the report's templates.
struct ReportEscaping: MustacheContentType {
    /// The name that the templates' first line asks for.
    static let name = "PLOTWATCH_REPORT"

    func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
}
