import Foundation
import Village

/// From what is counted in a pen to warnings and breeding advice.
public struct PenJudge: Sendable {
    /// One capture of the pen.
    public struct Moment: Sendable, Equatable {
        public var at: Date
        public var capture: String
        public var solarElevation: Double?
        public var count: Double?
        public var outside: Double?
        /// Animals a mu.
        public var density: Double?
        public var spread: Double?
        public var bareGround: Double?

        public init(
            at: Date, capture: String, solarElevation: Double?, count: Double?, outside: Double?, density: Double?,
            spread: Double?, bareGround: Double?
        ) {
            self.at = at
            self.capture = capture
            self.solarElevation = solarElevation
            self.count = count
            self.outside = outside
            self.density = density
            self.spread = spread
            self.bareGround = bareGround
        }
    }

    private let site: Site
    private let clock: SiteClock
    private let rules: StockingRules

    public init(site: Site, clock: SiteClock, rules: StockingRules) {
        self.site = site
        self.clock = clock
        self.rules = rules
    }

    /// - Parameter moments: in order of time.
    public func judge(_ plot: Plot, moments: [Moment]) -> (flags: [Flag], advice: [Advice]) {
        let counted = moments.filter { $0.count != nil }
        // By night they are indoors, and those that are not sit close together.
        let byDay = counted.filter { !isNight($0) }
        let flags = [none(plot, byDay), outside(plot, counted), night(plot, counted), crowded(plot, byDay)]
        let cards = [dense(plot, byDay), huddled(plot, byDay), worn(plot, moments), freshFruit(plot, counted)]
        return (flags.compactMap { $0 }, cards.compactMap { $0 })
    }

    // MARK: Warnings

    private func isInSeason(_ at: Date) -> Bool {
        let month = clock.day(of: at).components.month
        return rules.seasonFrom <= rules.seasonUntil
            ? (rules.seasonFrom...rules.seasonUntil).contains(month)
            : month >= rules.seasonFrom || month <= rules.seasonUntil
    }

    private func none(_ plot: Plot, _ counted: [Moment]) -> Flag? {
        guard plot.kind == .poultry, let seen = counted.last(where: { ($0.count ?? 0) > 0 }), let last = counted.last,
            isInSeason(last.at), last.at.timeIntervalSince(seen.at) >= rules.noneDays * 86_400,
            let first = counted.first(where: { $0.at > seen.at })
        else { return nil }
        let days = Int(last.at.timeIntervalSince(seen.at) / 86_400)
        return flag(
            plot, mark: "n", first: first.at, last: last.at, at: first.at.addingTimeInterval(rules.noneDays * 86_400),
            text: Bilingual(
                zh: "养殖地块\(plot.id)已\(days)天没有看到一只。请去看看：是已出栏、转圈，还是出了事。",
                en: "No animal was seen in \(plot.id) for \(days) days. Go and see: sold, moved, or in trouble?"))
    }

    private func outside(_ plot: Plot, _ counted: [Moment]) -> Flag? {
        guard let last = counted.last else { return nil }
        let day = counted.filter { last.at.timeIntervalSince($0.at) <= 86_400 && ($0.outside ?? 0) > 0 }
        guard day.count >= rules.outsideCaptures, let first = day.first else { return nil }
        let most = Int(day.compactMap(\.outside).max() ?? 0)
        return flag(
            plot, mark: "o", first: first.at, last: last.at, at: day[rules.outsideCaptures - 1].at,
            text: Bilingual(
                zh: "养殖地块\(plot.id)围栏外看到约\(most)只。请检查围栏。",
                en: "About \(most) animals were seen outside the fence of \(plot.id). Check the fence."))
    }

    private func isNight(_ moment: Moment) -> Bool { (moment.solarElevation ?? 90) < rules.nightElevation }

    /// Birds outside in several captures of the last night that was seen.
    private func night(_ plot: Plot, _ counted: [Moment]) -> Flag? {
        let nights = counted.filter(isNight)
        guard plot.kind == .poultry, let latest = counted.last else { return nil }
        let out = nights.filter { ($0.count ?? 0) + ($0.outside ?? 0) > 0 }
        guard let last = out.last, latest.at.timeIntervalSince(last.at) <= 86_400 else { return nil }
        let seen = out.filter { last.at.timeIntervalSince($0.at) <= PenJudge.longestNight }
        guard seen.count >= rules.nightCaptures, let first = seen.first,
            let most = seen.max(by: { ($0.count ?? 0) < ($1.count ?? 0) })
        else { return nil }
        let number = Int((most.count ?? 0) + (most.outside ?? 0))
        var zh = "养殖地块\(plot.id)夜里还有至少\(number)只鸡在外面（\(seen.count)张照片）。请傍晚收鸡、关好鸡舍门。"
        var en =
            "At least \(number) birds were out at night in \(plot.id) (\(seen.count) pictures). Bring them in at dusk and "
            + "close the coop."
        if let spread = most.spread, spread < rules.huddleSpread {
            zh += "它们挤成一堆（分散指数\(hundredths(spread))）：会受凉、会压死，也招野兽。"
            en += " They huddle (spread \(hundredths(spread))): cold, smothering and predators threaten them."
        }
        return flag(
            plot, mark: "d", first: first.at, last: last.at, at: seen[rules.nightCaptures - 1].at,
            text: Bilingual(zh: zh, en: en))
    }

    /// Seconds from the first to the last picture of one night.
    private static let longestNight = 16.0 * 3600

    private func crowded(_ plot: Plot, _ counted: [Moment]) -> Flag? {
        let limit = rules.limit(for: plot.pen)
        guard let peak = recent(counted), peak.density > limit.hard else { return nil }
        return flag(
            plot, mark: "h", first: peak.moment.at, last: peak.moment.at, at: peak.moment.at,
            text: Bilingual(
                zh: "养殖地块\(plot.id)看得见的就有每亩约\(Int(peak.density))只，超过上限\(Int(limit.hard))只（\(limit.hardSource)）。",
                en: "In \(plot.id) about \(Int(peak.density)) animals a mu can be seen, above the limit of "
                    + "\(Int(limit.hard)) (\(limit.hardSource))."))
    }

    private func flag(_ plot: Plot, mark: String, first: Date, last: Date, at: Date, text: Bilingual) -> Flag {
        WarningFlag.of(
            plot, kind: .livestock, id: "\(plot.id)-\(mark)\(clock.day(of: first).number)", first: first,
            last: last, at: at, isOver: false, confidence: 0.6, text: text)
    }

    // MARK: Advice

    /// The densest of the last week.
    private func recent(_ counted: [Moment]) -> (moment: Moment, density: Double)? {
        guard let last = counted.last else { return nil }
        return counted.filter { last.at.timeIntervalSince($0.at) <= 7 * 86_400 }.compactMap { moment in
            moment.density.map { (moment, $0) }
        }.max { $0.1 < $1.1 }
    }

    private func dense(_ plot: Plot, _ counted: [Moment]) -> Advice? {
        let limit = rules.limit(for: plot.pen)
        guard let peak = recent(counted), peak.density > limit.limit, peak.density <= limit.hard else { return nil }
        let seen = Int(peak.moment.count ?? 0), density = Int(peak.density.rounded())
        return card(
            plot, rule: "density", moment: peak.moment, title: Bilingual(zh: "密度偏高", en: "Stocking is dense"),
            seen: Bilingual(
                zh: "看得见\(seen)只，每亩约\(density)只（至少），建议不超过\(Int(limit.limit))只。",
                en: "\(seen) animals can be seen, at least \(density) a mu; advised are at most \(Int(limit.limit))."),
            action: Bilingual(
                zh: "分群轮牧，扩大放养地，或减少存栏；让草地歇一歇。",
                en: "Divide and rotate the flock, widen the run or keep fewer; rest the ground."),
            source: limit.source)
    }

    private func huddled(_ plot: Plot, _ counted: [Moment]) -> Advice? {
        let told = counted.filter { $0.spread != nil }.suffix(rules.huddleCaptures)
        guard told.count == rules.huddleCaptures, told.allSatisfy({ ($0.spread ?? 1) < rules.huddleSpread }),
            let last = told.last
        else { return nil }
        return card(
            plot, rule: "huddle", moment: last, title: Bilingual(zh: "扎堆", en: "Animals huddle"),
            seen: Bilingual(
                zh: "连续\(told.count)张照片挤在一起，分散指数\(hundredths(last.spread ?? 0))（1为随机）。",
                en:
                    "Crowded in \(told.count) pictures in a row: spread \(hundredths(last.spread ?? 0)) (1 = at random)."
            ),
            action: Bilingual(
                zh: "对照天气去看：受冷、受惊、抢食都会扎堆；注意保温、通风和饮水，有病态就请兽医。",
                en:
                    "Look, with the weather in mind: cold, fright or feeding; see to warmth, air and water; call a vet if ill."
            ),
            source: "https://cnhnb.com/xt/article-55145.html; https://www.ipmugo.com/article/68a8116d5e1f4eb007561f9d")
    }

    private func worn(_ plot: Plot, _ moments: [Moment]) -> Advice? {
        let bare = moments.filter { $0.bareGround != nil && isInSeason($0.at) }.suffix(rules.huddleCaptures)
        guard bare.count == rules.huddleCaptures, bare.allSatisfy({ ($0.bareGround ?? 0) > rules.bareShare }),
            moments.contains(where: { ($0.count ?? 0) > 0 }), let last = bare.last
        else { return nil }
        return card(
            plot, rule: "bare", moment: last, title: Bilingual(zh: "草地踩秃了", en: "The ground is bare"),
            seen: Bilingual(
                zh: "地块约\(Int(100 * (last.bareGround ?? 0)))%没有草。",
                en: "About \(Int(100 * (last.bareGround ?? 0))) % of the pen has no plants."),
            action: Bilingual(
                zh: "换一片地放养，让这里长草、消毒、休养。", en: "Move the flock; let this ground grow, be cleaned and rest."),
            source: "http://nfcpgx.org/html/NongChanJiShu/YangZhiJiShu/20120801/296247.html (批次间歇地)")
    }

    private func freshFruit(_ plot: Plot, _ counted: [Moment]) -> Advice? {
        guard plot.pen.freshFruit, let rule = rules.freshFruitRule(for: plot.pen),
            let seen = counted.last(where: { ($0.count ?? 0) > 0 })
        else { return nil }
        return card(
            plot, rule: "freshFruit", moment: seen,
            title: Bilingual(zh: "鲜果林下不养鸡", en: "No chickens under fresh fruit"),
            seen: Bilingual(
                zh: "鲜果树下看到\(Int(seen.count ?? 0))只。", en: "\(Int(seen.count ?? 0)) under fruit that is eaten fresh."),
            action: Bilingual(zh: "按本地规程，把鸡转到非鲜果林地。", en: "By the local rule, move them below other trees."),
            source: rule)
    }

    private func card(
        _ plot: Plot, rule: String, moment: Moment, title: Bilingual, seen: Bilingual, action: Bilingual, source: String
    ) -> Advice {
        let day = clock.day(of: moment.at)
        return Advice(
            id: CardID.of([site.id, plot.id, "pen-" + rule, day.description]), plot: plot.id, household: plot.household,
            camera: plot.camera, crop: nil, kind: .anomaly, at: moment.at, bbch: nil, title: title, seen: seen,
            action: action, confidence: 0.5, source: source, rule: "stocking/\(rule)", confirmedLocally: false,
            capture: moment.capture)
    }

    private func hundredths(_ value: Double) -> String { String(format: "%.2f", value) }
}

/// A warning of a whole plot as a flag.
enum WarningFlag {
    static func of(
        _ plot: Plot, kind: Flag.Kind, id: String, first: Date, last: Date, at: Date, isOver: Bool, confidence: Double,
        text: Bilingual
    ) -> Flag {
        var outline: Outline = []
        if case .polygon(let points) = plot.shape { outline = points }
        let xs = outline.map(\.x), ys = outline.map(\.y)
        let left = Int(xs.min() ?? 0), top = Int(ys.min() ?? 0)
        return Flag(
            id: id, plot: plot.id, neighbours: [], camera: plot.camera, household: plot.household, kind: kind,
            stage: isOver ? .removed : .unknown, status: .unclear, permit: nil, firstSeen: first,
            lastSeen: max(first, last), confirmedAt: at,
            box: [left, top, Int(xs.max() ?? 0) - left, Int(ys.max() ?? 0) - top], polygon: outline, areaInPixels: 0,
            areaInSquareMetres: nil, confidence: confidence,
            // A room's pictures are never evidence, and a pen's are found by their times.
            evidence: Flag.Evidence(before: nil, after: nil, mask: nil), explanation: text, stages: [])
    }
}
