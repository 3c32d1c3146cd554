import Foundation
import FoundationNetworking

/// Posts over HTTPS. Redirects are not followed: an address is a secret, and a robot has no reason to move.
public final class WebTransport: NSObject, MessageTransport, URLSessionTaskDelegate {
    /// Seconds for one post.
    public static let patience = 20.0
    /// Bytes of an answer that are looked at; robots send some hundred.
    private static let largestAnswer = 64 * 1024

    public func post(_ request: VendorRequest) async throws(TransportFailure) -> VendorReply {
        guard let url = URL(string: request.address), Self.isSafe(url) else {
            throw TransportFailure(reason: "the channel's address is no https address")
        }
        var message = URLRequest(url: url, timeoutInterval: Self.patience)
        message.httpMethod = "POST"
        message.setValue("application/json; charset=utf-8", forHTTPHeaderField: "Content-Type")
        message.setValue(request.identity, forHTTPHeaderField: "Idempotency-Key")
        message.httpBody = Data(request.body)
        let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        do {
            let (body, response) = try await session.data(for: message)
            guard let response = response as? HTTPURLResponse else {
                throw TransportFailure(reason: "the answer is no HTTP")
            }
            return VendorReply(
                status: response.statusCode,
                retryAfter: response.value(forHTTPHeaderField: "Retry-After").flatMap { Double($0) },
                body: Array(body.prefix(Self.largestAnswer)))
        } catch let failure as TransportFailure {
            throw failure
        } catch {
            throw TransportFailure(reason: "no answer from the service: \(Self.name(of: error))")
        }
    }

    /// Plain HTTP only to this very machine.
    static func isSafe(_ url: URL) -> Bool {
        guard let host = url.host, !host.isEmpty else { return false }
        return url.scheme == "https" || url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(host)
    }

    /// The error's own text would repeat the address.
    private static func name(of error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .timedOut: "it took too long"
        case .cannotFindHost, .dnsLookupFailed: "its name is unknown, or the network is down"
        case .cannotConnectToHost, .networkConnectionLost, .notConnectedToInternet: "the connection failed"
        case .secureConnectionFailed, .serverCertificateUntrusted: "its certificate is not trusted"
        default: "the request failed"
        }
    }

    public func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
