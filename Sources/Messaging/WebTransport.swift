import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Posts over HTTPS. Redirects are not followed: an address is a secret, and a robot has no reason to move.
public struct WebTransport: MessageTransport {
    /// Seconds for one post.
    public static let patience = 20
    /// Bytes of an answer that are looked at; robots send some hundred.
    private static let largestAnswer = 64 * 1024

    public init() {}

    public func post(_ request: VendorRequest) async throws(TransportFailure) -> VendorReply {
        guard let url = URL(string: request.address), Self.isSafe(url) else {
            throw TransportFailure(reason: "the channel's address is no https address")
        }
        var message = HTTPClientRequest(url: request.address)
        message.method = .POST
        message.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
        message.headers.add(name: "Idempotency-Key", value: request.identity)
        message.body = .bytes(request.body)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration)
        let reply: Result<VendorReply, any Error>
        do {
            reply = .success(try await Self.reply(to: message, of: client))
        } catch {
            reply = .failure(error)
        }
        try? await client.shutdown()
        do {
            return try reply.get()
        } catch {
            throw TransportFailure(reason: "no answer from the service: \(Self.name(of: error))")
        }
    }

    private static var configuration: HTTPClient.Configuration {
        let patience = TimeAmount.seconds(Int64(patience))
        return HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: patience, read: patience, write: patience))
    }

    private static func reply(to message: HTTPClientRequest, of client: HTTPClient) async throws -> VendorReply {
        let response = try await client.execute(message, timeout: .seconds(Int64(patience)))
        var body: [UInt8] = []
        for try await part in response.body {
            body += part.readableBytesView.prefix(largestAnswer - body.count)
            if body.count == largestAnswer { break }
        }
        return VendorReply(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "Retry-After").flatMap { Double($0) }, body: body)
    }

    /// Plain HTTP only to this very machine.
    static func isSafe(_ url: URL) -> Bool {
        guard let host = url.host, !host.isEmpty else { return false }
        return url.scheme == "https" || url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(host)
    }

    private static let tooLong: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
    ]

    /// The error's own text would repeat the address.
    private static func name(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError where tooLong.contains(error): "it took too long"
        case let error as NIOConnectionError:
            error.connectionErrors.isEmpty
                ? "its name is unknown, or the network is down" : "the connection failed"
        case is HTTPClientError, is IOError: "the connection failed"
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: "its certificate is not trusted"
        default: "the request failed"
        }
    }
}
