import Village

/// Turns what the plots of one camera showed, and the work that is due on them, into candidates for cards.
struct CameraCandidates {
    let grid: CameraGrid
    let watch: GrowthWatch
    private let limits: AdvisingParameters.WeatherLimits

    init(grid: CameraGrid, parameters: AdvisingParameters) {
        self.grid = grid
        limits = parameters.weather
        watch = GrowthWatch(grid: grid, parameters: parameters)
    }

    /// How long a card about something seen is worth sending, in days; ours.
    private static let freshDays = 7
    /// Lower comes first.
    private enum Rank {
        static let anomaly = 0, urgentWork = 1, event = 2, work = 3, weeds = 4
    }

    func candidates(until: Day) -> [Candidate] {
        var result = watch.findings.compactMap(candidate)
        for (index, plot) in grid.plots.enumerated() {
            guard let crop = plot.crop else { continue }
            let measured = grid.days.indices.filter { plot.isMeasured[$0] }.map { grid.days[$0] }
            let events = watch.findings.compactMap { finding -> (sign: EventSign, found: Day, on: Day)? in
                guard finding.member == index, case .event(let sign, let on, _, _) = finding.fact else { return nil }
                return (sign, finding.day, on)
            }
            let work = WorkWatch(crop: crop, region: plot.region, measured: measured, events: events)
            result += work.due(until: min(until, plot.plot.valid.until ?? until)).map {
                candidate($0, plot, crop, watch.marks[index])
            }
            if let first = measured.first {
                let weather = WeatherWatch(crop: crop, region: plot.region, weather: grid.weather, limits: limits)
                result += weather.events(from: first, until: min(until, plot.plot.valid.until ?? until)).map {
                    candidate($0, plot, crop, watch.marks[index])
                }
            }
        }
        return result
    }

    private func candidate(_ event: WeatherWatch.Event, _ member: CameraGrid.Member, _ crop: Crop, _ marks: [StageMark])
        -> Candidate
    {
        let stage = StageEstimate(
            crop: crop, region: member.region, day: event.day, marks: marks, weather: grid.weather)
        let row = grid.rows(from: event.day + -Self.freshDays, until: event.day).last { member.isMeasured[$0] }
        return Candidate(
            plots: [member.plot.id], household: member.plot.household, camera: grid.camera, crop: crop, kind: .work,
            rule: event.rule.id, text: event.rule.text, occasion: event.day.description, day: event.day,
            expires: event.day + Self.weatherDays, rank: Rank.urgentWork, bbch: stage?.stage.bbch,
            confidence: Self.confidence(event.rule.text.reliability, isAnchored: true),
            capture: row.flatMap { member.captures[$0] },
            seen: { SeenText.weather(event, plots: $0) })
    }

    /// After so many days nobody has to be told of a frost or a storm any more; ours.
    private static let weatherDays = 3

    private func candidate(_ finding: GrowthFinding) -> Candidate? {
        let member = grid.plots[finding.member]
        guard let crop = member.crop else { return nil }
        let stage = StageEstimate(
            crop: crop, region: member.region, day: finding.day, marks: watch.marks[finding.member],
            weather: grid.weather)
        func make(
            _ kind: Advice.Kind, _ rule: String, _ text: RuleText, rank: Int, confidence: Double, on: Day? = nil,
            _ seen: @escaping @Sendable ([String]) -> Bilingual
        ) -> Candidate {
            Candidate(
                plots: [member.plot.id], household: member.plot.household, camera: grid.camera, crop: crop, kind: kind,
                rule: rule, text: text,
                occasion: finding.day.description, day: finding.day, expires: finding.day + Self.freshDays, rank: rank,
                bbch: stage?.stage.bbch,
                confidence: confidence,
                capture: grid.capture(of: finding.member, on: on ?? finding.day, until: finding.row), seen: seen)
        }
        switch finding.fact {
        case .symptom(let sign, let quantity, let residual):
            guard let rule = GrowthWatch.rule(for: sign, crop, member.region, finding.day) else { return nil }
            let seen = SeenText.symptom(sign, quantity, residual, plot: member.plot.id, crop: crop)
            if sign == .weeds {
                return make(.work, rule.id, rule.text, rank: Rank.weeds, confidence: 0.5) { _ in seen }
            }
            return make(.anomaly, rule.id, rule.text, rank: Rank.anomaly, confidence: Self.confidence(residual)) { _ in
                seen
            }
        case .event(let sign, let on, let quantity, let amount):
            guard let rule = crop.events.first(where: { $0.sign == sign }) else { return nil }
            let value = grid.value(quantity, of: finding.member, at: finding.row)
            // What was at its height is shown as it was then.
            let shown = sign == .bloomPeak ? on : nil
            return make(.event, rule.id, rule.text, rank: Rank.event, confidence: Self.eventConfidence, on: shown) {
                plots in
                SeenText.event(sign, on: on, found: finding.day, quantity, amount: amount, value: value, plots: plots)
            }
        }
    }

    private func candidate(_ due: WorkWatch.Due, _ member: CameraGrid.Member, _ crop: Crop, _ marks: [StageMark])
        -> Candidate
    {
        let stage = StageEstimate(
            crop: crop, region: member.region, day: due.day, marks: marks, weather: grid.weather)
        let row = grid.rows(from: due.day + -Self.freshDays * 2, until: due.day).last { member.isMeasured[$0] }
        return Candidate(
            plots: [member.plot.id], household: member.plot.household, camera: grid.camera, crop: crop, kind: .work,
            rule: due.rule.id,
            text: due.rule.text, occasion: "\(due.year)", day: due.day, expires: max(due.day, due.window.upperBound),
            rank: due.rule.priority == .high ? Rank.urgentWork : Rank.work, bbch: stage?.stage.bbch,
            confidence: Self.confidence(due.rule.text.reliability, isAnchored: due.anchor != nil),
            capture: row.flatMap { member.captures[$0] },
            seen: { plots in SeenText.work(due.rule, stage: stage, window: due.window, anchor: due.anchor, plots: plots)
            })
    }

    // How sure a card is, 0…1: our own scale, ordered but not calibrated.
    private static let eventConfidence = 0.7

    private static func confidence(_ residual: Residual) -> Double {
        let byZ = min(0.9, 0.5 + 0.05 * residual.z)
        return switch residual.control {
        case .sameCrop(let count): min(0.9, byZ + (count > 1 ? 0.05 : 0))
        case .others: min(0.7, byZ - 0.1)
        case .none: min(0.5, byZ - 0.2)
        }
    }

    private static func confidence(_ reliability: Crop.Reliability, isAnchored: Bool) -> Double {
        let base =
            switch reliability {
            case .verified: 0.7
            case .weak: 0.5
            case .inferred: 0.45
            case .unverified: 0.4
            }
        return base + (isAnchored ? 0.1 : 0)
    }
}
