import Village

/// What a vendor's robot takes: sizes and rates of its documents.
public struct VendorRules: Sendable, Equatable {
    /// Bytes of the text, or of the body where the vendor counts that.
    public var largestText: Int
    public var perMinute: Int
    public var perSecond: Int

    /// Bytes are UTF-8.
    public static func of(_ kind: MessageChannel.Kind) -> VendorRules {
        switch kind {
        // open.dingtalk.com, custom robots: 20 messages a minute, then ten minutes of silence. The body's limit of
        // 20,000 bytes is from general knowledge; we stay well below it.
        case .dingtalk: VendorRules(largestText: 10_000, perMinute: 20, perSecond: 20)
        // work.weixin.qq.com/api/doc/90000/90136/91770: markdown content at most 4096 bytes, 20 messages a minute.
        case .wecom: VendorRules(largestText: 4096, perMinute: 20, perSecond: 20)
        // open.feishu.cn, custom bots: 100 a minute, 5 a second, body at most 20 KB.
        case .feishu: VendorRules(largestText: 15_000, perMinute: 100, perSecond: 5)
        // docs.slack.dev: one message a second; a section's text has at most 3000 characters.
        case .slack: VendorRules(largestText: 3000, perMinute: 60, perSecond: 1)
        // RFC 5321 sets no rate; town providers count by the hour, which the merge window keeps far below.
        case .smtp: VendorRules(largestText: 100_000, perMinute: 30, perSecond: 2)
        case .files: VendorRules(largestText: 1 << 20, perMinute: 10_000, perSecond: 1000)
        }
    }
}
