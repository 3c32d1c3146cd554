import Series
import Village

/// Walks the days of one camera in order and says what each plot showed.
struct GrowthWatch {
    let grid: CameraGrid
    let parameters: AdvisingParameters
    private(set) var findings: [GrowthFinding] = []
    /// For each plot.
    private(set) var marks: [[StageMark]]

    private var residuals: ResidualRule
    private let cuts: CutRule
    private var states: [PlotState]

    private struct PlotState {
        var streaks: [Quantity: Streak] = [:]
        var quietUntil: Day?
        var weedsQuietUntil: Day?
        var rises: [Rise]
    }

    private struct Streak {
        var count: Int
        var row: Int
        /// Whether most of the effect came in one step.
        var isAbrupt: Bool
        var residual: Residual
    }

    private struct Rise {
        let sign: Crop.Stage.Sign
        let quantity: Quantity
        var follower: SeasonalRise
    }

    init(grid: CameraGrid, parameters: AdvisingParameters) {
        self.grid = grid
        self.parameters = parameters
        residuals = ResidualRule(grid: grid, parameters: parameters.anomaly)
        cuts = CutRule(grid: grid, parameters: parameters.events)
        marks = [[StageMark]](repeating: [], count: grid.plots.count)
        let events = parameters.events
        states = grid.plots.map { plot in
            var rises: [Rise] = []
            let signs = Set((plot.crop?.stages ?? []).compactMap(\.sign))
            for (sign, quantity, threshold) in [
                (Crop.Stage.Sign.bloom, Quantity.bloom, events.bloomRise), (.ripeColour, .ripeColour, events.colouringRise), (.leafOut, .gcc, events.leafRise),
            ] where signs.contains(sign) {
                let follower = SeasonalRise(threshold: threshold, peakFall: events.peakFall, endShare: Self.endShare, rows: events.rows)
                rises.append(Rise(sign: sign, quantity: quantity, follower: follower))
            }
            return PlotState(rises: rises)
        }
        for row in grid.days.indices {
            for member in grid.plots.indices where grid.plots[member].crop != nil && grid.plots[member].isMeasured(at: row) {
                look(at: member, row)
            }
        }
    }

    /// Share of its highest rise at which blossom, colour or leaves count as gone; ours.
    private static let endShare = 0.25
    /// An anomaly is called a scorch where so much of it came in one step of at most so many days; ours.
    private static let abruptShare = 0.6
    private static let abruptDays = 6
    /// How long after blossom or ripe colour was seen it still explains a change of colour; ours.
    private static let confusionDays = 10
    /// Without measured days before the season, a rise from nothing must be so many times as high; ours.
    private static let unknownLevelFactor = 2.0

    private mutating func look(at member: Int, _ row: Int) {
        guard let crop = grid.plots[member].crop else { return }
        let day = grid.days[row]
        followRises(member, row, crop)
        let stage = crop.stage(on: day, in: grid.plots[member].region)
        if lookForCut(member, row, crop, stage) { return }
        lookForWeeds(member, row, crop)
        lookForSymptoms(member, row, crop, stage)
    }

    // MARK: rises

    private mutating func followRises(_ member: Int, _ row: Int, _ crop: Crop) {
        let day = grid.days[row]
        for index in states[member].rises.indices {
            let (sign, quantity) = (states[member].rises[index].sign, states[member].rises[index].quantity)
            guard let value = grid.plots[member].value(quantity, row) else { continue }
            let season = Self.season(of: sign, crop, grid.plots[member].region, day, slack: parameters.events.slackDays)
            guard season != nil || states[member].rises[index].follower.isUnderWay else { continue }
            let level = level(of: member, quantity, before: day)
            let base = states[member].rises[index].follower.threshold
            let threshold = level == nil && sign != .leafOut ? base * Self.unknownLevelFactor : base
            guard level != nil || sign != .leafOut else { continue }
            let shared = value - (level ?? 0) >= threshold ? sharedRise(member, row, sign, quantity) : 0
            let found = states[member].rises[index].follower.add(
                day: day, value: value, level: level ?? 0, shared: shared, season: season?.lowerBound, threshold: threshold)
            for happening in found { record(happening, member, row, sign, quantity) }
        }
    }

    private mutating func record(_ happening: SeasonalRise.Happening, _ member: Int, _ row: Int, _ sign: Crop.Stage.Sign, _ quantity: Quantity) {
        let day = grid.days[row]
        func event(_ event: EventSign, _ on: Day, _ amount: Double) {
            findings.append(GrowthFinding(member: member, row: row, day: day, fact: .event(event, on: on, quantity, amount: amount)))
        }
        switch happening {
        case .start(let on, let rise):
            marks[member].append(StageMark(sign: sign, isBeginning: true, day: day))
            if sign == .bloom { event(.bloomStart, on, rise) }
            if sign == .ripeColour { event(.colouringStart, on, rise) }
        case .peak(let on, let rise):
            if sign == .bloom { event(.bloomPeak, on, rise) }
        case .end(let on):
            marks[member].append(StageMark(sign: sign, isBeginning: false, day: day))
            if sign == .ripeColour { event(.harvested, on, 0) }
        }
    }

    /// The season of a sign that the day belongs to, of all the stages that have it.
    static func season(of sign: Crop.Stage.Sign, _ crop: Crop, _ region: String, _ day: Day, slack: Int) -> ClosedRange<Day>? {
        let found = crop.stages.filter { $0.sign == sign }.compactMap {
            crop.window($0.windows, in: region)?.occurrence(at: day, slack: slack + Self.stageJoinDays)
        }
        guard let first = found.map(\.lowerBound).min(), let last = found.map(\.upperBound).max(),
            day >= first + -slack, day <= last + slack
        else { return nil }
        return first...last
    }

    /// Two stages of one sign lie at most so far apart.
    private static let stageJoinDays = 60

    /// What the quantity was in the days before; `nil` where there are too few.
    private func level(of member: Int, _ quantity: Quantity, before day: Day) -> Double? {
        let rows = grid.rows(from: day + -parameters.events.baselineDays, until: day + -parameters.anomaly.lagDays)
        let values = rows.compactMap { grid.plots[member].value(quantity, $0) }
        return values.count >= 3 ? RobustStatistics.median(values) : nil
    }

    /// What plots rose by whose own season it isn't: light, fog, snow.
    private func sharedRise(_ member: Int, _ row: Int, _ sign: Crop.Stage.Sign, _ quantity: Quantity) -> Double {
        let day = grid.days[row]
        let moved = grid.plots.indices.compactMap { index -> Double? in
            let other = grid.plots[index]
            guard index != member, ResidualRule.growsPlants(other.plot.kind), let crop = other.crop, crop.id != grid.plots[member].crop?.id,
                Self.season(of: sign, crop, other.region, day, slack: parameters.events.slackDays) == nil,
                let value = other.value(quantity, row), let level = level(of: index, quantity, before: day)
            else { return nil }
            return value - level
        }
        return max(0, RobustStatistics.median(moved) ?? 0)
    }

    // MARK: cuts

    private mutating func lookForCut(_ member: Int, _ row: Int, _ crop: Crop, _ stage: Crop.Stage?) -> Bool {
        guard let rule = crop.events.first(where: { $0.sign == .pruning }) else { return false }
        let day = grid.days[row]
        let isExpected = rule.windows.flatMap { crop.window($0, in: grid.plots[member].region) }?.contains(day) ?? false
        guard isExpected || stage?.isSteady ?? false else { return false }
        let cut = cuts.cut(
            of: member, at: row, isExpected: isExpected, yellowingFloor: parameters.anomaly.effects[.yellowing] ?? 0,
            firstRow: residuals.firstRows[member])
        guard let cut else { return false }
        residuals.firstRows[member] = cut.row
        states[member].streaks = [:]
        findings.append(
            GrowthFinding(member: member, row: row, day: day, fact: .event(.pruning, on: grid.days[cut.row], cut.quantity, amount: cut.drop)))
        return true
    }

    // MARK: weeds

    private mutating func lookForWeeds(_ member: Int, _ row: Int, _ crop: Crop) {
        guard crop.symptoms.contains(where: { $0.sign == .weeds }) else { return }
        let day = grid.days[row]
        if let quiet = states[member].weedsQuietUntil, day < quiet { return }
        func weeds(_ row: Int) -> Double? {
            guard let all = grid.plots[member].value(.vegetationCover, row), let crop = grid.plots[member].value(.canopyCover, row) else { return nil }
            return all - crop
        }
        guard let now = weeds(row), now >= parameters.weeds.level, let last = grid.previous(.canopyCover, of: member, before: row),
            let before = weeds(last), before >= parameters.weeds.level
        else { return }
        let window = grid.rows(from: day + -parameters.anomaly.baselineDays, until: day + -parameters.anomaly.lagDays)
        let past = window.filter { $0 >= residuals.firstRows[member] }.compactMap(weeds)
        guard past.count >= parameters.anomaly.minimumRows, let level = RobustStatistics.median(past), min(now, before) - level >= parameters.weeds.rise
        else { return }
        states[member].weedsQuietUntil = day + parameters.weeds.quietDays
        let residual = Residual(value: now, past: level, effect: now - level, own: now - level, z: 0, control: .none)
        findings.append(GrowthFinding(member: member, row: row, day: day, fact: .symptom(.weeds, .vegetationCover, residual)))
    }

    // MARK: symptoms

    private mutating func lookForSymptoms(_ member: Int, _ row: Int, _ crop: Crop, _ stage: Crop.Stage?) {
        let day = grid.days[row]
        guard stage?.isSteady ?? false, !isConfused(member, row, crop), crop.symptoms.contains(where: { $0.sign != .weeds }) else {
            states[member].streaks = [:]
            return
        }
        let cover: Quantity = grid.plots[member].value(.canopyCover, row) != nil ? .canopyCover : .vegetationCover
        for (quantity, direction) in [
            (Quantity.yellowing, ResidualRule.Direction.up), (.rcc, .up), (.gcc, .down), (cover, .down),
        ] { update(member, row, quantity, direction) }
        if let quiet = states[member].quietUntil, day < quiet { return }
        guard let (sign, quantity, residual) = symptom(member, row, crop) else { return }
        states[member].quietUntil = day + parameters.anomaly.quietDays
        findings.append(GrowthFinding(member: member, row: row, day: day, fact: .symptom(sign, quantity, residual)))
    }

    /// Blossom and ripe fruit change a plot's colour too.
    private func isConfused(_ member: Int, _ row: Int, _ crop: Crop) -> Bool {
        let day = grid.days[row]
        for rise in states[member].rises where rise.sign != .leafOut {
            guard Self.season(of: rise.sign, crop, grid.plots[member].region, day, slack: parameters.events.slackDays) != nil else { continue }
            if rise.follower.holdsLevel { return true }
            if marks[member].contains(where: { $0.sign == rise.sign && !$0.isBeginning && day - $0.day <= Self.confusionDays }) { return true }
        }
        return false
    }

    private mutating func update(_ member: Int, _ row: Int, _ quantity: Quantity, _ direction: ResidualRule.Direction) {
        guard grid.plots[member].value(quantity, row) != nil else { return }
        guard let residual = residuals.residual(of: member, quantity, direction, at: row), residual.z >= parameters.anomaly.z,
            residual.effect >= residuals.floor(quantity, residual.control), residual.own >= parameters.anomaly.ownShare * residual.effect
        else {
            states[member].streaks[quantity] = nil
            return
        }
        if let streak = states[member].streaks[quantity], grid.days[row] - grid.days[streak.row] <= parameters.anomaly.maximumGapInDays {
            states[member].streaks[quantity] = Streak(count: streak.count + 1, row: row, isAbrupt: streak.isAbrupt, residual: residual)
            return
        }
        var isAbrupt = false
        if let last = grid.previous(quantity, of: member, before: row), let before = grid.plots[member].value(quantity, last) {
            let step = direction.rawValue * (residual.value - before)
            isAbrupt = step >= Self.abruptShare * residual.effect && grid.days[row] - grid.days[last] <= Self.abruptDays
        }
        states[member].streaks[quantity] = Streak(count: 1, row: row, isAbrupt: isAbrupt, residual: residual)
    }

    /// The first sign that has lasted, in the order in which they explain most.
    private func symptom(_ member: Int, _ row: Int, _ crop: Crop) -> (SymptomRule.Sign, Quantity, Residual)? {
        func lasting(_ quantity: Quantity) -> Streak? {
            states[member].streaks[quantity].flatMap { $0.row == row && $0.count >= parameters.anomaly.rows ? $0 : nil }
        }
        let yellowing = lasting(.yellowing)
        // Without a yellowing share, red up while green goes down is the same sign.
        let redder = lasting(.gcc) != nil ? lasting(.rcc) : nil
        var found: [(SymptomRule.Sign, Quantity, Residual)] = []
        for (quantity, streak) in [(Quantity.yellowing, yellowing), (.rcc, redder)] {
            guard let streak else { continue }
            if streak.isAbrupt { found.append((.frostScorch, quantity, streak.residual)) }
            found.append((.yellowing, quantity, streak.residual))
        }
        for cover in [Quantity.canopyCover, .vegetationCover] { if let streak = lasting(cover) { found.append((.defoliation, cover, streak.residual)) } }
        // A deciduous crop loses green after its spring peak: only its like can tell that from sickness.
        if let streak = lasting(.gcc), crop.habit == .evergreen || streak.residual.isAgainstOwnCrop {
            found.append((.greenness, .gcc, streak.residual))
        }
        let day = grid.days[row]
        return found.first { sign, _, _ in Self.rule(for: sign, crop, grid.plots[member].region, day) != nil }
    }

    static func rule(for sign: SymptomRule.Sign, _ crop: Crop, _ region: String, _ day: Day) -> SymptomRule? {
        crop.symptoms.first { rule in
            guard rule.sign == sign else { return false }
            guard let windows = rule.windows else { return true }
            return crop.window(windows, in: region)?.contains(day) ?? false
        }
    }
}
