import Foundation
import Storage
import Synchronization
import TestKit
import Testing
import Village

@testable import Messaging

@Suite struct OutboxTests {
    let folder: TemporaryFolder
    let store: Store
    let clock: SiteClock

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.url.appending(path: "s.sqlite").path, access: .write)
        clock = try #require(SiteClock(timeZone: "Asia/Shanghai"))
    }

    static let address = "https://example.invalid/robot/send?access_token=abc"

    private func channel(_ kind: MessageChannel.Kind, secret: Bool = true) -> MessageChannel {
        var channel = MessageChannel(id: "town", kind: kind)
        channel.address = .environment("ADDRESS")
        channel.secret = secret && (kind == .dingtalk || kind == .feishu) ? .environment("SECRET") : nil
        channel.mergeWindow = 0
        if kind == .files { channel.folder = folder.url.appending(path: "out").path }
        return channel
    }

    private func outbox(_ channel: MessageChannel) -> Outbox {
        var site = Site(
            id: "daxi", name: "大溪镇", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/tmp",
            archive: "/tmp", store: "/tmp/s", cameras: [], plots: [], permits: [], households: [])
        site.channels = [channel]
        return Outbox(site: site, clock: clock, store: store) { secret in
            secret == .environment("ADDRESS") ? Self.address : "SECret/+="
        }
    }

    static func notices(_ count: Int, length: Int = 40, from: Int = 0) -> [Notice] {
        (from..<(from + count)).map { number in
            Notice(
                key: "flag/cam-\(number)", topic: .flags, camera: "cam", village: nil, household: nil, confidence: 0.9,
                title: Bilingual(zh: "线索 \(number)", en: "lead \(number)"),
                text: Bilingual(zh: String(repeating: "墙", count: length), en: String(repeating: "w", count: length)))
        }
    }

    private func push(_ outbox: Outbox, _ vendor: FakeVendor, _ notices: [Notice]) async throws -> Outbox.Report {
        let reports = try await outbox.push(notices, through: vendor, now: { vendor.state.withLock { $0.now } }) {
            seconds in
            vendor.state.withLock { $0.now += seconds }
        }
        return try #require(reports.first)
    }

    private func texts(_ vendor: FakeVendor) -> String {
        vendor.state.withLock { state in state.accepted.map { String(decoding: $0.body, as: UTF8.self) }.joined() }
    }

    private static let robots: [MessageChannel.Kind] = [.dingtalk, .wecom, .feishu, .slack]

    /// 300 notices of full length: signed, within size, within rate, none lost, none twice.
    @Test(arguments: robots) func theVendorTakesEverything(kind: MessageChannel.Kind) async throws {
        let channel = channel(kind)
        let vendor = FakeVendor(kind, address: Self.address, secret: channel.secret == nil ? nil : "SECret/+=")
        let report = try await push(outbox(channel), vendor, Self.notices(300, length: 400))
        #expect(report.new == 300 && report.waiting == 0 && report.failure == nil, "\(report)")
        vendor.state.withLock { state in
            #expect(state.refusals.isEmpty, "\(state.refusals)")
            #expect(state.repeats == 0 && state.accepted.count == report.sent && report.sent > 1)
        }
        let all = texts(vendor)
        for number in 0..<300 {
            #expect(all.components(separatedBy: "线索 \(number)：").count == 2, "\(number)")
        }
        // The same again is no news.
        #expect(try await push(outbox(channel), vendor, Self.notices(300, length: 400)).new == 0)
    }

    @Test(arguments: [MessageChannel.Kind.dingtalk, .feishu])
    func aWrongSecretIsRefusedAndNothingIsLost(kind: MessageChannel.Kind) async throws {
        let vendor = FakeVendor(kind, address: Self.address, secret: "another")
        let report = try await push(outbox(channel(kind)), vendor, Self.notices(3))
        #expect(report.sent == 0 && report.waiting == 3 && report.failure?.contains("sign") == true, "\(report)")
        #expect(report.failure?.contains("SECret") == false && report.failure?.contains("abc") == false)
        #expect(try store.waitingMessages(channel: "town").map(\.attempts) == [1, 1, 1])
    }

    /// Down for a day, tried every minute: few attempts, then all of it, once.
    @Test func nothingIsLostWhileTheNetworkIsDown() async throws {
        let channel = channel(.wecom), outbox = outbox(channel)
        let vendor = FakeVendor(.wecom, address: Self.address)
        vendor.state.withLock { $0.isUp = false }
        for step in 0..<144 {
            _ = try await push(outbox, vendor, Self.notices(min(step / 10 + 1, 10)))
            vendor.state.withLock { $0.now += 600 }
        }
        let waiting = try store.waitingMessages(channel: "town")
        #expect(waiting.count == 10)
        #expect(
            waiting.allSatisfy { $0.attempts > 2 && $0.attempts < 20 && $0.reason == "no network" },
            "\(waiting.map(\.attempts))")
        vendor.state.withLock { $0.isUp = true }
        for _ in 0..<72 {
            _ = try await push(outbox, vendor, [])
            vendor.state.withLock { $0.now += 600 }
        }
        #expect(try store.waitingMessages(channel: "town").isEmpty)
        for number in 0..<10 { #expect(texts(vendor).components(separatedBy: "线索 \(number)：").count == 2) }
    }

    /// The answer is lost on its way back: sent again under the same name, so that the receiver can tell.
    @Test(arguments: robots) func aLostAnswerMakesNoSecondMessage(kind: MessageChannel.Kind) async throws {
        let channel = channel(kind, secret: false), outbox = outbox(channel)
        let vendor = FakeVendor(kind, address: Self.address)
        vendor.state.withLock { $0.lostAnswers = 2 }
        for _ in 0..<4 {
            // New notices come in between and must not join the post that is under way.
            let count = vendor.state.withLock { $0.repeats } + 1
            _ = try await push(outbox, vendor, Self.notices(count))
            vendor.state.withLock { $0.now += 7 * 3600 }
        }
        vendor.state.withLock { state in
            #expect(state.repeats >= 1)
            #expect(Set(state.accepted.map(\.identity)).count == state.accepted.count)
        }
        #expect(try store.waitingMessages(channel: "town").isEmpty)
        #expect(texts(vendor).components(separatedBy: "线索 0：").count == 2)
    }

    @Test func anotherProcessGoesOn() async throws {
        let vendor = FakeVendor(.slack, address: Self.address)
        vendor.state.withLock { $0.isUp = false }
        _ = try await push(outbox(channel(.slack)), vendor, Self.notices(5))
        vendor.state.withLock {
            $0.isUp = true; $0.now += 7200
        }
        let again = try Store(path: store.path, access: .write)
        var site = Site(
            id: "daxi", name: "大溪镇", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/tmp",
            archive: "/tmp", store: "/tmp/s", cameras: [], plots: [], permits: [], households: [])
        site.channels = [channel(.slack)]
        let other = Outbox(site: site, clock: clock, store: again) { _ in Self.address }
        let report = try await push(other, vendor, [])
        #expect(report.sent == 1 && report.waiting == 0)
    }

    @Test func filesAreWrittenWhole() async throws {
        let channel = channel(.files)
        let vendor = FakeVendor(.files, address: "")
        #expect(try await push(outbox(channel), vendor, Self.notices(3)).sent == 1)
        let names = try FileManager.default.contentsOfDirectory(atPath: try #require(channel.folder))
        #expect(names.count == 1 && names[0].hasSuffix(".txt"))
        let text = try String(contentsOfFile: try #require(channel.folder) + "/" + names[0], encoding: .utf8)
        #expect(text.contains("线索 0：") && text.contains("线索 2：") && text.contains("大溪镇"))
    }

    /// What cannot be written is told and waits; nothing half is left.
    @Test func aFolderThatCannotBeWrittenLosesNothing() async throws {
        let channel = channel(.files)
        let place = try #require(channel.folder)
        try Data("a file".utf8).write(to: URL(fileURLWithPath: place))
        let vendor = FakeVendor(.files, address: "")
        let report = try? await push(outbox(channel), vendor, Self.notices(3))
        #expect(report?.sent ?? 0 == 0)
        #expect(try store.waitingMessages(channel: "town").count == 3)
        try FileManager.default.removeItem(atPath: place)
        vendor.state.withLock { $0.now += 7200 }
        #expect(try await push(outbox(channel), vendor, []).sent == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).allSatisfy { $0.hasSuffix(".txt") })
    }

    @Test func pausesDoubleUpToALimit() {
        let pauses = (0..<30).map(Outbox.pause)
        #expect(pauses[0] == 60 && pauses[1] == 120 && pauses[29] == 6 * 3600)
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    }
}
