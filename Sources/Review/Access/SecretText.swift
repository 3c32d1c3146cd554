/// Random names for sessions and forms, and their comparison.
enum SecretText {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// 43 letters: 258 random bits.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(decoding: (0..<43).map { _ in letters[Int.random(in: 0..<64, using: &generator)] }, as: UTF8.self)
    }

    /// In a time that does not tell where the two differ.
    static func areEqual(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func areEqual(_ a: String, _ b: String) -> Bool { areEqual(a.utf8, b.utf8) }
}
