import Series
import Village

/// How far a plot stands from its own past, after what its neighbours share was taken away.
struct Residual: Equatable {
    /// What the plot was compared with.
    enum Control: Equatable {
        /// So many plots of the same crop on the camera.
        case sameCrop(Int)
        /// So many plots of other crops on the camera.
        case others(Int)
        case none
    }

    var value: Double
    /// The plot's own past.
    var past: Double
    /// In the direction that is asked for, positive = more of it.
    var effect: Double
    /// What the plot itself moved in that direction.
    var own: Double
    /// Robust deviations.
    var z: Double
    var control: Control
    /// Earlier years in which the plot did not move so at this time.
    var years = 0

    var isAgainstOwnCrop: Bool { if case .sameCrop = control { true } else { false } }
}

/// Computes residuals on one camera.
///
/// With `x` the plot, `b` the median of its own past, `N` the control plots: `r(s) = x(s) − b − median over N of (x(s)
/// − b)`;
/// the effect is `r(t)` less the median of `r` over the past, its scale 1.4826 MAD of the same.
struct ResidualRule {
    let grid: CameraGrid
    let parameters: AdvisingParameters.Anomaly
    /// For each plot the first row that its past may use: a cut plot begins anew.
    var firstRows: [Int]

    enum Direction: Double { case up = 1, down = -1 }

    init(grid: CameraGrid, parameters: AdvisingParameters.Anomaly) {
        self.grid = grid
        self.parameters = parameters
        firstRows = [Int](repeating: 0, count: grid.plots.count)
    }

    /// `nil` where the plot was not measured, has too short a past, or itself hardly moved in the direction.
    func residual(of member: Int, _ quantity: Quantity, _ direction: Direction, at row: Int) -> Residual? {
        guard let now = grid.value(quantity, of: member, at: row) else { return nil }
        let day = grid.days[row]
        let window = grid.rows(from: day + -parameters.baselineDays, until: day + -parameters.lagDays)
        guard let past = past(member, quantity, window) else { return nil }
        let own = direction.rawValue * (now - past)
        // Where the plot itself hardly moved there is nothing to say, whatever the others do.
        guard own >= (parameters.effects[quantity] ?? 0) * parameters.ownShare else { return nil }
        let (controls, kind) = self.controls(of: member, quantity, window)
        guard let last = difference(member, past, quantity, controls, kind, row) else { return nil }
        var before: [Double] = []
        for s in window where s >= firstRows[member] {
            if let r = difference(member, past, quantity, controls, kind, s) { before.append(r) }
        }
        guard before.count >= parameters.minimumRows, let centre = RobustStatistics.median(before) else { return nil }
        let scale = max(RobustStatistics.scale(before) ?? 0, parameters.scaleFloors[quantity] ?? 0, 1e-9)
        var effect = direction.rawValue * (last - centre)
        // Another crop has its own season: it may excuse a plot, never accuse it.
        if case .others = kind { effect = min(effect, own) }
        var years = 0
        // The neighbours of its own crop know the season better than last year does.
        if let usual = seasonalMove(of: member, quantity, on: day) {
            years = usual.years
            if case .sameCrop = kind {} else { effect -= max(0, direction.rawValue * usual.move) }
        }
        return Residual(
            value: now, past: past, effect: effect, own: own, z: effect / scale, control: kind, years: years)
    }

    /// By how much the plot moved at this time of the earlier years, against its past month then: their median. It can
    /// excuse a plot, never accuse it.
    private func seasonalMove(of member: Int, _ quantity: Quantity, on day: Day) -> (move: Double, years: Int)? {
        var moves: [Double] = []
        for year in 1...Self.mostYears {
            let then = day + -365 * year
            guard let first = grid.days.first, first <= then else { break }
            let around = grid.values(
                quantity, of: member, in: grid.rows(from: then + -Self.nearDays, until: then + Self.nearDays))
            let before = grid.values(
                quantity, of: member,
                in: grid.rows(from: then + -parameters.baselineDays, until: then + -parameters.lagDays))
            guard around.count >= Self.nearRows, before.count >= parameters.minimumRows,
                let now = RobustStatistics.median(around), let past = RobustStatistics.median(before)
            else { continue }
            moves.append(now - past)
        }
        return RobustStatistics.median(moves).map { ($0, moves.count) }
    }

    /// How many earlier years are asked, how far around the day and with how many values; ours.
    private static let mostYears = 5
    private static let nearDays = 7
    private static let nearRows = 2

    /// The effect floor for what the plot could be compared with.
    func floor(_ quantity: Quantity, _ control: Residual.Control) -> Double {
        let floor = parameters.effects[quantity] ?? 0
        return switch control {
        case .sameCrop: floor
        case .others: floor * parameters.withoutNeighbours
        case .none: floor * parameters.alone
        }
    }

    private func past(_ member: Int, _ quantity: Quantity, _ window: Range<Int>) -> Double? {
        let found = grid.values(
            quantity, of: member,
            in: max(window.lowerBound, firstRows[member])..<max(window.upperBound, firstRows[member]))
        return found.count >= parameters.minimumRows ? RobustStatistics.median(found) : nil
    }

    private func controls(
        of member: Int, _ quantity: Quantity, _ window: Range<Int>
    ) -> (controls: [(member: Int, past: Double)], kind: Residual.Control) {
        var same: [(member: Int, past: Double)] = [], others: [(member: Int, past: Double)] = []
        let crop = grid.plots[member].crop?.id
        for (index, other) in grid.plots.enumerated() where index != member && Self.growsPlants(other.plot.kind) {
            guard let past = past(index, quantity, window) else { continue }
            if let crop, other.crop?.id == crop { same.append((index, past)) } else { others.append((index, past)) }
        }
        if !same.isEmpty { return (same, .sameCrop(same.count)) }
        return others.isEmpty ? ([], .none) : (others, .others(others.count))
    }

    private func difference(
        _ member: Int, _ past: Double, _ quantity: Quantity, _ controls: [(member: Int, past: Double)],
        _ kind: Residual.Control,
        _ row: Int
    ) -> Double? {
        guard let value = grid.value(quantity, of: member, at: row) else { return nil }
        if case .none = kind { return value - past }
        let moved = controls.compactMap { control in
            grid.value(quantity, of: control.member, at: row).map { $0 - control.past }
        }
        guard let shared = RobustStatistics.median(moved) else { return nil }
        return value - past - shared
    }

    static func growsPlants(_ kind: Plot.Kind) -> Bool { kind == .orchard || kind == .field }
}
