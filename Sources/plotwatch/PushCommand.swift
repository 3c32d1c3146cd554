import ArgumentParser
import Casework
import Foundation
import Messaging
import Reporting
import Storage
import Village

struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Send what is new to the channels of the site file: flags, cases, advice. 发消息。",
        discussion: HelpText.discussion(
            """
            Nothing leaves the machine unless site.yaml has a section messages. What cannot be sent waits in the store \
            and is tried again on the next push, so put push into cron behind run. Secrets come from the environment \
            or from files of mode 0600 and are never shown. Mail goes out through the program curl.
            """,
            examples: [
                "plotwatch push village --dry-run    # what would go where, and when", "plotwatch push village",
                "plotwatch push village --json",
            ], statuses: [.done, .couldNotRun, .usage]))

    @OptionGroup var siteArguments: SiteArguments
    @Flag(help: "Show what would be sent; write and send nothing.")
    var dryRun = false
    @OptionGroup var output: JSONOption

    func run() async throws {
        let ledger = try OpenLedger(siteArguments, access: dryRun ? .read : .write)
        let open = ledger.open
        guard !open.site.channels.isEmpty else {
            Console.say(
                Bilingual(
                    zh: "site.yaml 里没有 messages 一节：什么也不发", en: "site.yaml has no section messages: nothing is sent"))
            if output.json { Console.print(JSONDocuments.pushed([], dryRun: dryRun)) }
            return
        }
        let now = Machine.now
        let notices = NoticeBoard(site: open.site, clock: open.clock).notices(
            flags: try open.store.flags(), cases: try ledger.ledger.cases(), advice: try open.store.advice(), now: now)
        let outbox = Outbox(site: open.site, clock: open.clock, store: open.store) { try Self.reveal($0) }
        if dryRun { return try plan(notices, outbox, open: open, now: now) }
        let lock = try RunLock(path: open.site.store + ".push.lock")
        defer { lock.release() }
        let folder = (open.site.store as NSString).deletingLastPathComponent
        let transport = NetworkTransport(
            web: WebTransport(), mail: MailTransport(program: Machine.program("curl"), folder: folder))
        let reports = try await outbox.push(notices, through: transport, now: { Machine.now }) { seconds in
            try await Task.sleep(for: .seconds(seconds))
        }
        show(
            reports.map {
                .init(
                    channel: $0.channel, new: $0.new, sent: $0.sent, waiting: $0.waiting, failure: $0.failure,
                    planned: [])
            })
        if reports.contains(where: { $0.failure != nil }) { throw ExitStatus.couldNotRun }
    }

    private func plan(_ notices: [Notice], _ outbox: Outbox, open: OpenSite, now: Date) throws {
        show(
            try open.site.channels.map { channel in
                let rows = try outbox.planned(notices, channel: channel, now: now)
                return .init(
                    channel: channel.id, new: rows.count, sent: 0,
                    waiting: try open.store.waitingMessages(channel: channel.id).count, failure: nil,
                    planned: rows.map { ($0.key, open.clock.iso8601($0.dueAt)) })
            })
    }

    private func show(_ channels: [JSONDocuments.PushedChannel]) {
        if output.json { return Console.print(JSONDocuments.pushed(channels, dryRun: dryRun)) }
        for channel in channels {
            Console.print("\(channel.channel): new \(channel.new), sent \(channel.sent), waiting \(channel.waiting)")
            for row in channel.planned { Console.print("  \(row.due)  \(row.key)") }
            if let failure = channel.failure {
                Console.say(
                    Bilingual(
                        zh: "\(channel.channel)：没发出去（\(failure)），下次再试",
                        en: "\(channel.channel): \(failure); it will be tried again"))
            }
        }
    }

    @Sendable private static func reveal(_ secret: MessageChannel.Secret) throws -> String {
        switch secret {
        case .file(let path): return try SecretFile.read(path)
        case .environment(let name):
            guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
                throw MessagingProblem(message: "the variable \(name) of the environment is not set")
            }
            return value
        }
    }
}
