import Series
import Village

/// Finds that a plot was cut: a sharp drop of cover or of green that stays and that the other plots don't share.
struct CutRule {
    let grid: CameraGrid
    let parameters: AdvisingParameters.Events

    struct Cut: Equatable {
        var quantity: Quantity
        var drop: Double
        /// The first row after it.
        var row: Int
    }

    /// - Parameters:
    /// - isExpected: whether the calendar has pruning now: then it may take some days, and yellow cuttings are no
    ///   objection.
    ///   - yellowingFloor: a rise of yellowing by more speaks against a cut.
    ///   - firstRow: the plot's own earlier rows lie before another cut.
    func cut(of member: Int, at row: Int, isExpected: Bool, yellowingFloor: Double, firstRow: Int) -> Cut? {
        let coverDrop = isExpected ? parameters.pruningCoverDropInWindow : parameters.pruningCoverDrop
        for (quantity, threshold) in [
            (Quantity.canopyCover, coverDrop), (.vegetationCover, coverDrop), (.gcc, parameters.pruningGreenDrop),
        ] {
            guard let drop = drop(of: member, quantity, at: row, isExpected: isExpected, firstRow: firstRow),
                drop.amount >= threshold
            else { continue }
            let others = grid.plots.indices.filter {
                $0 != member && ResidualRule.growsPlants(grid.plots[$0].plot.kind)
            }
            .compactMap { self.drop(of: $0, quantity, at: row, isExpected: isExpected, firstRow: 0)?.amount }
            let own = drop.amount - max(0, RobustStatistics.median(others) ?? 0)
            let isCover = quantity != .gcc
            let factor = (others.isEmpty ? Self.aloneFactor : 1) * (isCover && !isExpected ? Self.unexpectedFactor : 1)
            guard own >= threshold * factor else { continue }
            if isExpected, isCover,
                own < parameters.pruningSteps * usualStep(of: member, quantity, before: drop.after, firstRow: firstRow)
            {
                continue
            }
            // What had been falling before was not cut.
            if !isExpected, let last = grid.value(quantity, of: member, at: drop.before),
                last - (drop.level - drop.amount) < Self.sharpShare * drop.amount
            {
                continue
            }
            if quantity == .gcc, !isExpected, coverStayed(member, at: row, firstRow: firstRow) { continue }
            if !isExpected,
                let yellowing = rise(of: member, .yellowing, from: drop.before, to: row, firstRow: firstRow),
                yellowing >= yellowingFloor
            {
                return nil
            }
            return Cut(quantity: quantity, drop: own, row: drop.after)
        }
        return nil
    }

    /// The robust deviation of what the plot moved from one measured day to the next, less what the others did.
    private func usualStep(of member: Int, _ quantity: Quantity, before row: Int, firstRow: Int) -> Double {
        let rows = grid.rows(from: grid.days[row] + -Self.stepMemoryDays, until: grid.days[row] + -1)
        let others = grid.plots.indices.filter { $0 != member && ResidualRule.growsPlants(grid.plots[$0].plot.kind) }
        var steps: [Double] = []
        for row in rows where row > firstRow {
            func step(_ plot: Int) -> Double? {
                guard let now = grid.value(quantity, of: plot, at: row),
                    let last = grid.previous(quantity, of: plot, before: row), rows.contains(last),
                    let before = grid.value(quantity, of: plot, at: last)
                else { return nil }
                return now - before
            }
            if let own = step(member) { steps.append(own - (RobustStatistics.median(others.compactMap(step)) ?? 0)) }
        }
        return steps.count >= Self.fewestSteps ? RobustStatistics.scale(steps) ?? 0 : 0
    }

    /// How far back steps are looked at, in days, and how many are needed to know what is usual; ours.
    private static let stepMemoryDays = 60
    private static let fewestSteps = 5

    /// Whether cover was measured and lost less than half of what a cut takes.
    private func coverStayed(_ member: Int, at row: Int, firstRow: Int) -> Bool {
        let drops = [Quantity.canopyCover, .vegetationCover].compactMap {
            drop(of: member, $0, at: row, isExpected: false, firstRow: firstRow)?.amount
        }
        return drops.max().map { $0 < parameters.pruningCoverDrop / 2 } ?? false
    }

    /// Without another plot to compare with, light can't be told from a cut as well; a ratio, ours.
    private static let aloneFactor = 1.5
    /// Out of the pruning months a loss of cover must be so many times as large; a ratio, ours.
    private static let unexpectedFactor = 1.5
    /// Share of the drop that must lie between the last row before and those after; ours.
    private static let sharpShare = 0.75
    /// Rows before and how far back they may lie, in days.
    private static let levelRows = 3
    private static let levelDays = 15

    /// From the level before to the higher of the two rows after, or to their mean in the months of pruning.
    private func drop(
        of member: Int, _ quantity: Quantity, at row: Int, isExpected: Bool, firstRow: Int
    ) -> (amount: Double, level: Double, before: Int, after: Int)? {
        guard let now = grid.value(quantity, of: member, at: row),
            let first = grid.previous(quantity, of: member, before: row),
            let atFirst = grid.value(quantity, of: member, at: first)
        else { return nil }
        var best: (amount: Double, level: Double, before: Int, after: Int)?
        var candidate = grid.previous(quantity, of: member, before: first)
        let span = isExpected ? parameters.stepDaysInWindow : parameters.stepDays
        while let before = candidate, grid.days[first] - grid.days[before] <= span {
            if let level = level(of: member, quantity, at: before, firstRow: firstRow) {
                // When a cut is due two days' cover together is enough; else each day must show it.
                let least = level - max(now, atFirst), mean = level - (now + atFirst) / 2
                let amount = isExpected && quantity != .gcc && least >= mean / 2 ? mean : least
                if amount > best?.amount ?? -.infinity { best = (amount, level, before, first) }
            }
            candidate = grid.previous(quantity, of: member, before: before)
        }
        return best
    }

    private func level(of member: Int, _ quantity: Quantity, at row: Int, firstRow: Int) -> Double? {
        let rows = grid.rows(from: grid.days[row] + -Self.levelDays, until: grid.days[row])
        let values = grid.values(
            quantity, of: member, in: max(rows.lowerBound, firstRow)..<max(rows.upperBound, firstRow)
        ).suffix(Self.levelRows)
        return values.count == Self.levelRows ? RobustStatistics.median(values) : nil
    }

    private func rise(of member: Int, _ quantity: Quantity, from before: Int, to row: Int, firstRow: Int) -> Double? {
        guard let now = grid.value(quantity, of: member, at: row),
            let level = level(of: member, quantity, at: before, firstRow: firstRow)
        else { return nil }
        return now - level
    }
}
