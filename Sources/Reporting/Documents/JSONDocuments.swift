import Village

/// The JSON documents of the contract, as text.
///
/// `null` is "could not be measured", and then `reason` says why. Members are always written in the same order; no
/// number is ever `NaN` or infinite. Long lists are handed out in pieces through `write`, one element at a time.
public enum JSONDocuments {
    /// Version of the contract.
    public static let version = "1"

    static func head(_ kind: String) -> [JSONValue.Member] {
        [.init("plotwatch", .text(version)), .init("kind", .text(kind))]
    }

    static func document(_ kind: String, _ members: [JSONValue.Member]) -> String {
        JSONValue.object(head(kind) + members).compact + "\n"
    }

    static func stream<Elements: Sequence, Failure: Error>(
        kind: String, list: String, _ elements: Elements, write: (String) throws(Failure) -> Void,
        element: (Elements.Element) -> JSONValue
    ) throws(Failure) {
        var writer = JSONListWriter(kind: kind, list: list)
        for entry in elements { try write(writer.next(element(entry))) }
        try write(writer.end())
    }

    static func bilingual(_ text: Bilingual) -> JSONValue {
        .object([.init("zh", .text(text.zh)), .init("en", .text(text.en))])
    }

    /// Vertices to a tenth of a pixel.
    static func outline(_ outline: Outline) -> JSONValue {
        .list(outline.map { .list([.number($0.x, decimals: 1), .number($0.y, decimals: 1)]) })
    }

    /// Every quality that occurs, in the order of the contract.
    static func counts(_ counts: [Quality: Int]) -> JSONValue {
        .object(
            Quality.allCases.compactMap { quality in counts[quality].map { .init(quality.rawValue, .integer($0)) } })
    }

    /// `{"plotwatch":"1","kind":…,"files":[…]}`: what a command has written.
    public static func files(_ kind: String, _ files: [String]) -> String {
        var writer = JSONListWriter(kind: kind, list: "files")
        return files.map { writer.next(.text($0)) }.joined() + writer.end()
    }
}
