import Foundation
import Village

/// The `messages:` section of a site file.
struct MessageReader {
    let folder: String

    static let keys = [
        "id", "kind", "level", "village", "household", "address", "secret", "folder", "topics", "minimumConfidence",
        "mergeMinutes", "quiet", "digest", "cooldownHours", "server", "from", "to", "user",
    ]

    func channels(_ site: MappingNode) -> [MessageChannel] {
        guard let section = site["messages"], let map = section.mapping(keys: ["channels"]),
            let items = map.required("channels", example: "[]")?.list()
        else { return [] }
        var ids = IdentifierList(.init(zh: "渠道", en: "channel"))
        return items.compactMap { item in
            guard let map = item.mapping(keys: Self.keys) else { return nil }
            let id = ids.take(map.required("id", example: "town"))?.id
            let kind = map.required("kind", example: "dingtalk")?.choice(MessageChannel.Kind.self)
            guard let id, let kind else { return nil }
            return channel(map, MessageChannel(id: id, kind: kind))
        }
    }

    private func channel(_ map: MappingNode, _ empty: MessageChannel) -> MessageChannel {
        var channel = empty
        if let level = map["level"]?.choice(MessageChannel.Level.self) { channel.level = level }
        channel.village = map["village"]?.text()
        channel.household = map["household"]?.text()
        if channel.level == .village { _ = map.required("village", example: "平地坝村") }
        if channel.level == .household { _ = map.required("household", example: "h01") }
        if channel.kind == .files {
            channel.folder = map.required("folder", example: "outbox")?.text().map {
                SiteReader.resolve($0, in: folder)
            }
            for key in ["address", "secret"] {
                map[key]?.fail(
                    .init(zh: "写文件的渠道没有“\(key)”", en: "a channel of files has no \"\(key)\""),
                    remedy: .init(zh: "请删掉它", en: "remove it"))
            }
        } else if channel.kind == .smtp {
            channel.mail = MailReader.mail(map)
            channel.secret = map["secret"].flatMap(secret)
            for key in ["address", "folder"] {
                map[key]?.fail(
                    .init(zh: "邮件渠道没有“\(key)”", en: "a channel of mail has no \"\(key)\""),
                    remedy: .init(zh: "请删掉它；收件人写在 to 里", en: "remove it; mail goes to \"to\""))
            }
        } else {
            channel.address = map.required("address", example: "env:PLOTWATCH_ROBOT_ADDRESS").flatMap(secret)
            channel.secret = map["secret"].flatMap(secret)
            map["folder"]?.fail(
                .init(zh: "只有写文件的渠道才有“folder”", en: "only a channel of files has a \"folder\""),
                remedy: .init(zh: "请删掉它，或写“kind: files”", en: "remove it, or write \"kind: files\""))
        }
        if channel.kind != .smtp {
            for key in ["server", "from", "to", "user"] {
                map[key]?.fail(
                    .init(zh: "只有邮件渠道才有“\(key)”", en: "only a channel of mail has a \"\(key)\""),
                    remedy: .init(zh: "请删掉它，或写“kind: smtp”", en: "remove it, or write \"kind: smtp\""))
            }
        }
        if let topics = map["topics"]?.list() {
            channel.topics = Set(topics.compactMap { $0.choice(MessageChannel.Topic.self) })
        }
        if let least = map["minimumConfidence"]?.number(in: 0...1) { channel.minimumConfidence = least }
        // A day is the longest that a message may wait to be joined by others.
        if let minutes = map["mergeMinutes"]?.integer(in: 0...1440) { channel.mergeWindow = minutes }
        if let hours = map["cooldownHours"]?.integer(in: 0...720) { channel.cooldown = hours }
        channel.digest = map["digest"].flatMap(minute)
        if let quiet = map["quiet"]?.mapping(keys: ["from", "until"]),
            let from = quiet.required("from", example: "\"21:00\"").flatMap(minute),
            let until = quiet.required("until", example: "\"07:30\"").flatMap(minute)
        {
            channel.quiet = MessageChannel.Quiet(from: from, until: until)
        }
        return channel
    }

    /// `env:NAME` or `file:path`; never the secret itself, as site files are copied and shown.
    private func secret(_ node: Node) -> MessageChannel.Secret? {
        guard let text = node.text() else { return nil }
        if let name = text.removing(prefix: "env:"), !name.isEmpty,
            name.utf8.allSatisfy({
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
            })
        {
            return .environment(name)
        }
        if let path = text.removing(prefix: "file:"), !path.isEmpty {
            return .file(SiteReader.resolve(path, in: folder))
        }
        // The text may be the secret: it is not repeated.
        node.fail(
            .init(
                zh: "\(node.name.zh) 里直接写了密钥，或没有写明密钥在哪里", en: "\(node.name.en) holds a secret, or names none"),
            remedy: .init(
                zh: "环境变量写“env:NAME”，权限 0600 的文件写“file:路径”",
                en: "write \"env:NAME\" for a variable of the environment, or \"file:path\" for a file of mode 0600"))
        return nil
    }

    /// `07:30` → 450.
    private func minute(_ node: Node) -> Int? {
        guard let text = node.text() else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), (0..<24).contains(hour), (0..<60).contains(minute)
        {
            return hour * 60 + minute
        }
        node.fail(
            .init(
                zh: "\(node.name.zh) 写的是“\(text)”，不是钟点", en: "\(node.name.en) is \"\(text)\", no time of day"),
            remedy: .init(
                zh: "请用英文引号括起来，例如 \"07:30\"", en: "write it in quotes, such as \"07:30\""))
        return nil
    }
}

extension String {
    fileprivate func removing(prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
