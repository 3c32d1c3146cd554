import Crypto
import Foundation
import Village

/// What is posted to a vendor's robot.
public struct VendorRequest: Sendable, Equatable {
    public var address: String
    public var body: [UInt8]
    /// Names the post, so that a receiver who gets it twice can tell; sent as `Idempotency-Key`.
    public var identity: String
    /// For mail alone.
    public var envelope: MailEnvelope?

    /// Mail: the address is that of the server.
    public init(_ post: Post, mail: MessageChannel.Mail, password: String?, now: Date) {
        address = mail.server
        identity = post.id
        body = MailMessage.bytes(post, mail: mail, now: now)
        envelope = MailEnvelope(
            from: mail.from, recipients: mail.to,
            login: password.map { .init(user: mail.user ?? mail.from, password: $0) })
    }

    /// - Parameters:
    ///   - address: of the robot.
    ///   - secret: for the signature; `nil` = not signed.
    public init(_ post: Post, kind: MessageChannel.Kind, address: String, secret: String?, now: Date) throws {
        self.address = address
        identity = post.id
        let paragraphs = post.paragraphs.map { VendorText.escaped($0, kind: kind) }
        let title = VendorText.escaped(post.title, kind: kind)
        switch kind {
        case .dingtalk:
            if let secret {
                let stamp = String(Int64((now.timeIntervalSince1970 * 1000).rounded()))
                let sign = Self.base64(key: secret, message: stamp + "\n" + secret)
                self.address += (address.contains("?") ? "&" : "?") + "timestamp=\(stamp)&sign=\(Self.encoded(sign))"
            }
            let text = "#### \(title)\n\n" + paragraphs.joined(separator: "\n\n")
            body = try Self.json(DingTalk(markdown: .init(title: title, text: text)))
        case .wecom:
            body = try Self.json(
                WeCom(markdown: .init(content: "**\(title)**\n" + paragraphs.joined(separator: "\n\n"))))
        case .feishu:
            let stamp = String(Int64(now.timeIntervalSince1970.rounded()))
            // Key and message change places against DingTalk: the message is empty.
            let sign = secret.map { Self.base64(key: stamp + "\n" + $0, message: "") }
            let lines = paragraphs.map { [Feishu.Text(text: $0)] }
            body = try Self.json(
                Feishu(
                    timestamp: sign == nil ? nil : stamp, sign: sign,
                    content: .init(post: .init(chinese: .init(title: title, content: lines)))))
        case .slack:
            body = try Self.json(
                Slack(
                    text: title,
                    blocks: [
                        .init(type: "header", text: .init(type: "plain_text", text: title)),
                        .init(type: "section", text: .init(type: "mrkdwn", text: paragraphs.joined(separator: "\n\n"))),
                    ]))
        case .files, .smtp:
            body = Array(([post.title, ""] + paragraphs).joined(separator: "\n").utf8) + [10]
        }
    }

    /// base64(HMAC-SHA256).
    static func base64(key: String, message: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(message.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return Data(code).base64EncodedString()
    }

    /// As the value of a query: everything but letters, digits, `-._~` in percent form.
    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-._~".utf8.contains(byte)
            if isPlain { return String(Unicode.Scalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    private struct DingTalk: Encodable {
        struct Markdown: Encodable { var title, text: String }
        var msgtype = "markdown"
        var markdown: Markdown
    }

    private struct WeCom: Encodable {
        struct Markdown: Encodable { var content: String }
        var msgtype = "markdown"
        var markdown: Markdown
    }

    private struct Feishu: Encodable {
        struct Text: Encodable {
            var tag = "text"
            var text: String
        }
        struct Language: Encodable {
            var title: String
            var content: [[Text]]
        }
        struct Post: Encodable {
            var chinese: Language

            private enum CodingKeys: String, CodingKey { case chinese = "zh_cn" }
        }
        struct Content: Encodable { var post: Post }
        var timestamp: String?
        var sign: String?
        var kind = "post"
        var content: Content

        private enum CodingKeys: String, CodingKey {
            case timestamp, sign, content
            case kind = "msg_type"
        }
    }

    private struct Slack: Encodable {
        struct Text: Encodable { var type, text: String }
        struct Block: Encodable {
            var type: String
            var text: Text
        }
        var text: String
        var blocks: [Block]
    }
}
