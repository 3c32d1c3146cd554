import Series
import Village

/// Blossom, ripe colour, leaves: what comes and goes once a season.
extension GrowthWatch {
    /// Without measured days before the season, a rise from nothing must be so many times as high; ours.
    private static let unknownLevelFactor = 2.0

    mutating func followRises(_ member: Int, _ row: Int, _ crop: Crop) {
        let day = grid.days[row]
        for index in states[member].rises.indices {
            let (sign, quantity) = (states[member].rises[index].sign, states[member].rises[index].quantity)
            guard let value = grid.value(quantity, of: member, at: row) else { continue }
            let season = Self.season(of: sign, crop, grid.plots[member].region, day, slack: parameters.events.slackDays)
            guard season != nil || states[member].rises[index].follower.isUnderWay else {
                states[member].rises[index].follower.rest()
                continue
            }
            let level = level(of: member, quantity, before: day)
            let base = states[member].rises[index].follower.threshold
            let threshold = level == nil && sign != .leafOut ? base * Self.unknownLevelFactor : base
            guard level != nil || sign != .leafOut else { continue }
            let shared = value - (level ?? 0) >= threshold ? sharedRise(member, row, sign, quantity) : 0
            let found = states[member].rises[index].follower.add(
                day: day, value: value, level: level ?? 0, shared: shared, season: season?.lowerBound,
                threshold: threshold)
            for happening in found { record(happening, member, row, sign, quantity) }
        }
    }

    private mutating func record(
        _ happening: SeasonalRise.Happening, _ member: Int, _ row: Int, _ sign: Crop.Stage.Sign, _ quantity: Quantity
    ) {
        let day = grid.days[row]
        func event(_ event: EventSign, _ on: Day, _ amount: Double) {
            findings.append(
                GrowthFinding(member: member, row: row, day: day, fact: .event(event, on: on, quantity, amount: amount))
            )
        }
        switch happening {
        case .start(let on, let rise, let isWitnessed):
            marks[member].append(StageMark(sign: sign, isBeginning: true, day: day))
            guard isWitnessed else { return }
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
    static func season(of sign: Crop.Stage.Sign, _ crop: Crop, _ region: String, _ day: Day, slack: Int) -> ClosedRange<
        Day
    >? {
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
        let values = grid.values(quantity, of: member, in: rows)
        return values.count >= 3 ? RobustStatistics.median(values) : nil
    }

    /// What plots rose by whose own season it isn't: light, fog, snow.
    private func sharedRise(_ member: Int, _ row: Int, _ sign: Crop.Stage.Sign, _ quantity: Quantity) -> Double {
        let day = grid.days[row]
        let moved = grid.plots.indices.compactMap { index -> Double? in
            let other = grid.plots[index]
            guard index != member, ResidualRule.growsPlants(other.plot.kind), let crop = other.crop,
                crop.id != grid.plots[member].crop?.id,
                Self.season(of: sign, crop, other.region, day, slack: parameters.events.slackDays) == nil,
                let value = grid.value(quantity, of: index, at: row),
                let level = level(of: index, quantity, before: day)
            else { return nil }
            return value - level
        }
        return max(0, RobustStatistics.median(moved) ?? 0)
    }
}
