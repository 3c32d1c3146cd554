import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

@testable import Review

/// What a browser does: keeps the cookie, sends the token of the page's form, follows nothing by itself.
final class Browser {
    struct Answer {
        var status: Int
        var headers: HTTPFields
        var bytes: [UInt8]
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var location: String { headers[.location] ?? "" }
    }

    let site: ReviewSite
    var host = "127.0.0.1:8377"
    var peer: String
    var cookie: String?
    var token = ""

    init(_ site: ReviewSite, peer: String = "127.0.0.1") {
        self.site = site
        self.peer = peer
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        let answer = try await send(.get, path, headers: headers, body: "")
        if let token = Self.value(named: "csrf", in: answer.text) { self.token = token }
        return answer
    }

    /// - Parameter fields: `csrf` is added where it is not among them.
    func post(_ path: String, _ fields: [String: String], headers: HTTPFields = [.origin: "http://127.0.0.1:8377"])
        async throws -> Answer
    {
        var fields = fields
        if fields["csrf"] == nil { fields["csrf"] = token }
        let body = fields.map { Address.encoded($0.key) + "=" + Address.encoded($0.value) }.joined(separator: "&")
        return try await send(.post, path, headers: headers, body: body)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: String) async throws -> Answer {
        var headers = headers
        if let cookie { headers[.cookie] = cookie }
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(string: body)))
        let context = ReviewContext(
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), peer: peer)
        let response = try await site.server.responder.respond(to: request, context: context)
        for value in response.headers[values: .setCookie] { cookie = String(value.prefix { $0 != ";" }) }
        let collector = Collector()
        try await response.body.write(Writer(collector: collector))
        return Answer(status: response.status.code, headers: response.headers, bytes: collector.bytes)
    }

    /// The value of a hidden field.
    static func value(named name: String, in html: String) -> String? {
        guard let field = html.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(html[field.upperBound...].prefix { $0 != "\"" })
    }

    private final class Collector: @unchecked Sendable {
        var bytes: [UInt8] = []
    }

    private struct Writer: ResponseBodyWriter {
        let collector: Collector
        mutating func write(_ buffer: ByteBuffer) async throws { collector.bytes += Array(buffer.readableBytesView) }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
