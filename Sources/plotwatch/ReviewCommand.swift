import ArgumentParser
import Foundation
import Reporting
import Review
import Storage
import Village

struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Serve the inspectors' page: flags with pictures, verdicts, plots, cameras. 判定网页。",
        discussion: HelpText.discussion(
            """
            Open the address that is printed in a browser; Ctrl-C ends it. Only this machine reaches the page, unless \
            --listen names another address, which needs a passphrase that was set before. The connection is not \
            encrypted: listen only in a network that you trust. Every verdict is stored before the page answers.
            """,
            examples: [
                "plotwatch review village",
                "plotwatch review village --port 9000 --inspector 王",
                "plotwatch review village --set-passphrase",
                "plotwatch review village --listen 192.168.1.20",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Option(help: ArgumentHelp("0 takes any free one.", valueName: "port"))
    var port = 8377
    @Option(help: ArgumentHelp("The address of this machine to be reached under.", valueName: "address"))
    var listen: String?
    @Option(
        help: ArgumentHelp("A host name, besides addresses, that browsers may use; may be repeated.", valueName: "name")
    )
    var hostName: [String] = []
    @Option(help: ArgumentHelp("Who decides, until a browser says another name.", valueName: "label"))
    var inspector: String?
    @Flag(help: "Set the passphrase: typed, from PLOTWATCH_PASSPHRASE, or the first line of stdin; nothing is served.")
    var setPassphrase = false
    @OptionGroup var output: JSONOption

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
    }

    func run() async throws {
        let site = try siteArguments.load()
        let file = PassphraseFile(store: site.store)
        if setPassphrase { return try set(file) }
        let address = try listen.map { text in try ListenAddress(text) } ?? .loopback
        let server = try server(for: site, at: address, passphrase: file.read())
        try await serve(server, at: address, language: site.language)
    }

    /// The server, its store claimed. Apart from ``run()``: the optimizer of Swift 6.3 crashes on one long async function.
    private func server(for site: Site, at address: ListenAddress, passphrase: PassphraseHash?) throws -> ReviewServer {
        let settings = try ReviewSettings(
            address: address, port: port, hostNames: hostName, passphrase: passphrase,
            inspector: inspector ?? ProcessInfo.processInfo.environment["USER"]
                ?? (site.language == .zh ? "检查员" : "inspector"),
            siteFile: siteArguments.path, toolVersion: Tool.version, leaflet: Leaflet())
        guard FileManager.default.fileExists(atPath: site.store) else { throw StoreError.missing(path: site.store) }
        let open = try OpenSite(siteArguments, access: .write)
        try open.store.claim(site: site.id)
        let views = ReviewViews(path: siteArguments.path, open: open, models: try Machine.models(for: site))
        return try ReviewServer(
            settings: settings, store: open.store, views: views, rules: try Machine.caseworkRules(for: site),
            now: { Date() })
    }

    private func serve(_ server: ReviewServer, at address: ListenAddress, language: Language) async throws {
        let isJSON = output.json
        do {
            try await server.run { url in
                if isJSON {
                    Console.print(JSONDocuments.review(url: url))
                } else {
                    Console.say(
                        language == .zh ? "请在浏览器打开 \(url) （Ctrl-C 结束）" : "open \(url) in a browser (Ctrl-C ends)")
                }
            }
        } catch let error as ReviewRefusal {
            throw error
        } catch {
            throw Problem(
                zh: "\(address.text):\(port) 用不了（\(error)）：请换一个 --port 或 --listen",
                en: "\(address.text):\(port) cannot be listened on (\(error)): choose another --port or --listen")
        }
    }

    private func set(_ file: PassphraseFile) throws {
        try file.write(PassphraseHash(of: try PassphraseEntry.read()))
        if output.json {
            Console.print(JSONDocuments.review(passphraseFile: file.path))
        } else {
            Console.say(
                Bilingual(
                    zh: "口令设好了：\(file.path) 里只存加盐的散列，只有本人能读",
                    en: "the passphrase is set: \(file.path) holds its salted hash, for its owner alone"))
        }
    }
}

/// Where a new passphrase comes from.
enum PassphraseEntry {
    static func read() throws -> String {
        if let given = ProcessInfo.processInfo.environment["PLOTWATCH_PASSPHRASE"] { return given }
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(strippingNewline: true) else {
                throw Problem(zh: "标准输入里没有口令", en: "no passphrase came on stdin", status: .usage)
            }
            return line
        }
        let first = try typed("passphrase: ")
        guard try typed("once more: ") == first else {
            throw Problem(zh: "两次输入不一样：没有设", en: "the two differ: nothing was set", status: .usage)
        }
        return first
    }

    /// A line from the terminal that is not shown.
    private static func typed(_ prompt: String) throws -> String {
        Console.draw(prompt)
        var mode = termios()
        let isQuiet = tcgetattr(STDIN_FILENO, &mode) == 0
        var quiet = mode
        quiet.c_lflag &= ~tcflag_t(ECHO)
        if isQuiet { tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) }
        defer {
            if isQuiet { tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode) }
            Console.draw("\n")
        }
        guard let line = readLine(strippingNewline: true) else {
            throw Problem(zh: "什么也没有输入", en: "nothing was typed", status: .usage)
        }
        return line
    }
}
