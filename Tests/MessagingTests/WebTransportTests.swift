import Foundation
import Testing
import Village

@testable import Messaging

@Suite struct WebTransportTests {
    private func answer(_ status: String, _ body: String, _ fields: String = "") -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\(fields)\r\n\(body)"
    }

    private func request(port: UInt16) throws -> VendorRequest {
        try VendorRequest(
            Post(id: "0123abcd", title: "大溪镇", paragraphs: ["线索 1"]), kind: .wecom,
            address: "http://127.0.0.1:\(port)/send?key=verysecret", secret: nil, now: Date(timeIntervalSince1970: 0))
    }

    @Test func aPostGoesOutWholeAndItsAnswerComesBack() async throws {
        let server = try OneAnswerServer(answer: answer("200 OK", #"{"errcode":0,"errmsg":"ok"}"#))
        defer { server.stop() }
        let reply = try await WebTransport().post(request(port: server.port))
        #expect(reply.status == 200 && reply.delivery(.wecom) == .sent)
        let asked = try #require(server.requests.first)
        #expect(asked.hasPrefix("POST /send?key=verysecret HTTP/1.1\r\n"))
        #expect(asked.lowercased().contains("idempotency-key: 0123abcd\r\n"))
        #expect(asked.contains("线索 1") && asked.lowercased().contains("content-type: application/json"))
    }

    @Test func patienceIsAskedForInSeconds() async throws {
        let server = try OneAnswerServer(answer: answer("429 Too Many Requests", "", "Retry-After: 30\r\n"))
        defer { server.stop() }
        let reply = try await WebTransport().post(request(port: server.port))
        #expect(reply.delivery(.slack) == .later(seconds: 30, reason: "the service answered 429"))
    }

    /// Whoever answers in the robot's place cannot have the message sent on.
    @Test func aRedirectIsNotFollowed() async throws {
        let other = try OneAnswerServer(answer: answer("200 OK", "ok"))
        defer { other.stop() }
        let server = try OneAnswerServer(
            answer: answer("307 Temporary Redirect", "", "Location: http://127.0.0.1:\(other.port)/x\r\n"))
        defer { server.stop() }
        let reply = try? await WebTransport().post(request(port: server.port))
        #expect(reply.map { $0.delivery(.wecom) } != .sent)
        #expect(other.requests.isEmpty)
    }

    @Test func noAnswerNamesNoSecret() async throws {
        let server = try OneAnswerServer(answer: "")
        let port = server.port
        server.stop()
        let failure = await #expect(throws: TransportFailure.self) {
            try await WebTransport().post(request(port: port))
        }
        #expect(failure?.reason.contains("verysecret") == false)
    }

    @Test(arguments: [
        "http://oapi.dingtalk.com/robot", "ftp://127.0.0.1/", "file:///etc/passwd", "", "https://", "a b",
    ])
    func onlyHTTPSLeavesTheMachine(address: String) async throws {
        var asked = try request(port: 1)
        asked.address = address
        await #expect(throws: TransportFailure.self) { try await WebTransport().post(asked) }
    }
}
