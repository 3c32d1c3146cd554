import Crypto
import Foundation
import Synchronization
import Village

@testable import Messaging

/// A vendor's robot as its documents describe it: signature, size, rate, and a memory for what came twice.
final class FakeVendor: MessageTransport {
    struct State {
        /// Whether there is a network at all.
        var isUp = true
        /// Answers that get lost on the way back although the post was taken.
        var lostAnswers = 0
        var accepted: [(at: Date, identity: String, body: [UInt8])] = []
        var refusals: [String] = []
        var repeats = 0
        var now = Date(timeIntervalSince1970: 1_720_000_000)
    }

    let kind: MessageChannel.Kind
    let secret: String?
    let address: String
    let state = Mutex(State())

    init(_ kind: MessageChannel.Kind, address: String, secret: String? = nil) {
        self.kind = kind
        self.address = address
        self.secret = secret
    }

    func post(_ request: VendorRequest) async throws(TransportFailure) -> VendorReply {
        let outcome: Result<VendorReply, TransportFailure> = state.withLock { state in
            guard state.isUp else { return .failure(TransportFailure(reason: "no network")) }
            if let fault = fault(request, now: state.now) {
                state.refusals.append(fault)
                return .success(answer(code: kind == .dingtalk ? 310_000 : 19_021, fault))
            }
            let rates: [(Int, Double)] =
                switch kind {
                case .dingtalk, .wecom: [(20, 60)]
                case .feishu: [(100, 60), (5, 1)]
                case .slack, .smtp, .files: [(1, 1)]
                }
            for (count, span) in rates
            where state.accepted.filter({ state.now.timeIntervalSince($0.at) < span }).count >= count {
                state.refusals.append("too fast")
                if kind == .slack { return .success(VendorReply(status: 429, retryAfter: 30, body: [])) }
                let code = kind == .dingtalk ? 130_101 : kind == .wecom ? 45_009 : 11_232
                return .success(answer(code: code, "too fast"))
            }
            // A receiver that knows the name takes it once.
            if state.accepted.contains(where: { $0.identity == request.identity }) {
                state.repeats += 1
            } else {
                state.accepted.append((state.now, request.identity, request.body))
            }
            if state.lostAnswers > 0 {
                state.lostAnswers -= 1
                return .failure(TransportFailure(reason: "the answer was lost"))
            }
            return .success(kind == .slack ? VendorReply(status: 200, body: Array("ok".utf8)) : answer(code: 0, "ok"))
        }
        return try outcome.get()
    }

    private func answer(code: Int, _ text: String) -> VendorReply {
        let name = kind == .feishu ? ("code", "msg") : ("errcode", "errmsg")
        return VendorReply(status: 200, body: Array("{\"\(name.0)\":\(code),\"\(name.1)\":\"\(text)\"}".utf8))
    }

    /// What the vendor would say against it.
    private func fault(_ request: VendorRequest, now: Date) -> String? {
        guard request.address.hasPrefix(address) else { return "wrong address" }
        guard let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any] else {
            return "no JSON"
        }
        switch kind {
        case .dingtalk:
            let query = URLComponents(string: request.address)?.queryItems ?? []
            func value(_ name: String) -> String? { query.first { $0.name == name }?.value }
            guard let secret else { return check(body, "markdown", "text", limit: 20_000) }
            guard let stamp = value("timestamp").flatMap(Double.init),
                abs(stamp / 1000 - now.timeIntervalSince1970) < 3600
            else { return "timestamp off by more than an hour" }
            // base64 of HMAC-SHA256 with the secret as key over timestamp, line feed, secret.
            let code = HMAC<SHA256>.authenticationCode(
                for: Data("\(Int64(stamp))\n\(secret)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
            guard value("sign") == Data(code).base64EncodedString() else { return "sign not match" }
            return check(body, "markdown", "text", limit: 20_000)
        case .wecom: return check(body, "markdown", "content", limit: 4096)
        case .feishu:
            guard request.body.count <= 20 * 1024 else { return "larger than 20 KB" }
            guard let secret else { return nil }
            guard let text = body["timestamp"] as? String, let stamp = Double(text),
                abs(stamp - now.timeIntervalSince1970) < 3600
            else { return "timestamp" }
            let code = HMAC<SHA256>.authenticationCode(
                for: Data(), using: SymmetricKey(data: Data("\(text)\n\(secret)".utf8)))
            return body["sign"] as? String == Data(code).base64EncodedString() ? nil : "sign match fail"
        case .slack:
            let blocks = body["blocks"] as? [[String: Any]] ?? []
            guard body["text"] is String, !blocks.isEmpty, blocks.count <= 50 else { return "invalid_blocks" }
            for block in blocks {
                let text = (block["text"] as? [String: Any])?["text"] as? String ?? ""
                let limit = block["type"] as? String == "header" ? 150 : 3000
                if text.isEmpty || text.count > limit { return "invalid_blocks" }
            }
            return nil
        case .smtp, .files: return nil
        }
    }

    private func check(_ body: [String: Any], _ part: String, _ field: String, limit: Int) -> String? {
        guard body["msgtype"] as? String == part, let text = (body[part] as? [String: Any])?[field] as? String else {
            return "no \(part)"
        }
        return text.utf8.count <= limit ? nil : "longer than \(limit) bytes"
    }
}
