import Foundation
import Village

/// The keys of a channel of mail: `server`, `from`, `to`, `user`.
enum MailReader {
    /// Characters of an address (RFC 5321, 4.5.3.1).
    private static let longestAddress = 254
    private static let ports = ["smtp": 587, "smtps": 465]

    static func mail(_ map: MappingNode) -> MessageChannel.Mail? {
        let server = map.required("server", example: "smtps://smtp.example.org").flatMap(server)
        let from = map.required("from", example: "plotwatch@example.org").flatMap(address)
        let to = map.required("to", example: "[town@example.org]")?.list()?.compactMap(address) ?? []
        if let node = map["to"], node.list()?.isEmpty == true {
            node.fail(
                .init(zh: "邮件没有收件人", en: "nobody gets the mail"),
                remedy: .init(zh: "请写“to: [town@example.org]”", en: "write \"to: [town@example.org]\""))
        }
        var user: String?
        if let node = map["user"], let text = node.text() {
            if text.contains(":") || text.contains(where: \.isNewline) {
                node.fail(
                    .init(zh: "“\(text)”不是用户名", en: "\"\(text)\" is no user name"),
                    remedy: .init(zh: "用户名里没有冒号", en: "a name has no colon"))
            } else {
                user = text
            }
        }
        guard let server, let from, !to.isEmpty else { return nil }
        return MessageChannel.Mail(server: server, from: from, to: to, user: user)
    }

    /// With its port: 465 where the connection is encrypted from its beginning, 587 where STARTTLS encrypts it.
    private static func server(_ node: Node) -> String? {
        guard let text = node.text() else { return nil }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme, let port = ports[scheme],
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.path.isEmpty || parts.path == "/",
            parts.query == nil, parts.fragment == nil
        else {
            node.fail(
                .init(zh: "“\(text)”不是邮件服务器", en: "\"\(text)\" is no mail server"),
                remedy: .init(
                    zh: "请写“smtps://smtp.example.org”，STARTTLS 写“smtp://smtp.example.org:587”",
                    en: "write \"smtps://smtp.example.org\", or \"smtp://smtp.example.org:587\" for STARTTLS"))
            return nil
        }
        return "\(scheme)://\(host):\(parts.port ?? port)"
    }

    /// Letters, digits and the signs of ordinary addresses: what else RFC 5322 allows is in nobody's mailbox, and
    /// much of it could end a line of the protocol.
    private static func address(_ node: Node) -> String? {
        guard let text = node.text() else { return nil }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let plain = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+")
        guard parts.count == 2, text.utf8.count <= longestAddress,
            parts.allSatisfy({ part in !part.isEmpty && part.unicodeScalars.allSatisfy(plain.contains) })
        else {
            node.fail(
                .init(zh: "“\(text)”不是邮箱地址", en: "\"\(text)\" is no mail address"),
                remedy: .init(zh: "请写成 town@example.org 这样", en: "write one such as town@example.org"))
            return nil
        }
        return text
    }
}
