import Village

/// When a plot's season begins and ends: phenocamr's `transition_dates`.
///
/// The smooth is scaled to 0…1 with its band and cut where its mean changes (`ChangePoints`). Around each rise, `low`
/// is the median from the least value to the change and `high` the 90 % quantile from the change to the greatest. Seen
/// from the future the same finds falls.
struct TransitionDates {
    private let direction: SeasonTransition.Direction
    private let parameters: SeasonParameters
    private let days: [Day]
    private let original: [Double]
    private let smooth: [Double]
    private let upper: [Double]
    private let lower: [Double]
    private let isFilled: [Bool]
    private let positions: [Int]

    /// - Parameter stepInDays: 3 for a 3-day product, whose change points are sought on its own days only.
    init?(
        _ series: SmoothSeries, _ direction: SeasonTransition.Direction, stepInDays: Int, _ parameters: SeasonParameters
    ) {
        let ends = zip(series.values, series.band)
        guard let top = ends.map({ $0 + $1 }).max(), let bottom = ends.map({ $0 - $1 }).min(), top > bottom else {
            return nil
        }
        let scaled = { (value: Double) in (value - bottom) / (top - bottom) }
        func turned<T>(_ values: [T]) -> [T] { direction == .rising ? values : values.reversed() }
        self.direction = direction
        self.parameters = parameters
        days = turned(series.values.indices.map { series.firstDay + $0 })
        original = turned(series.values)
        smooth = turned(series.values.map(scaled))
        upper = turned(ends.map { scaled($0 + $1) })
        lower = turned(ends.map { scaled($0 - $1) })
        isFilled = turned(series.isFilled)
        positions = series.values.indices.filter {
            stepInDays == 1 || (series.firstDay + $0).dayOfYear % stepInDays == stepInDays - 1
        }
    }

    /// In the order in which they are met.
    func find() -> [SeasonTransition] {
        let coarse = positions.map { smooth[$0] }
        let ends = ChangePoints.ends(
            in: coarse, penalty: parameters.changePenalty, minimumLength: parameters.shortestSegment)
        guard ends.count > 1 else { return [] }
        let means = zip([0] + ends, ends).map { start, end in coarse[start..<end].reduce(0, +) / Double(end - start) }
        let breaks = ends.map { positions[$0 - 1] }
        let (rises, others) = sorted(breaks, means)
        return rises.enumerated().compactMap { index, change in
            guard let end = others.first(where: { $0 > change }) else { return nil }
            guard let start = others.last(where: { $0 < change }) ?? (index == 0 ? 0 : nil) else { return nil }
            return transition(from: start, change: change, to: end)
        }
    }

    /// The ends of low segments that a rise follows, and the breaks that bound the search for it.
    private func sorted(_ breaks: [Int], _ means: [Double]) -> (rises: [Int], others: [Int]) {
        var rises: [Int] = []
        var others: [Int] = []
        let last = breaks.count - 1
        for i in 0..<last {
            let rising = means[i] < means[i + 1]
            let falling = means[i] > means[i + 1]
            if i == 0 {
                if !falling { rises.append(breaks[i]) }
                if !falling { others.append(breaks[i]) }
            } else {
                let above = means[i] > means[i - 1]
                let below = means[i] < means[i - 1]
                if !(above && rising) && !(above && falling) && !(below && falling) { rises.append(breaks[i]) }
                if !(below && rising) && !(above && rising) { others.append(breaks[i]) }
            }
        }
        return (rises + [breaks[last]], others + [breaks[last]])
    }

    private func transition(from start: Int, change: Int, to end: Int) -> SeasonTransition? {
        guard let bottom = smooth[start...change].min(), let top = smooth[change...end].max(),
            let least = (start...change).last(where: { smooth[$0] == bottom }),
            let greatest = (change...end).first(where: { smooth[$0] == top }), greatest - least > 1,
            let low = Quantile.type7(smooth[least...change], 0.5),
            let high = Quantile.type7(smooth[change...greatest], 0.9),
            let lowValue = Quantile.type7(original[least...change], 0.5),
            let highValue = Quantile.type7(original[change...greatest], 0.9)
        else { return nil }
        let inside = least + 1..<greatest
        let levels = parameters.thresholds.map { (share: $0, level: low + (high - low) * $0) }
        // The highest threshold is first passed; each lower one is last passed before the next.
        var found: [Int] = []
        for (index, entry) in levels.reversed().enumerated() {
            let place =
                index == 0
                ? inside.first { smooth[$0] >= entry.level }
                : inside.last { smooth[$0] <= entry.level && $0 < found[index - 1] }
            guard let place else { return nil }
            found.append(place)
        }
        let crossings = zip(levels, found.reversed()).compactMap { entry, place in
            interval(of: entry.level, at: place, inside: inside).map { early, late in
                SeasonTransition.Crossing(
                    share: entry.share, day: days[place],
                    interval: min(days[early], days[late])...max(days[early], days[late]),
                    value: original[place])
            }
        }
        guard crossings.count == levels.count else { return nil }
        return SeasonTransition(
            direction: direction, dates: crossings, low: PhenoCamNumber.rounded(lowValue),
            high: PhenoCamNumber.rounded(highValue),
            isMeasured: !found.contains { isFilled[$0] })
    }

    /// From the last place where the upper curve is below to the first where the lower is above; within a filled
    /// stretch, its ends.
    ///
    /// - Returns: `nil` before the first and after the last value, where nothing bounds it: phenocamr drops such rows
    ///   from its file.
    private func interval(of level: Double, at place: Int, inside: Range<Int>) -> (Int, Int)? {
        if isFilled[place] {
            guard let early = (0...place).last(where: { !isFilled[$0] }),
                let late = (place..<isFilled.count).first(where: { !isFilled[$0] })
            else { return nil }
            return (early, late)
        }
        let early = inside.last { upper[$0] <= level } ?? inside.lowerBound
        let late = inside.first { lower[$0] >= level } ?? inside.upperBound - 1
        return (max(0, min(early, place - 1)), min(isFilled.count - 1, max(late, place + 1)))
    }
}
