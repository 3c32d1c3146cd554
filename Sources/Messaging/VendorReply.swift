import Foundation
import Village

/// How a vendor answered.
public enum Delivery: Sendable, Equatable {
    case sent
    /// It asks for patience; seconds where it says how many.
    case later(seconds: Double?, reason: String)
    /// It does not take this; somebody has to look.
    case refused(reason: String)
}

/// What came back over the wire.
public struct VendorReply: Sendable, Equatable {
    public var status: Int
    public var retryAfter: Double?
    public var body: [UInt8]

    public init(status: Int, retryAfter: Double? = nil, body: [UInt8]) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
    }

    private struct Codes: Decodable {
        var errcode: Int?
        var errmsg: String?
        var code: Int?
        var statusCode: Int?
        var msg: String?

        private enum CodingKeys: String, CodingKey {
            case errcode, errmsg, code, msg
            case statusCode = "StatusCode"
        }
    }

    /// Codes that mean "too fast": DingTalk 130101 and 410100, WeCom 45009, Feishu 9499 and 11232.
    private static let tooFast: Set<Int> = [130_101, 410_100, 45_009, 9499, 11_232]

    /// Robots answer 200 even where they refuse; what counts is the code in the body.
    public func delivery(_ kind: MessageChannel.Kind) -> Delivery {
        if kind == .smtp { return mailDelivery }
        if status == 429 || status >= 500 {
            return .later(seconds: retryAfter, reason: "the service answered \(status)")
        }
        guard (200..<300).contains(status) else { return .refused(reason: "the service answered \(status)") }
        if kind == .slack {
            let text = String(decoding: body.prefix(80), as: UTF8.self)
            return text == "ok" ? .sent : .refused(reason: "the service answered \(text)")
        }
        guard let codes = try? JSONDecoder().decode(Codes.self, from: Data(body)),
            let code = codes.errcode ?? codes.code ?? codes.statusCode
        else { return .refused(reason: "the service's answer is not understood") }
        if code == 0 { return .sent }
        let reason = "the service answered \(code) \((codes.errmsg ?? codes.msg ?? "").prefix(200))"
        return Self.tooFast.contains(code) ? .later(seconds: nil, reason: reason) : .refused(reason: reason)
    }

    /// RFC 5321, 4.2.1: 2 done, 4 for the time being not, 5 not at all.
    private var mailDelivery: Delivery {
        switch status {
        case 200..<300: .sent
        case 400..<500: .later(seconds: nil, reason: "the mail server answered \(status)")
        case 535: .refused(reason: "the mail server does not accept name and password (535)")
        default: .refused(reason: "the mail server answered \(status)")
        }
    }
}

/// How a request gets out; the only way.
public protocol MessageTransport: Sendable {
    /// - Throws: where there is no answer; the text must not repeat the address, which is a secret.
    func post(_ request: VendorRequest) async throws(TransportFailure) -> VendorReply
}

/// No answer came.
public struct TransportFailure: Error, Sendable, Equatable {
    public var reason: String

    public init(reason: String) { self.reason = reason }
}
