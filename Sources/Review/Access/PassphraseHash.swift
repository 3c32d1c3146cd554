import Crypto
import Foundation
import _CryptoExtras

/// A passphrase as it is stored: salted and slow to try, never the words themselves.
public struct PassphraseHash: Sendable, Equatable {
    /// scrypt's cost: 2^17 rounds, blocks of 8, one lane: 128 MiB and about half a second a try.
    /// OWASP Password Storage Cheat Sheet, first choice for scrypt.
    static let rounds = 1 << 17, blockSize = 8, lanes = 1
    /// Bytes of UTF-8; a Chinese character counts three.
    static let leastBytes = 12
    static let mostBytes = 1024
    private static let saltBytes = 16, keyBytes = 32

    private let rounds: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// - Throws: ``ReviewRefusal/weakPassphrase(reason:)``.
    public init(of passphrase: String) throws {
        try self.init(of: passphrase, rounds: Self.rounds)
    }

    init(of passphrase: String, rounds: Int) throws {
        let bytes = Self.bytes(passphrase)
        guard bytes.count >= Self.leastBytes else {
            throw ReviewRefusal.weakPassphrase(
                reason: "is too short: take at least \(Self.leastBytes) letters, or four Chinese words")
        }
        guard bytes.count <= Self.mostBytes else {
            throw ReviewRefusal.weakPassphrase(reason: "is longer than \(Self.mostBytes) bytes")
        }
        guard Set(passphrase).count > 3 else {
            throw ReviewRefusal.weakPassphrase(reason: "repeats the same few characters: take several words")
        }
        self.rounds = rounds
        var generator = SystemRandomNumberGenerator()
        salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        key = try Self.key(bytes, salt: salt, rounds: rounds)
    }

    /// Reads what ``text`` wrote; `nil` for anything else.
    init?(text: String) {
        let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).split(
            separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", parts[2].hasPrefix("ln="),
            let cost = Int(parts[2].dropFirst(3).prefix { $0 != "," }), (10...20).contains(cost),
            parts[2] == "ln=\(cost),r=\(Self.blockSize),p=\(Self.lanes)",
            let salt = Data(base64Encoded: String(parts[3])), let key = Data(base64Encoded: String(parts[4])),
            salt.count == Self.saltBytes, key.count == Self.keyBytes
        else { return nil }
        rounds = 1 << cost
        self.salt = [UInt8](salt)
        self.key = [UInt8](key)
    }

    /// One line: `$scrypt$ln=17,r=8,p=1$salt$hash`.
    var text: String {
        let cost = rounds.trailingZeroBitCount
        return "$scrypt$ln=\(cost),r=\(Self.blockSize),p=\(Self.lanes)$\(Data(salt).base64EncodedString())$"
            + Data(key).base64EncodedString()
    }

    /// - Complexity: half a second of one processor and 128 MiB, whether it matches or not.
    public func matches(_ passphrase: String) -> Bool {
        let bytes = Self.bytes(passphrase)
        guard bytes.count <= Self.mostBytes, let tried = try? Self.key(bytes, salt: salt, rounds: rounds) else {
            return false
        }
        return SecretText.areEqual(tried, key)
    }

    /// Typed on another keyboard, one passphrase may come as other code points.
    private static func bytes(_ passphrase: String) -> [UInt8] {
        Array(passphrase.precomposedStringWithCompatibilityMapping.utf8)
    }

    private static func key(_ bytes: [UInt8], salt: [UInt8], rounds: Int) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: keyBytes, rounds: rounds, blockSize: blockSize,
            parallelism: lanes, maxMemory: 2 * 128 * rounds * blockSize
        ).withUnsafeBytes { Array($0) }
    }
}
