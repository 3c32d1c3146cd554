/// Reads files of `models/` that are no YAML, such as weights.
public enum TextFile {
    /// - Throws: one fault where the file can't be read or isn't UTF-8.
    public static func text(path: String) throws(ConfigurationError) -> String {
        try SourceFile.text(path: path, limits: .standard)
    }
}
