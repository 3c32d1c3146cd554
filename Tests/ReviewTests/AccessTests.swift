import Foundation
import TestKit
import Testing

@testable import Review

@Suite struct AccessTests {
    @Test(arguments: ["0.0.0.0", "192.168.1.20", "::", "[::]", "fe80::1", "8.8.8.8"])
    func othersMayNotListenWithoutAPassphrase(address: String) throws {
        let listen = try ListenAddress(address)
        #expect(throws: ReviewRefusal.noPassphrase(address: listen.text)) {
            try ReviewSettings(
                address: listen, port: 0, passphrase: nil, inspector: "a", siteFile: "", toolVersion: "")
        }
        let hash = try PassphraseHash(of: "four words are enough", rounds: 1 << 10)
        _ = try ReviewSettings(
            address: listen, port: 0, passphrase: hash, inspector: "a", siteFile: "", toolVersion: "")
    }

    @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
    func loopbackNeedsNone(address: String) throws {
        #expect(try ListenAddress(address).isLoopback)
    }

    @Test(arguments: ["", "example.org", "1.2.3", "1.2.3.4:80", "0x7f000001", "2130706433", "::ffff:127.0.0.1%1", "*"])
    func whatIsNoAddressIsRefused(text: String) {
        #expect(throws: ReviewRefusal.badAddress(text)) { try ListenAddress(text) }
    }

    @Test func aMappedLoopbackIsNotTakenForLoopback() throws {
        // ::ffff:127.0.0.1 reaches IPv4 sockets; whoever writes it gets asked for a passphrase.
        #expect(try !ListenAddress("::ffff:127.0.0.1").isLoopback)
    }

    // MARK: Passphrase

    @Test func aHashMatchesItsWordsAlone() throws {
        let hash = try PassphraseHash(of: "果园 看护 2024", rounds: 1 << 10)
        #expect(hash.matches("果园 看护 2024"))
        #expect(!hash.matches("果园 看护 2025") && !hash.matches("") && !hash.matches("果园 看护 2024 "))
        #expect(!hash.text.contains("果园"))
        let again = try PassphraseHash(of: "果园 看护 2024", rounds: 1 << 10)
        #expect(again.text != hash.text, "two salts")
        let read = try #require(PassphraseHash(text: hash.text + "\n"))
        #expect(read == hash && read.matches("果园 看护 2024"))
    }

    @Test func theSameLettersInOtherCodePointsMatch() throws {
        let hash = try PassphraseHash(of: "caf\u{E9} im Garten", rounds: 1 << 10)
        #expect(hash.matches("cafe\u{301} im Garten"))
    }

    @Test(arguments: ["short", "aaaaaaaaaaaaaaaa", "abababababababab"])
    func weakPassphrasesAreRefused(text: String) {
        #expect(throws: ReviewRefusal.self) { try PassphraseHash(of: text, rounds: 1 << 10) }
    }

    @Test func aTooLongPassphraseIsRefusedAndNotHashed() throws {
        let hash = try PassphraseHash(of: "four words are enough", rounds: 1 << 10)
        #expect(!hash.matches(String(repeating: "ab1!", count: 100_000)))
    }

    @Test(arguments: [
        "", "$scrypt$", "four words are enough", "$scrypt$ln=40,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA",
        "$argon2id$ln=17,r=8,p=1$AAAA$AAAA", "$scrypt$ln=17,r=9,p=1$AAAA$AAAA",
    ])
    func whatIsNoHashIsNotRead(text: String) { #expect(PassphraseHash(text: text) == nil) }

    @Test func theCostIsThatOfTheRecommendation() {
        #expect(PassphraseHash.rounds == 131_072 && PassphraseHash.blockSize == 8 && PassphraseHash.lanes == 1)
    }

    @Test func theFileIsForItsOwnerAlone() throws {
        let folder = try TemporaryFolder()
        let file = PassphraseFile(store: folder.url.appending(path: "plotwatch.sqlite").path)
        #expect(try file.read() == nil)
        let hash = try PassphraseHash(of: "four words are enough", rounds: 1 << 10)
        try file.write(hash)
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try file.read() == hash)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["plotwatch.passphrase"])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect(throws: ReviewRefusal.self) { try file.read() }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        try Data("garbage".utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(throws: ReviewRefusal.self) { try file.read() }
    }

    // MARK: Hosts

    @Test(arguments: [
        ("127.0.0.1:8377", true), ("localhost:8377", true), ("LOCALHOST", true), ("localhost.:8377", true),
        ("[::1]:8377", true), ("127.5.5.5", true), ("evil.example:8377", false), ("evil.example", false),
        ("192.168.1.9:8377", false), ("127.0.0.1.evil.example", false), ("localhost.evil.example", false),
        ("127.0.0.1@evil.example", false), ("127.0.0.1:8377:1", false), ("", false), ("[::1", false),
        ("127.0.0.1:", false),
    ])
    func loopbackAnswersUnderItsOwnNamesAlone(host: String, isAllowed: Bool) throws {
        let settings = try ReviewSettings(
            address: .loopback, port: 0, passphrase: nil, inspector: "a", siteFile: "", toolVersion: "")
        #expect(HostRule(settings: settings).allows(host) == isAllowed)
    }

    @Test func addressesAndNamedHostsAreServedToOthers() throws {
        let settings = try ReviewSettings(
            address: ListenAddress("0.0.0.0"), port: 0, hostNames: ["Desk.village"],
            passphrase: PassphraseHash(of: "four words are enough", rounds: 1 << 10), inspector: "a", siteFile: "",
            toolVersion: "")
        let rule = HostRule(settings: settings)
        #expect(rule.allows("192.168.1.9:8377") && rule.allows("desk.village:8377") && rule.allows("[fe80::1]:8377"))
        #expect(!rule.allows("rebound.example:8377") && !rule.allows(nil))
    }

    // MARK: Tries

    @Test func triesOfOneAddressSlowDownAndOthersGoOn() {
        let limit = LoginLimit()
        var now = Date(timeIntervalSince1970: 0)
        for _ in 0..<LoginLimit.freeTries { #expect(limit.begin("a", now: now) == nil) }
        #expect(limit.begin("a", now: now) == LoginLimit.firstWait)
        #expect(limit.begin("b", now: now) == nil)
        now += LoginLimit.firstWait
        #expect(limit.begin("a", now: now) == nil)
        #expect(limit.begin("a", now: now) == 2 * LoginLimit.firstWait)
        now += 2 * LoginLimit.firstWait
        #expect(limit.begin("a", now: now) == nil)
        limit.succeeded("a")
        #expect(limit.begin("a", now: now) == nil)
    }

    @Test func triesOfManyAddressesTogetherAreLimited() {
        let limit = LoginLimit()
        let now = Date(timeIntervalSince1970: 0)
        let passed = (0..<1000).filter { limit.begin("host\($0)", now: now) == nil }.count
        #expect(passed == LoginLimit.triesOfAll)
        #expect(limit.begin("later", now: now + LoginLimit.window) == nil)
    }

    @Test(arguments: [
        ("/flags?show=all&after=1~a", true), ("/", true), ("//evil.example", false), ("/\\evil.example", false),
        ("https://evil.example", false), ("javascript:alert(1)", false), ("", false), ("/a\r\nSet-Cookie: x=1", false),
        ("/大溪", false),
    ])
    func aPageLeadsBackToThisServerAlone(path: String, isAllowed: Bool) {
        #expect((Address.local(path) != nil) == isAllowed)
    }
}
