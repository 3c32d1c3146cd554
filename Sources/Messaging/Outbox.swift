import Crypto
import Files
import Foundation
import Storage
import Village

/// Brings notices into the outbox and from there to the channels: at least once, each under one name, none lost.
public struct Outbox: Sendable {
    /// Seconds to wait after the first failure; doubled with each further one.
    public static let firstPause = 60.0
    /// Seconds that are never waited longer.
    public static let longestPause = 6.0 * 3600

    let site: Site
    let clock: SiteClock
    let store: Store
    /// The secret behind a reference; throws with what to do.
    let reveal: @Sendable (MessageChannel.Secret) throws -> String

    public init(
        site: Site, clock: SiteClock, store: Store, reveal: @escaping @Sendable (MessageChannel.Secret) throws -> String
    ) {
        self.site = site
        self.clock = clock
        self.store = store
        self.reveal = reveal
    }

    /// What happened in one channel.
    public struct Report: Sendable, Equatable {
        public var channel: String
        /// Notices that came in.
        public var new = 0
        /// Posts that went out.
        public var sent = 0
        /// Notices still waiting, for their time or for another try.
        public var waiting = 0
        /// Why the last try failed.
        public var failure: String?

        public init(channel: String) { self.channel = channel }
    }

    // MARK: In

    /// The rows that these notices would add, by the channels' gates.
    public func planned(_ notices: [Notice], channel: MessageChannel, now: Date) throws -> [OutboxRow] {
        let gate = MessageGate(channel: channel, clock: clock)
        let known = try store.knownMessages(channel: channel.id)
        var gathering = try store.waitingMessages(channel: channel.id).filter { $0.attempts == 0 }.map(\.dueAt).min()
        var told: [String: Date?] = [:]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try notices.filter { !known.contains($0.key) && gate.lets($0) }.map { notice in
            let camera = notice.camera ?? ""
            if told[camera] == nil {
                told[camera] = try store.lastMessage(channel: channel.id, topic: notice.topic.rawValue, camera: camera)
            }
            let due = gate.due(notice, now: now, gathering: gathering, last: told[camera] ?? nil)
            gathering = gathering ?? due
            return OutboxRow(
                key: notice.key, channel: channel.id, topic: notice.topic.rawValue, camera: notice.camera,
                createdAt: now, dueAt: due, body: String(decoding: try encoder.encode(notice), as: UTF8.self))
        }
    }

    // MARK: Out

    /// Takes notices in and sends what is due.
    ///
    /// - Parameter wait: pauses for the vendor's rate; seconds.
    public func push(
        _ notices: [Notice], through transport: any MessageTransport, now: () -> Date,
        wait: (Double) async throws -> Void
    ) async throws -> [Report] {
        var reports: [Report] = []
        for channel in site.channels {
            var report = Report(channel: channel.id)
            report.new = try store.enqueue(planned(notices, channel: channel, now: now()))
            try await deliver(channel, transport, &report, now: now, wait: wait)
            report.waiting = try store.waitingMessages(channel: channel.id).count
            reports.append(report)
        }
        return reports
    }

    private func deliver(
        _ channel: MessageChannel, _ transport: any MessageTransport, _ report: inout Report, now: () -> Date,
        wait: (Double) async throws -> Void
    ) async throws {
        // Quiet hours hold what failed before them, too.
        guard MessageGate(channel: channel, clock: clock).awake(now()) <= now() else { return }
        for (post, keys) in try duePosts(channel, now: now()) {
            try await keepRate(channel, now: now, wait: wait)
            let attempts = try store.waitingMessages(channel: channel.id).first { $0.key == keys.first }?.attempts ?? 0
            switch await send(post, channel, transport, now: now()) {
            case .sent:
                try store.markSent(keys, channel: channel.id, at: now())
                report.sent += 1
            case .failed(let seconds, let reason):
                let pause = max(seconds ?? 0, Self.pause(after: attempts))
                try store.postpone(keys, channel: channel.id, until: now().addingTimeInterval(pause), reason: reason)
                report.failure = reason
                // The next post would fare no better, and would only anger the service.
                return
            }
        }
    }

    /// Seconds before the next try.
    public static func pause(after attempts: Int) -> Double {
        min(firstPause * Double(1 << min(attempts, 20)), longestPause)
    }

    private enum Sending {
        case sent
        case failed(seconds: Double?, reason: String)
    }

    private func send(_ post: Post, _ channel: MessageChannel, _ transport: any MessageTransport, now: Date) async
        -> Sending
    {
        do {
            if channel.kind == .files {
                try write(post, channel, now: now)
                return .sent
            }
            let request: VendorRequest
            if let mail = channel.mail {
                request = VendorRequest(post, mail: mail, password: try channel.secret.map(reveal), now: now)
            } else if let address = channel.address {
                request = try VendorRequest(
                    post, kind: channel.kind, address: try reveal(address), secret: try channel.secret.map(reveal),
                    now: now)
            } else {
                return .failed(seconds: nil, reason: "the channel has no address")
            }
            let reply = try await transport.post(request)
            switch reply.delivery(channel.kind) {
            case .sent: return .sent
            case .later(let seconds, let reason): return .failed(seconds: seconds, reason: reason)
            // Tried again all the same: a robot that was switched off may be switched on.
            case .refused(let reason): return .failed(seconds: nil, reason: reason)
            }
        } catch let failure as TransportFailure {
            return .failed(seconds: nil, reason: failure.reason)
        } catch let problem as MessagingProblem {
            return .failed(seconds: nil, reason: problem.message)
        } catch {
            return .failed(seconds: nil, reason: "the message could not be put together")
        }
    }

    /// What is due, as posts: those that failed before as they were, then new ones.
    private func duePosts(_ channel: MessageChannel, now: Date) throws -> [(post: Post, keys: [String])] {
        let due = try store.waitingMessages(channel: channel.id).filter { $0.dueAt <= now }
        let decoder = JSONDecoder()
        func notices(_ rows: [OutboxRow]) throws -> [Notice] {
            try rows.map { try decoder.decode(Notice.self, from: Data($0.body.utf8)) }
        }
        func posts(_ rows: [OutboxRow]) throws -> [(post: Post, keys: [String])] {
            Post.posts(of: try notices(rows), channel: channel, site: site) { identity(of: $0, channel: channel.id) }
        }
        var order: [String] = [], bound: [String: [OutboxRow]] = [:]
        for row in due {
            guard let post = row.post else { continue }
            if bound[post] == nil { order.append(post) }
            bound[post, default: []].append(row)
        }
        var result: [(post: Post, keys: [String])] = []
        for id in order { result += try posts(bound[id] ?? []) }
        for entry in try posts(due.filter { $0.post == nil }) {
            try store.bind(entry.keys, channel: channel.id, to: entry.post.id)
            result.append(entry)
        }
        return result
    }

    /// A post's name: the same notices in the same channel of the same site always have it.
    private func identity(of keys: [String], channel: String) -> String {
        let text = ([site.id, channel] + keys).joined(separator: "\n")
        return JournalChain.hexadecimal(SHA256.hash(data: Data(text.utf8)).prefix(16))
    }

    /// Waits until one more post is within the vendor's rate.
    private func keepRate(_ channel: MessageChannel, now: () -> Date, wait: (Double) async throws -> Void) async throws
    {
        let rules = VendorRules.of(channel.kind)
        for (count, span) in [(rules.perSecond, 1.0), (rules.perMinute, 60.0)] {
            let sent = try store.postsSent(channel: channel.id, since: now().addingTimeInterval(-span))
            guard sent.count >= count else { continue }
            // Half a second more: the vendor's clock is not ours.
            let pause = sent[sent.count - count].addingTimeInterval(span + 0.5).timeIntervalSince(now())
            if pause > 0 { try await wait(pause) }
        }
    }

    /// A text file whose name sorts by time; whole or not at all.
    private func write(_ post: Post, _ channel: MessageChannel, now: Date) throws {
        guard let folder = channel.folder else { throw MessagingProblem(message: "the channel has no folder") }
        let request = try VendorRequest(post, kind: .files, address: "", secret: nil, now: now)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw MessagingProblem(message: "\(folder) could not be made: check permissions and space")
        }
        do {
            try WholeFile.write(request.body, to: "\(folder)/\(clock.day(of: now))-\(post.id).txt")
        } catch {
            throw MessagingProblem(message: error.message)
        }
    }
}

/// Something about a channel that a person has to put right; never holds a secret.
public struct MessagingProblem: Error, Sendable, Equatable {
    public var message: String

    public init(message: String) { self.message = message }
}
