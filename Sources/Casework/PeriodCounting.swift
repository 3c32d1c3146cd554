import Foundation
import Village

/// Counts a period's answer sheet from the ledger, the outbox and the advice.
public struct PeriodCounting: Sendable {
    let site: Site
    let clock: SiteClock
    let since: Date
    /// Not included.
    let until: Date
    /// As they stood at the end of the period.
    let cases: [Case]
    let advice: [Advice]
    /// Moments at which posts went out in the period, by channel.
    let posts: [String: [Date]]

    public init(
        site: Site, clock: SiteClock, since: Date, until: Date, cases: [Case], advice: [Advice], posts: [String: [Date]]
    ) {
        self.site = site
        self.clock = clock
        self.since = since
        self.until = until
        self.cases = cases
        self.advice = advice.filter { $0.at >= since && $0.at < until }
        self.posts = posts
    }

    /// The villages on file and in cases, by name; last what belongs to none, where there is any.
    public func villages() -> [PeriodSummary.Village] {
        let names = Set(site.households.compactMap(\.village) + cases.compactMap(\.village))
        var villages = names.sorted().map { name in
            PeriodSummary.Village(name: name, counters: counters { $0 == name })
        }
        let others = counters { $0 == nil }
        let isEmpty =
            !cases.contains { $0.village == nil } && !advice.contains { village(of: $0.household) == nil }
        if !isEmpty { villages.append(PeriodSummary.Village(name: nil, counters: others)) }
        return villages
    }

    public func town() -> PeriodSummary.Counters {
        var town = counters { _ in true }
        town.messages =
            site.channels.isEmpty && posts.isEmpty
            ? .absent(Bilingual(zh: "site.yaml 里没有消息渠道", en: "site.yaml has no channel for messages"))
            : .value(posts.values.reduce(0) { $0 + $1.count })
        return town
    }

    private func village(of household: String?) -> String? { household.flatMap { site.household($0)?.village } }

    private func counters(of belongs: (String?) -> Bool) -> PeriodSummary.Counters {
        let files = cases.filter { belongs($0.village ?? village(of: $0.household)) }
        let appeals = files.filter { $0.kind == .appeal && opened($0) }
        let households = Set(advice.filter { belongs(village(of: $0.household)) }.compactMap(\.household))
        let everAppeals = cases.contains { $0.kind == .appeal }
        return PeriodSummary.Counters(
            messages: messages(of: belongs),
            buildingCases: count(files) { $0.kind == .construction && opened($0) && $0.stage != .falseAlarm },
            policeCases: count(files) { $0.kind == .police && $0.stage == .closed && ended($0) },
            householdsAdvised: advised(households.count), appeals: everAppeals ? self.appeals(appeals) : nil,
            noAppeals: everAppeals
                ? nil : Bilingual(zh: "台账里从未登记过诉求", en: "no appeal was ever entered into the ledger"),
            cleanupsOpened: count(files) { $0.kind == .cleanup && opened($0) },
            cleanupsClosed: count(files) { $0.kind == .cleanup && $0.stage == .closed && ended($0) })
    }

    /// Messages of the channels that serve this village alone; the town's messages belong to no village.
    private func messages(of belongs: (String?) -> Bool) -> PeriodSummary.Count {
        let channels = site.channels.filter {
            $0.level != .town && belongs($0.village ?? village(of: $0.household))
        }
        guard !channels.isEmpty else {
            return .absent(Bilingual(zh: "没有只发给本村的渠道", en: "no channel serves this village alone"))
        }
        return .value(channels.reduce(0) { $0 + (posts[$1.id]?.count ?? 0) })
    }

    private func count(_ files: [Case], where isCounted: (Case) -> Bool) -> PeriodSummary.Count {
        guard !cases.isEmpty else {
            return .absent(Bilingual(zh: "台账还没有启用", en: "the ledger of cases is not in use"))
        }
        return .value(files.filter(isCounted).count)
    }

    private func advised(_ count: Int) -> PeriodSummary.Count {
        guard site.plots.contains(where: { $0.household != nil }) else {
            return .absent(Bilingual(zh: "地块没有对应到农户", en: "no plot names its household"))
        }
        return .value(count)
    }

    private func opened(_ file: Case) -> Bool { file.openedAt >= since && file.openedAt < until }
    private func ended(_ file: Case) -> Bool { file.endedAt.map { $0 >= since && $0 < until } ?? false }

    private func appeals(_ files: [Case]) -> PeriodSummary.Appeals {
        let assigned = files.filter { $0.reached[.dispatched] != nil }
        let atOnce = files.filter { $0.reached[.dispatched] == nil && $0.stage == .closed }
        let done = assigned.filter { $0.stage == .closed }
        return PeriodSummary.Appeals(
            received: files.count, answeredAtOnce: atOnce.count, assigned: assigned.count,
            undecided: files.count - atOnce.count - assigned.count, done: done.count,
            onTime: done.filter(wasOnTime).count)
    }

    /// By the term that was set, else by the timer for answers.
    private func wasOnTime(_ file: Case) -> Bool {
        let limit = file.deadlines.first { $0.id == "term" } ?? file.deadlines.first { $0.id == "answer" }
        guard let limit, let end = file.endedAt else { return false }
        return clock.day(of: end) <= limit.day
    }
}
