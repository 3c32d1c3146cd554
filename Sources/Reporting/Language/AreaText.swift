import Village

/// Areas as people read them.
public enum AreaText {
    /// Square metres where they are known, else pixels.
    public static func text(pixels: Int, squareMetres: Double?, in language: Language) -> String {
        if let squareMetres, let text = DecimalText.text(squareMetres, decimals: squareMetres < 20 ? 1 : 0) {
            return "\(text) \(Word.squareMetres.text(in: language))"
        }
        return "\(pixels) \(Word.pixels.text(in: language))"
    }
}
