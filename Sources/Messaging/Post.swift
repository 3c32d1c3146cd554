import Village

/// Notices that go to a channel as one message.
public struct Post: Sendable, Equatable {
    /// The same notices in the same channel always have the same name: whoever receives it twice can tell.
    public var id: String
    public var title: String
    /// One paragraph a notice.
    public var paragraphs: [String]

    public init(id: String, title: String, paragraphs: [String]) {
        self.id = id
        self.title = title
        self.paragraphs = paragraphs
    }

    /// Notices of one channel, cut into posts that its vendor takes.
    ///
    /// - Returns: posts with the keys of the notices in each, in order.
    public static func posts(
        of notices: [Notice], channel: MessageChannel, site: Site, identify: ([String]) -> String
    ) -> [(post: Post, keys: [String])] {
        let room = VendorRules.of(channel.kind).largestText - titleRoom
        var posts: [(post: Post, keys: [String])] = []
        var paragraphs: [String] = [], keys: [String] = [], used = 0
        func close() {
            guard !keys.isEmpty else { return }
            let title = site.language == .zh ? "\(site.name)：\(keys.count)条消息" : "\(site.name): \(keys.count) messages"
            posts.append((Post(id: identify(keys), title: cut(title, to: 100), paragraphs: paragraphs), keys))
            (paragraphs, keys, used) = ([], [], 0)
        }
        for notice in notices {
            let text = cut(
                notice.title.text(in: site.language) + (site.language == .zh ? "：" : ": ")
                    + notice.text.text(in: site.language), to: min(room, longestParagraph))
            // Escaping may make every character longer, in no vendor more than fivefold.
            let size = VendorText.largest(of: text, kind: channel.kind) + 4
            if used + size > room { close() }
            paragraphs.append(text)
            keys.append(notice.key)
            used += size
        }
        close()
        return posts
    }

    /// Bytes for the title and what stands around it.
    private static let titleRoom = 400
    /// Bytes of one notice; the rest is in the report. 600 is some 200 Chinese characters.
    private static let longestParagraph = 600

    /// Cut between characters to at most `bytes` of UTF-8.
    static func cut(_ text: String, to bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        var out = "", used = 3
        for character in text {
            used += character.utf8.count
            if used > bytes { break }
            out.append(character)
        }
        return out + "…"
    }
}
