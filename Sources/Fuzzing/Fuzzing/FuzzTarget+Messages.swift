import Messaging
import Village

extension FuzzTarget {
    /// What a vendor's robot answers: the channel's kind and the status in two bytes, then the body.
    static let replies = FuzzTarget(
        name: "replies", longest: 1024,
        words: [
            "errcode", "errmsg", "code", "StatusCode", "msg", "\":0}", "\":130101", "ok", "1e99", "\\u0000", "[[[[",
        ],
        seeds: { replySeeds }
    ) { bytes in
        guard bytes.count >= 2 else { return false }
        let kinds = MessageChannel.Kind.allCases
        let kind = kinds[Int(bytes[0]) % kinds.count]
        let reply = VendorReply(status: 100 + 2 * Int(bytes[1]), retryAfter: nil, body: Array(bytes.dropFirst(2)))
        switch reply.delivery(kind) {
        case .sent: promise((200..<300).contains(reply.status), "sent with status \(reply.status)")
        case .later(_, let reason), .refused(let reason):
            promise(!reason.isEmpty && reason.utf8.count < 1200, "a reason of \(reason.utf8.count) bytes")
        }
        return true
    }

    private static let replySeeds: [[UInt8]] = [
        "{\"errcode\":0,\"errmsg\":\"ok\"}", "{\"errcode\":130101,\"errmsg\":\"send too fast\"}",
        "{\"code\":9499,\"msg\":\"too many request\",\"data\":{}}", "{\"StatusCode\":0,\"StatusMessage\":\"success\"}",
        "ok",
        "<html>502 Bad Gateway</html>",
    ].flatMap { body in (0..<6).map { [$0, 50] + Array(body.utf8) } }
}
