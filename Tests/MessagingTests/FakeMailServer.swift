import Foundation

/// A mail server on this machine that insists on RFC 5321: order of commands, encryption before signing in, line ends,
/// line lengths, seven bits, doubled dots. What it takes is read by Python's mail parser, not by ours.
final class FakeMailServer {
    enum Mode: String { case plain, starttls, tls, bare, drop }

    struct Mail: Decodable {
        var from: String
        var to: [String]
        var subject: String
        var body: String
        var id: String
        var encrypted: Bool
        var user: String
        var faults: [String]
    }

    static let curl = "/usr/bin/curl"
    static let python = "/usr/bin/python3"
    static let canRun = [curl, python, "/usr/bin/openssl"].allSatisfy(FileManager.default.isExecutableFile(atPath:))

    let port: Int
    private let process = Process()
    private let mails: URL

    /// A certificate for 127.0.0.1 that nobody but the test trusts; `key.pem` lies beside it.
    static func certificate(in folder: URL) throws -> String {
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
            "subjectAltName=IP:127.0.0.1", "-keyout", folder.appending(path: "key.pem").path, "-out",
            folder.appending(path: "cert.pem").path,
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        return folder.appending(path: "cert.pem").path
    }

    /// What it says goes into files: a pipe would stay open as long as any other test's server has inherited it.
    init(_ mode: Mode, folder: URL) throws {
        mails = folder.appending(path: "mails")
        let ready = folder.appending(path: "port")
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments = ["-c", Self.program, mode.rawValue, folder.path]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        for _ in 0..<1000 where !FileManager.default.fileExists(atPath: ready.path) { usleep(20_000) }
        port = Int(try String(contentsOf: ready, encoding: .utf8)) ?? 0
    }

    /// Ends it; everything that it took.
    func taken() throws -> [Mail] {
        // Not SIGTERM: what is started from a pool's thread inherits that it is held back.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        guard let bytes = FileManager.default.contents(atPath: mails.path) else { return [] }
        return try bytes.split(separator: 10).map { try JSONDecoder().decode(Mail.self, from: $0) }
    }

    private static let program = #"""
        import base64, email, email.policy, json, os, re, socket, ssl, sys
        mode, folder = sys.argv[1:]
        context = None
        if mode in ("starttls", "tls", "drop"):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
        listener = socket.create_server(("127.0.0.1", 0))
        with open(folder + "/port.new", "w") as file: file.write(str(listener.getsockname()[1]))
        os.rename(folder + "/port.new", folder + "/port")
        mails = open(folder + "/mails", "a")
        drops = 1 if mode == "drop" else 0

        def serve(c):
            global drops
            encrypted, greeted, user, sender, rcpt, faults, buffer = mode == "tls", False, "", None, [], [], b""
            def say(text): c.sendall(text.encode() + b"\r\n")
            def line():
                nonlocal buffer
                while b"\n" not in buffer:
                    more = c.recv(65536)
                    if not more: raise EOFError
                    buffer += more
                one, buffer = buffer.split(b"\n", 1)
                if not one.endswith(b"\r"): faults.append("bare LF")
                one = one[:-1]
                if len(one) > 998: faults.append("line too long")
                if any(b > 127 for b in one): faults.append("8 bits")
                return one
            say("220 fake ESMTP")
            while True:
                text = line().decode("ascii", "replace")
                verb = text.split(" ")[0].upper()
                if verb == "EHLO":
                    greeted = True
                    offers = ["fake"] + (["STARTTLS"] if context and not encrypted else [])
                    offers += ["AUTH PLAIN LOGIN"] if encrypted else []
                    offers += ["8BITMIME", "SIZE 1000000"]
                    for i, o in enumerate(offers): say("250" + ("-" if i < len(offers) - 1 else " ") + o)
                elif verb == "STARTTLS" and context and not encrypted:
                    say("220 go on")
                    c, encrypted, greeted, buffer = context.wrap_socket(c, server_side=True), True, False, b""
                elif verb == "AUTH":
                    if not encrypted: say("538 encrypt first"); faults.append("password in the clear"); continue
                    kind = text.split(" ")[1].upper()
                    if kind == "PLAIN":
                        given = text.split(" ")[2] if text.count(" ") > 1 else (say("334 "), line().decode())[1]
                        name, word = base64.b64decode(given).decode().split("\0")[1:]
                    else:
                        say("334 VXNlcm5hbWU6"); name = base64.b64decode(line()).decode()
                        say("334 UGFzc3dvcmQ6"); word = base64.b64decode(line()).decode()
                    if word == "right \"pass\\word: 字": user = name; say("235 well")
                    else: say("535 no")
                elif verb == "MAIL":
                    found = re.fullmatch(r"MAIL FROM:<([^<>\s]+)>( SIZE=\d+)?", text)
                    if not greeted: say("503 EHLO first")
                    elif context and not encrypted: say("530 encrypt first")
                    elif not found: say("501 syntax")
                    else: sender, rcpt = found[1], []; say("250 well")
                elif verb == "RCPT":
                    found = re.fullmatch(r"RCPT TO:<([^<>\s]+)>", text)
                    if sender is None: say("503 MAIL first")
                    elif not found: say("501 syntax")
                    elif found[1].startswith("nobody"): say("550 no such user")
                    elif found[1].startswith("later"): say("451 try later")
                    else: rcpt.append(found[1]); say("250 well")
                elif verb == "DATA":
                    if not rcpt: say("503 RCPT first"); continue
                    say("354 go on")
                    lines = []
                    while (one := line()) != b".":
                        if one.startswith(b"."):
                            if not one.startswith(b".."): faults.append("a dot that was not doubled")
                            one = one[1:]
                        lines.append(one)
                    mail = email.message_from_bytes(b"\r\n".join(lines), policy=email.policy.default)
                    for name in ("Date", "From", "To", "Message-ID", "MIME-Version"):
                        if len(mail.get_all(name, [])) != 1: faults.append("header " + name)
                    if mail["Date"].datetime is None: faults.append("date")
                    if mail.defects: faults.append(str(mail.defects))
                    print(json.dumps({"from": sender, "to": rcpt, "subject": mail["Subject"],
                        "body": mail.get_content().replace("\r\n", "\n"), "id": mail["Message-ID"],
                        "encrypted": encrypted, "user": user, "faults": faults}), file=mails, flush=True)
                    if drops: drops -= 1; c.close(); return
                    say("250 taken"); sender = None
                elif verb == "QUIT": say("221 bye"); c.close(); return
                elif verb in ("RSET", "NOOP"): say("250 well")
                else: say("500 what?")

        while True:
            c, _ = listener.accept()
            c.settimeout(20)
            try:
                serve(context.wrap_socket(c, server_side=True) if mode == "tls" else c)
            except (EOFError, OSError, ValueError): pass
        """#
}
