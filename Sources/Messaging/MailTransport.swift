import Files
import Foundation

/// Hands mail to its server through the program curl, which knows SMTP, its signing in and its encryption.
///
/// curl is looked for at run time: without it everything else works, and mail says what is missing.
public struct MailTransport: MessageTransport {
    /// Seconds for one message, signing in and encryption included.
    static let patience = 60

    /// Absolute path of curl; `nil` = there is none.
    let program: String?
    /// Where a message lies while curl sends it, readable by this user alone.
    let folder: String
    /// A PEM file of authorities to trust instead of the machine's.
    let authorities: String?

    public init(program: String?, folder: String, authorities: String? = nil) {
        self.program = program
        self.folder = folder
        self.authorities = authorities
    }

    public func post(_ request: VendorRequest) async throws(TransportFailure) -> VendorReply {
        guard let envelope = request.envelope else { throw TransportFailure(reason: "the message has no envelope") }
        guard let program else {
            throw TransportFailure(
                reason: "the program curl, which mail needs, is not installed (apt-get install curl)")
        }
        let file = "\(folder)/plotwatch-\(UUID().uuidString).eml"
        defer { unlink(file) }
        do throws(FileFault) {
            try WholeFile.write(request.body, to: file, permissions: 0o600)
        } catch {
            throw TransportFailure(reason: error.message)
        }
        let settings = settings(envelope, server: request.address, file: file)
        let (status, output): (Int32, String)
        do {
            (status, output) = try await Self.run(program, input: settings)
        } catch {
            throw TransportFailure(reason: "the program \(program) could not be started")
        }
        let code = Int(output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
        if status == 0 || code >= 400 { return VendorReply(status: code, body: []) }
        throw TransportFailure(reason: Self.name(of: status))
    }

    /// curl's settings, secrets among them: they reach it on its standard input, never as arguments or in a file.
    func settings(_ envelope: MailEnvelope, server: String, file: String) -> String {
        var lines = [
            "silent", "proto = \(Self.quoted("=smtp,smtps"))", "url = \(Self.quoted(server))",
            "max-time = \(Self.patience)", "mail-from = \(Self.quoted("<\(envelope.from)>"))",
            "upload-file = \(Self.quoted(file))", "write-out = \(Self.quoted("%{response_code}"))",
        ]
        lines += envelope.recipients.map { "mail-rcpt = \(Self.quoted("<\($0)>"))" }
        // In the clear only to this very machine, and never a password.
        if !Self.isLoopback(server) || envelope.login != nil { lines.append("ssl-reqd") }
        if let authorities { lines.append("cacert = \(Self.quoted(authorities))") }
        if let login = envelope.login {
            lines.append("user = \(Self.quoted(login.user + ":" + login.password))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func isLoopback(_ server: String) -> Bool {
        ["127.0.0.1", "localhost", "::1", "[::1]"].contains(URLComponents(string: server)?.host ?? "")
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"" + escaped.filter { !$0.isNewline } + "\""
    }

    private static func run(_ program: String, input: String) async throws -> (Int32, String) {
        let process = Process(), settings = Pipe(), answer = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        // -q: what the user has set for himself in ~/.curlrc does not count.
        process.arguments = ["-q", "--config", "-"]
        process.standardInput = settings
        process.standardOutput = answer
        process.standardError = FileHandle.nullDevice
        // Some hundred bytes: they fit into the pipe before anybody reads it.
        try settings.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try settings.fileHandleForWriting.close()
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        // Three digits; not to the end, which a program that was started meanwhile may hold open.
        let bytes = try answer.fileHandleForReading.read(upToCount: 3) ?? Data()
        return (status, String(decoding: bytes, as: UTF8.self))
    }

    /// curl's exit status in words (man curl, EXIT CODES).
    private static func name(of status: Int32) -> String {
        switch status {
        case 6: "the mail server's name is unknown, or the network is down"
        case 7: "no connection to the mail server"
        case 28: "the mail server took too long"
        case 35, 64: "the mail server offers no encryption that could be used; nothing was sent"
        case 60, 77: "the mail server's certificate is not trusted"
        case 67: "the mail server does not accept name and password"
        default: "the mail server broke off (curl \(status))"
        }
    }
}
