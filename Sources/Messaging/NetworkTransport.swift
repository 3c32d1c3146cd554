/// Robots by HTTPS, mail by SMTP.
public struct NetworkTransport: MessageTransport {
    let web: any MessageTransport
    let mail: any MessageTransport

    public init(web: any MessageTransport, mail: any MessageTransport) {
        self.web = web
        self.mail = mail
    }

    public func post(_ request: VendorRequest) async throws(TransportFailure) -> VendorReply {
        try await (request.envelope == nil ? web : mail).post(request)
    }
}
