extension JSONDocuments {
    /// `{"plotwatch":"1","kind":"review","url":"http://127.0.0.1:8377/"}`: the page is being served there.
    public static func review(url: String) -> String { document("review", [.init("url", .text(url))]) }

    /// `{"plotwatch":"1","kind":"review","passphraseFile":…}`: the passphrase was set.
    public static func review(passphraseFile path: String) -> String {
        document("review", [.init("passphraseFile", .text(path))])
    }
}
