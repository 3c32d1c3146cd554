import Foundation
import Testing

@Suite struct ReviewTests {
    private func page(_ path: String, port: Substring, host: String = "127.0.0.1", filter: String = "cat") throws
        -> String
    {
        try Command.shell(
            """
            exec 3<>/dev/tcp/127.0.0.1/\(port)
            printf 'GET \(path) HTTP/1.1\\r\\nHost: \(host)\\r\\nConnection: close\\r\\n\\r\\n' >&3
            \(filter) <&3
            """
        ).out
    }

    /// The lines above the body.
    private func head(_ path: String, port: Substring) throws -> String {
        try page(path, port: port, filter: "LC_ALL=C sed '/^\r$/q'")
    }

    @Test func thePageIsServedFromTheStoreUntilItIsStopped() throws {
        let village = try VillageFolder()
        #expect(try Command.run("run", village.path).status == 0)
        let server = try Command(["review", village.path, "--port", "0"])
        #expect(server.waits(for: "(Ctrl-C ends)"))
        let port = try #require(server.errorsSoFar.firstMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\//)?.output.1)
        let home = try page("/", port: port)
        #expect(home.hasPrefix("HTTP/1.1 200 OK") && home.contains("大溪镇") && home.contains("/pictures/reference/cam"))
        #expect(try page("/flags", port: port).contains("roof"))
        #expect(try head("/pictures/reference/cam", port: port).contains("image/jpeg"))
        #expect(try head("/pictures/capture/1?width=320", port: port).contains("image/jpeg"))
        #expect(try page("/plots/p1", port: port).contains("<svg class=\"chart\""))
        #expect(try page("/", port: port, host: "evil.example").hasPrefix("HTTP/1.1 421"))
        kill(server.identifier, SIGTERM)
        #expect(server.end().status == 0)
    }

    @Test func othersAreServedOnlyAfterAPassphraseWasSet() throws {
        let village = try VillageFolder(pictures: 1)
        let refused = try Command.run("review", village.path, "--listen", "0.0.0.0")
        #expect(refused.status == 2 && refused.err.contains("--set-passphrase"), "\(refused)")
        #expect(!village.contents.contains("plotwatch.passphrase"))
        for weak in ["", "short", "aaaaaaaaaaaaaaaaaaaa"] {
            let result = try Command.run(
                "review", village.path, "--set-passphrase", environment: ["PLOTWATCH_PASSPHRASE": weak])
            #expect(result.status == 2 && result.err.contains("passphrase"), "\(result)")
        }
        let set = try Command.run(
            "review", village.path, "--set-passphrase", "--json",
            environment: ["PLOTWATCH_PASSPHRASE": "four words are enough"])
        #expect(set.status == 0 && set.out.hasPrefix("{\"plotwatch\":\"1\",\"kind\":\"review\""), "\(set)")
        let file = village.path + "/plotwatch.passphrase"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.hasPrefix("$scrypt$ln=17,r=8,p=1$") && !text.contains("four"))
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
        // Past the passphrase, what is missing is the store.
        let next = try Command.run("review", village.path, "--listen", "0.0.0.0")
        #expect(next.status == 1 && next.err.contains("plotwatch run"), "\(next)")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let open = try Command.run("review", village.path)
        #expect(open.status == 2 && open.err.contains("chmod 600"), "\(open)")
    }

    @Test(arguments: [["--listen", "example.org"], ["--port", "70000"], ["--listen", "0.0.0.0:80"]])
    func aWrongAddressIsUsage(words: [String]) throws {
        let village = try VillageFolder(pictures: 1)
        let result = try Command(["review", village.path] + words).end()
        #expect(result.status == 2 && !result.err.isEmpty, "\(result)")
    }
}
