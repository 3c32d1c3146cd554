import Foundation
import Testing
import Village

@testable import Messaging

@Suite struct GateTests {
    let clock: SiteClock

    init() throws { clock = try #require(SiteClock(timeZone: "Asia/Shanghai")) }

    private func at(_ text: String) throws -> Date { try #require(clock.instant(text)) }

    private func notice(
        _ topic: MessageChannel.Topic, confidence: Double? = nil, village: String? = nil, household: String? = nil
    )
        -> Notice
    {
        Notice(
            key: "k", topic: topic, camera: "cam", village: village, household: household, confidence: confidence,
            title: Bilingual(zh: "", en: ""), text: Bilingual(zh: "", en: ""))
    }

    @Test func scoreTopicAndLevel() {
        var channel = MessageChannel(id: "c", kind: .files)
        channel.minimumConfidence = 0.6
        func lets(_ notice: Notice) -> Bool { MessageGate(channel: channel, clock: clock).lets(notice) }
        #expect(lets(notice(.flags, confidence: 0.6)) && !lets(notice(.flags, confidence: 0.59)))
        #expect(lets(notice(.cases)))
        channel.topics = [.advice]
        #expect(!lets(notice(.cases)) && lets(notice(.advice)))
        channel = MessageChannel(id: "c", kind: .files)
        channel.level = .village
        channel.village = "平地坝村"
        #expect(
            lets(notice(.flags, confidence: 1, village: "平地坝村")) && !lets(notice(.flags, confidence: 1, village: "别村")))
        #expect(!lets(notice(.flags, confidence: 1)))
        channel.level = .household
        channel.household = "h1"
        #expect(lets(notice(.advice, village: "平地坝村", household: "h1")) && !lets(notice(.advice, household: "h2")))
        #expect(!lets(notice(.flags, confidence: 1, household: "h1")), "who builds is not told by robot")
    }

    /// Quiet from nine to half past seven, over midnight.
    @Test(arguments: [
        ("2024-05-01T20:59", "2024-05-01T20:59"), ("2024-05-01T21:00", "2024-05-02T07:30"),
        ("2024-05-01T23:59", "2024-05-02T07:30"), ("2024-05-02T00:00", "2024-05-02T07:30"),
        ("2024-05-02T07:29", "2024-05-02T07:30"), ("2024-05-02T07:30", "2024-05-02T07:30"),
    ]) func quietHours(now: String, due: String) throws {
        var channel = MessageChannel(id: "c", kind: .files)
        channel.mergeWindow = 0
        channel.quiet = .init(from: 21 * 60, until: 450)
        let gate = MessageGate(channel: channel, clock: clock)
        #expect(gate.due(notice(.cases), now: try at(now), gathering: nil, last: nil) == (try at(due)))
    }

    @Test func digestMergeAndCooldown() throws {
        var channel = MessageChannel(id: "c", kind: .files)
        channel.mergeWindow = 30
        var gate = MessageGate(channel: channel, clock: clock)
        let now = try at("2024-05-01T10:00")
        #expect(gate.due(notice(.flags), now: now, gathering: nil, last: nil) == (try at("2024-05-01T10:30")))
        // What is gathered already takes it along.
        #expect(
            gate.due(notice(.flags), now: now, gathering: try at("2024-05-01T10:05"), last: nil)
                == (try at("2024-05-01T10:05")))
        channel.cooldown = 24
        gate = MessageGate(channel: channel, clock: clock)
        #expect(
            gate.due(notice(.flags), now: now, gathering: nil, last: try at("2024-05-01T09:00"))
                == (try at("2024-05-02T09:00")))
        #expect(
            gate.due(notice(.cases), now: now, gathering: nil, last: try at("2024-05-01T09:00"))
                == (try at("2024-05-01T10:30")))
        channel.digest = 8 * 60
        gate = MessageGate(channel: channel, clock: clock)
        #expect(gate.due(notice(.cases), now: now, gathering: nil, last: nil) == (try at("2024-05-02T08:00")))
        #expect(
            gate.due(notice(.cases), now: try at("2024-05-01T07:20"), gathering: nil, last: nil)
                == (try at("2024-05-01T08:00")))
    }

    /// Values of Python's hmac and base64: the secrets' own samples are not published with results.
    @Test func signatures() throws {
        let post = Post(id: "id", title: "t", paragraphs: ["p"])
        let now = Date(timeIntervalSince1970: 1_577_262_236.757)
        let ding = try VendorRequest(
            post, kind: .dingtalk, address: "https://oapi.dingtalk.com/robot/send?access_token=x",
            secret: "this is secret",
            now: now)
        #expect(
            ding.address
                == "https://oapi.dingtalk.com/robot/send?access_token=x&timestamp=1577262236757&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D"
        )
        let feishu = try VendorRequest(
            post, kind: .feishu, address: "https://open.feishu.cn/open-apis/bot/v2/hook/x", secret: "demo",
            now: Date(timeIntervalSince1970: 1_599_360_473))
        #expect(
            String(decoding: feishu.body, as: UTF8.self).contains(
                "\"sign\":\"l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=\""))
        #expect(String(decoding: feishu.body, as: UTF8.self).contains("\"timestamp\":\"1599360473\""))
    }

    /// Names of plots and people are only text.
    @Test(arguments: [
        (MessageChannel.Kind.wecom, "<@all>"), (.wecom, "[点我](http://evil.example)"), (.dingtalk, "@13800000000"),
        (.dingtalk, "# 大标题"), (.slack, "<!channel>"), (.slack, "<http://evil.example|点我>"),
        (.dingtalk, "![](http://e)"),
    ]) func markupIsOnlyText(kind: MessageChannel.Kind, hostile: String) throws {
        let request = try VendorRequest(
            Post(id: "id", title: hostile, paragraphs: [hostile + "\n" + hostile]), kind: kind, address: "https://a",
            secret: nil, now: Date(timeIntervalSince1970: 0))
        #expect(!String(decoding: request.body, as: UTF8.self).contains(hostile))
    }
}
