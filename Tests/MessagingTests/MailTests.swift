import Foundation
import Storage
import TestKit
import Testing
import Village

@testable import Messaging

@Suite struct MailMessageTests {
    private let mail = MessageChannel.Mail(
        server: "smtps://mail.example.org:465", from: "plotwatch@example.org",
        to: ["a@example.org", "b@example.org"])

    private func text(_ post: Post) -> String {
        String(decoding: MailMessage.bytes(post, mail: mail, now: Date(timeIntervalSince1970: 0)), as: UTF8.self)
    }

    /// RFC 5322: the epoch was a Thursday.
    @Test func theHeadersAreThoseOfTheStandard() {
        let text = text(Post(id: "0123", title: "plain", paragraphs: ["x"]))
        #expect(text.hasPrefix("Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nFrom: plotwatch@example.org\r\n"))
        #expect(text.contains("\r\nMessage-ID: <0123@example.org>\r\nSubject: plain\r\n"))
        #expect(text.contains("\r\nTo: a@example.org,\r\n b@example.org\r\n"))
    }

    @Test(arguments: [
        "墙", String(repeating: "大溪镇的消息", count: 40), "line\r\n.\r\nBcc: x@example.org",
        "\u{0}\u{1F468}\u{200D}\u{1F469}",
        "=?UTF-8?B?eA==?=", String(repeating: "a", count: 5000),
    ]) func everyTextIsSevenBitsInShortLinesAndAddsNoHeader(words: String) {
        let text = text(Post(id: "0", title: Post.cut(words, to: 100), paragraphs: [words, words]))
        let lines = text.components(separatedBy: "\r\n")
        for line in lines { #expect(line.utf8.count <= 118 && line.utf8.allSatisfy { (32...126).contains($0) }) }
        #expect(!lines.contains(".") && lines.filter { $0.hasPrefix("Bcc") }.isEmpty)
        #expect(lines.firstIndex(of: "").map { lines[..<$0].filter { !$0.hasPrefix(" ") }.count } == 9)
    }

    /// The example of RFC 2047 in base64; a word never breaks a character.
    @Test func encodedWords() {
        #expect(MailMessage.encoded("I ♥") == "=?UTF-8?B?SSDimaU=?=")
        for count in 1...60 {
            for word in MailMessage.encoded(String(repeating: "镇", count: count)).components(separatedBy: "\r\n ") {
                #expect(word.count <= 75)
                let inside = word.dropFirst("=?UTF-8?B?".count).dropLast(2)
                let bytes = Data(base64Encoded: String(inside)) ?? Data()
                #expect(String(data: bytes, encoding: .utf8)?.allSatisfy { $0 == "镇" } == true)
            }
        }
    }

    @Test(arguments: [
        ("smtp://mail.example.org:587", true, true), ("smtp://127.0.0.1:25", false, false),
        ("smtp://127.0.0.1:25", true, true), ("smtp://127.0.0.1.example.org:25", false, true),
        ("smtps://mail.example.org:465", false, true),
    ]) func nothingGoesOutInTheClear(server: String, signsIn: Bool, isRequired: Bool) {
        let envelope = MailEnvelope(
            from: "a@example.org", recipients: ["b@example.org"],
            login: signsIn ? .init(user: "u", password: "p\"\\\nurl = evil") : nil)
        let settings = MailTransport(program: nil, folder: NSTemporaryDirectory()).settings(
            envelope, server: server, file: "/tmp/x")
        let lines = settings.split(separator: "\n")
        #expect(lines.contains("ssl-reqd") == isRequired)
        #expect(lines.filter { $0.hasPrefix("url") }.count == 1)
    }

    @Test func withoutCurlItSaysSo() async {
        let request = VendorRequest(Post(id: "0", title: "t", paragraphs: []), mail: mail, password: nil, now: Date())
        let failure = await #expect(throws: TransportFailure.self) {
            try await MailTransport(program: nil, folder: NSTemporaryDirectory()).post(request)
        }
        #expect(failure?.reason.contains("curl") == true)
    }
}

@Suite(.enabled(if: FakeMailServer.canRun, "curl, python3 and openssl are needed")) struct MailTests {
    static let password = "right \"pass\\word: 字"

    let folder: TemporaryFolder
    let authority: String

    init() throws {
        folder = try TemporaryFolder()
        authority = try FakeMailServer.certificate(in: folder.url)
    }

    private func mail(
        _ server: FakeMailServer, _ scheme: String, to: [String] = ["li@example.org", "wang@example.org"]
    )
        -> MessageChannel.Mail
    {
        MessageChannel.Mail(
            server: "\(scheme)://127.0.0.1:\(server.port)", from: "plotwatch@example.org", to: to, user: "town")
    }

    private func send(
        _ mail: MessageChannel.Mail, password: String? = password, trusted: Bool = true
    ) async throws -> Delivery {
        let post = Post(
            id: "0123abcd", title: "大溪镇：2条消息",
            paragraphs: ["线索 1：新墙", ".", "..两个点", String(repeating: "长", count: 3000)])
        let request = VendorRequest(post, mail: mail, password: password, now: Date())
        return try await MailTransport(
            program: FakeMailServer.curl, folder: NSTemporaryDirectory(), authorities: trusted ? authority : nil
        )
        .post(request).delivery(.smtp)
    }

    @Test(arguments: [(FakeMailServer.Mode.starttls, "smtp"), (.tls, "smtps")])
    func mailArrivesWhole(mode: FakeMailServer.Mode, scheme: String) async throws {
        let server = try FakeMailServer(mode, folder: folder.url)
        #expect(try await send(mail(server, scheme)) == .sent)
        let taken = try server.taken()
        let mail = try #require(taken.first)
        #expect(taken.count == 1 && mail.encrypted && mail.user == "town")
        #expect(mail.faults.isEmpty, "\(mail.faults)")
        #expect(mail.from == "plotwatch@example.org" && mail.to == ["li@example.org", "wang@example.org"])
        #expect(mail.subject == "大溪镇：2条消息" && mail.id == "<0123abcd@example.org>")
        #expect(mail.body.hasPrefix("线索 1：新墙\n\n.\n\n..两个点\n\n长长"))
        #expect(mail.body.filter { $0 == "长" }.count == 3000)
    }

    @Test func withoutEncryptionOnlyOnThisMachineAndWithoutAPassword() async throws {
        let server = try FakeMailServer(.plain, folder: folder.url)
        #expect(try await send(mail(server, "smtp"), password: nil) == .sent)
        // With a password encryption is asked for, which this one does not offer.
        let failure = await #expect(throws: TransportFailure.self) { try await send(mail(server, "smtp")) }
        #expect(failure?.reason.contains("encryption") == true)
        #expect(try server.taken().map(\.faults) == [[]])
    }

    @Test func aWrongPasswordIsToldAndNotRepeated() async throws {
        let server = try FakeMailServer(.starttls, folder: folder.url)
        let delivery = try await send(mail(server, "smtp"), password: "verysecret")
        guard case .refused(let reason) = delivery else {
            Issue.record("\(delivery)")
            return
        }
        #expect(reason.contains("535") && !reason.contains("verysecret"))
        #expect(try server.taken().isEmpty)
    }

    @Test func aStrangerInTheServersPlaceGetsNothing() async throws {
        let server = try FakeMailServer(.tls, folder: folder.url)
        let failure = await #expect(throws: TransportFailure.self) {
            try await send(mail(server, "smtps"), trusted: false)
        }
        #expect(failure?.reason.contains("certificate") == true)
        #expect(try server.taken().isEmpty)
    }

    @Test func whatTheServerRefusesIsRefusedOrTriedLater() async throws {
        let server = try FakeMailServer(.starttls, folder: folder.url)
        #expect(
            try await send(mail(server, "smtp", to: ["nobody@example.org"]))
                == .refused(reason: "the mail server answered 550"))
        #expect(
            try await send(mail(server, "smtp", to: ["later@example.org"]))
                == .later(seconds: nil, reason: "the mail server answered 451"))
        #expect(try server.taken().isEmpty)
    }

    /// Through the outbox: a server that takes a mail and is gone before it says so gets it again under the same name,
    /// and one that was down gets everything once it is up.
    @Test func nothingIsLostAndNothingHasTwoNames() async throws {
        let server = try FakeMailServer(.drop, folder: folder.url)
        let store = try Store(path: folder.url.appending(path: "s.sqlite").path, access: .write)
        var channel = MessageChannel(id: "town", kind: .smtp)
        channel.mail = mail(server, "smtp")
        channel.secret = .environment("PASSWORD")
        channel.mergeWindow = 0
        var site = Site(
            id: "daxi", name: "大溪镇", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/tmp",
            archive: "/tmp", store: "/tmp/s", cameras: [], plots: [], permits: [], households: [])
        site.channels = [channel]
        let outbox = Outbox(
            site: site, clock: try #require(SiteClock(timeZone: "Asia/Shanghai")), store: store
        ) { _ in Self.password }
        let transport = NetworkTransport(
            web: FakeVendor(.slack, address: ""),
            mail: MailTransport(program: FakeMailServer.curl, folder: NSTemporaryDirectory(), authorities: authority))
        var now = Date(timeIntervalSince1970: 1_720_000_000)
        for round in 0..<3 {
            let moment = now
            let reports = try await outbox.push(
                OutboxTests.notices(2 + round), through: transport, now: { moment }, wait: { _ in })
            #expect((reports.first?.failure == nil) == (round > 0))
            now += 7 * 3600
        }
        #expect(try store.waitingMessages(channel: "town").isEmpty)
        let taken = try server.taken()
        #expect(taken.allSatisfy(\.faults.isEmpty) && taken.count > Set(taken.map(\.id)).count)
        let unique = Dictionary(taken.map { ($0.id, $0.body) }) { first, _ in first }
        let text = unique.values.joined()
        for number in 0..<4 { #expect(text.components(separatedBy: "线索 \(number)：").count == 2, "\(number)") }
    }
}
