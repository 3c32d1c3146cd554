import Series
import Village

/// Pruning, and weeds that the canopy has no part in.
extension GrowthWatch {
    mutating func lookForCut(_ member: Int, _ row: Int, _ crop: Crop, _ stage: Crop.Stage?) -> Bool {
        guard let rule = crop.events.first(where: { $0.sign == .pruning }) else { return false }
        let day = grid.days[row]
        let isExpected = rule.windows.flatMap { crop.window($0, in: grid.plots[member].region) }?.contains(day) ?? false
        // Unexpected, it must come out of health: not while cover is going down already, nor after a card about that.
        let isTroubled =
            states[member].streaks[.canopyCover] != nil || states[member].streaks[.vegetationCover] != nil
            || states[member].quietUntil.map { day < $0 } ?? false
        guard isExpected || (stage?.isSteady ?? false && !isTroubled) else { return false }
        let cut = cuts.cut(
            of: member, at: row, isExpected: isExpected, yellowingFloor: parameters.anomaly.effects[.yellowing] ?? 0,
            firstRow: residuals.firstRows[member])
        guard let cut else { return false }
        residuals.firstRows[member] = cut.row
        states[member].streaks = [:]
        findings.append(
            GrowthFinding(
                member: member, row: row, day: day,
                fact: .event(.pruning, on: grid.days[cut.row], cut.quantity, amount: cut.drop)))
        return true
    }

    mutating func lookForWeeds(_ member: Int, _ row: Int, _ crop: Crop) {
        guard crop.symptoms.contains(where: { $0.sign == .weeds }) else { return }
        let day = grid.days[row]
        if let quiet = states[member].weedsQuietUntil, day < quiet { return }
        func weeds(_ row: Int) -> Double? {
            guard let all = grid.value(.vegetationCover, of: member, at: row),
                let crop = grid.value(.canopyCover, of: member, at: row)
            else { return nil }
            return all - crop
        }
        guard let now = weeds(row), now >= parameters.weeds.level,
            let last = grid.previous(.canopyCover, of: member, before: row),
            let before = weeds(last), before >= parameters.weeds.level
        else { return }
        let window = grid.rows(from: day + -parameters.anomaly.baselineDays, until: day + -parameters.anomaly.lagDays)
        let past = window.filter { $0 >= residuals.firstRows[member] }.compactMap(weeds)
        guard past.count >= parameters.anomaly.minimumRows, let level = RobustStatistics.median(past),
            min(now, before) - level >= parameters.weeds.rise
        else { return }
        states[member].weedsQuietUntil = day + parameters.weeds.quietDays
        let residual = Residual(value: now, past: level, effect: now - level, own: now - level, z: 0, control: .none)
        findings.append(
            GrowthFinding(member: member, row: row, day: day, fact: .symptom(.weeds, .vegetationCover, residual)))
    }
}
