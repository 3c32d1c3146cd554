/// Writes a document with one long list an element at a time, so that its length needs no memory.
///
/// `{"plotwatch":"1","kind":"readings","readings":[` … `]}`, one element a line.
public struct JSONListWriter: Sendable {
    private let opening: String
    private var isEmpty = true

    /// - Parameter members: further members between `kind` and the list.
    public init(kind: String, list: String, members: [JSONValue.Member] = []) {
        var text = JSONValue.object(JSONDocuments.head(kind) + members).compact
        text.removeLast()
        opening = text + "," + JSONValue.text(list).compact + ":["
    }

    /// The text that adds one element.
    public mutating func next(_ element: JSONValue) -> String {
        var text = isEmpty ? opening + "\n" : ",\n"
        isEmpty = false
        element.write(into: &text)
        return text
    }

    /// The text that closes the document; nothing may follow.
    public func end() -> String { (isEmpty ? opening : "\n") + "]}\n" }
}
