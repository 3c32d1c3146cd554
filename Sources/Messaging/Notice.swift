import Foundation
import Village

/// Something worth telling, before it is known whom and when.
public struct Notice: Sendable, Equatable, Codable {
    /// What it is about and how that stands: the same key is told once to a channel.
    public var key: String
    public var topic: MessageChannel.Topic
    public var camera: String?
    public var village: String?
    public var household: String?
    /// 0…1; `nil` where there is nothing to doubt.
    public var confidence: Double?
    public var title: Bilingual
    public var text: Bilingual

    public init(
        key: String, topic: MessageChannel.Topic, camera: String?, village: String?, household: String?,
        confidence: Double?, title: Bilingual, text: Bilingual
    ) {
        self.key = key
        self.topic = topic
        self.camera = camera
        self.village = village
        self.household = household
        self.confidence = confidence
        self.title = title
        self.text = text
    }
}

/// From what is stored to what is worth telling.
public struct NoticeBoard: Sendable {
    /// Advice older than this is no news. Days.
    public static let newsAge = 7

    let site: Site
    let clock: SiteClock

    public init(site: Site, clock: SiteClock) {
        self.site = site
        self.clock = clock
    }

    public func notices(flags: [Flag], cases: [Case], advice: [Advice], now: Date) -> [Notice] {
        flags.filter { $0.isOpen && $0.decision?.verdict.kind != .unsure }.map(notice)
            + cases.flatMap { notices($0, today: clock.day(of: now)) }
            + advice.filter { $0.at <= now && now.timeIntervalSince($0.at) <= Double(Self.newsAge) * 86_400 }.map(
                notice)
    }

    private func village(of household: String?) -> String? { household.flatMap { site.household($0)?.village } }

    private func notice(_ flag: Flag) -> Notice {
        Notice(
            key: "flag/\(flag.id)/\(flag.status.rawValue)/\(flag.stage.rawValue)", topic: .flags, camera: flag.camera,
            village: village(of: flag.household), household: flag.household, confidence: flag.confidence,
            title: Bilingual(zh: "线索 \(flag.id)", en: "Lead \(flag.id)"),
            text: Bilingual(
                zh: flag.explanation.zh + "（线索，不是证据，请到现场核查）",
                en: flag.explanation.en + " (A lead, not proof: go and look.)"))
    }

    private func notices(_ file: Case, today: Day) -> [Notice] {
        guard !file.stage.isEnd else { return [] }
        func notice(_ key: String, _ title: Bilingual, _ text: Bilingual) -> Notice {
            Notice(
                key: "case/\(file.number)/\(key)", topic: .cases, camera: nil,
                village: file.village ?? village(of: file.household), household: nil, confidence: nil, title: title,
                text: text)
        }
        var notices: [Notice] = []
        if file.stage == .dispatched, let assignee = file.assignee {
            let due = file.due.map { Bilingual(zh: "，期限\($0.day)", en: ", due \($0.day)") }
            notices.append(
                notice(
                    "dispatched/\(assignee)/\(file.due?.day.description ?? "")",
                    Bilingual(zh: "派单 \(file.number)", en: "Case \(file.number)"),
                    Bilingual(
                        zh: "\(file.title)：请\(assignee)到现场核查\(due?.zh ?? "")。",
                        en: "\(file.title): \(assignee), please check on site\(due?.en ?? "").")))
        }
        if let due = file.due, file.isOverdue(on: today) {
            notices.append(
                notice(
                    "overdue/\(due.id)/\(due.day)", Bilingual(zh: "超期 \(file.number)", en: "Overdue \(file.number)"),
                    Bilingual(
                        zh: "\(file.title)：\(due.name.zh)应在\(due.day)前完成\(file.assignee.map { "，\($0)" } ?? "")。",
                        en:
                            "\(file.title): \(due.name.en) was due on \(due.day)\(file.assignee.map { ", \($0)" } ?? "")."
                    )))
        }
        return notices
    }

    private func notice(_ card: Advice) -> Notice {
        Notice(
            key: "advice/\(card.id)", topic: .advice, camera: nil, village: village(of: card.household),
            household: card.household, confidence: nil,
            title: Bilingual(zh: "\(card.plot) \(card.title.zh)", en: "\(card.plot) \(card.title.en)"),
            text: Bilingual(zh: card.seen.zh + card.action.zh, en: card.seen.en + " " + card.action.en))
    }
}
