import HTTPTypes

/// A request that is refused, with the words that say why.
struct PageError: Error {
    var status: HTTPResponse.Status
    var phrase: Phrase
    /// Further words, as they came from another part of the program.
    var detail: String?

    init(_ status: HTTPResponse.Status, _ phrase: Phrase, detail: String? = nil) {
        self.status = status
        self.phrase = phrase
        self.detail = detail
    }
}
