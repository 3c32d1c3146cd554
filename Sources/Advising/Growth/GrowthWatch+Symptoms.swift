import Village

/// What may be sickness, thirst or frost.
extension GrowthWatch {
    /// An anomaly is called a scorch where so much of it came in one step of at most so many days; ours.
    private static let abruptShare = 0.6
    private static let abruptDays = 6
    /// How long after blossom or ripe colour was seen it still explains a change of colour; ours.
    private static let confusionDays = 10

    mutating func lookForSymptoms(_ member: Int, _ row: Int, _ crop: Crop, _ stage: Crop.Stage?) {
        let day = grid.days[row]
        guard stage?.isSteady ?? false, !isConfused(member, row, crop),
            crop.symptoms.contains(where: { $0.sign != .weeds })
        else {
            states[member].streaks = [:]
            return
        }
        let cover: Quantity = grid.value(.canopyCover, of: member, at: row) != nil ? .canopyCover : .vegetationCover
        for (quantity, direction) in [
            (Quantity.yellowing, ResidualRule.Direction.up), (.rcc, .up), (.gcc, .down), (cover, .down),
            (.noonChange, .down),
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
            guard
                Self.season(of: rise.sign, crop, grid.plots[member].region, day, slack: parameters.events.slackDays)
                    != nil
            else { continue }
            if rise.follower.holdsLevel { return true }
            if marks[member].contains(where: {
                $0.sign == rise.sign && !$0.isBeginning && day - $0.day <= Self.confusionDays
            }) {
                return true
            }
        }
        return false
    }

    private mutating func update(_ member: Int, _ row: Int, _ quantity: Quantity, _ direction: ResidualRule.Direction) {
        guard grid.value(quantity, of: member, at: row) != nil else { return }
        guard let residual = residuals.residual(of: member, quantity, direction, at: row),
            residual.z >= parameters.anomaly.z,
            residual.effect >= residuals.floor(quantity, residual.control),
            residual.own >= parameters.anomaly.ownShare * residual.effect
        else {
            states[member].streaks[quantity] = nil
            return
        }
        if let streak = states[member].streaks[quantity],
            grid.days[row] - grid.days[streak.row] <= parameters.anomaly.maximumGapInDays
        {
            states[member].streaks[quantity] = Streak(
                count: streak.count + 1, row: row, isAbrupt: streak.isAbrupt, residual: residual)
            return
        }
        var isAbrupt = false
        if let last = grid.previous(quantity, of: member, before: row),
            let before = grid.value(quantity, of: member, at: last)
        {
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
        // Red that has lasted is as good a witness of yellow leaves as a second day of them.
        let seen = states[member].streaks[.yellowing].flatMap { $0.row == row ? $0 : nil }
        let yellowing = lasting(.yellowing) ?? (lasting(.rcc) != nil ? seen : nil)
        // Without a yellowing share, red up while green goes down is the same sign.
        let redder = lasting(.gcc) != nil ? lasting(.rcc) : nil
        var found: [(SymptomRule.Sign, Quantity, Residual)] = []
        for (quantity, streak) in [(Quantity.yellowing, yellowing), (.rcc, redder)] {
            guard let streak else { continue }
            if streak.isAbrupt, mayBeFrost(grid.days[row]) { found.append((.frostScorch, quantity, streak.residual)) }
            found.append((.yellowing, quantity, streak.residual))
        }
        // Leaves that hang in the afternoon and stand again next morning show less of themselves too.
        if let streak = lasting(.noonChange) { found.append((.wilting, .noonChange, streak.residual)) }
        for cover in [Quantity.canopyCover, .vegetationCover] {
            if let streak = lasting(cover) { found.append((.defoliation, cover, streak.residual)) }
        }
        // A deciduous crop loses green after its spring peak: only its like can tell that from sickness.
        if let streak = lasting(.gcc), streak.count >= parameters.anomaly.greennessRows,
            crop.habit == .evergreen || streak.residual.isAgainstOwnCrop
        {
            found.append((.greenness, .gcc, streak.residual))
        }
        let day = grid.days[row]
        return found.first { sign, _, _ in Self.rule(for: sign, crop, grid.plots[member].region, day) != nil }
    }

    /// Whether a frost may have done it: where the nights are known, one of them must have been cold enough.
    private func mayBeFrost(_ day: Day) -> Bool {
        let from = day + -parameters.weather.scorchDays
        let known = (0...parameters.weather.scorchDays).count { grid.weather[from + $0]?.lowest != nil }
        guard known > parameters.weather.scorchDays / 2 else { return true }
        return !grid.weather.frostNights(at: parameters.weather.frost, from: from, until: day).isEmpty
    }

    static func rule(for sign: SymptomRule.Sign, _ crop: Crop, _ region: String, _ day: Day) -> SymptomRule? {
        crop.symptoms.first { rule in
            guard rule.sign == sign else { return false }
            guard let windows = rule.windows else { return true }
            return crop.window(windows, in: region)?.contains(day) ?? false
        }
    }
}
