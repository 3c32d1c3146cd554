import Series
import Village

/// Follows one quantity of one plot through a season: it rises, stands highest, falls back.
///
/// Fed in the order of days, it never looks ahead: the peak is told when enough of the rise is lost again.
struct SeasonalRise {
    enum Happening: Equatable {
        /// Under way since about `day`, where the rise crossed the threshold between two measured days; `isWitnessed` =
        /// the days before it were lower, so that it began then.
        case start(day: Day, rise: Double, isWitnessed: Bool)
        case peak(day: Day, rise: Double)
        case end(day: Day)
    }

    let threshold: Double
    let peakFall: Double
    /// Share of the highest rise at which it counts as over.
    let endShare: Double
    let rows: Int

    private(set) var season: Day?
    private(set) var isUnderWay = false
    private(set) var level = 0.0
    private var pending: [Day] = []
    private var hasBeenLow = false
    private var trail: [(day: Day, rise: Double)] = []
    /// The last measured day of the season below the threshold.
    private var below: (day: Day, rise: Double)?
    private var highest = 0.0
    private var falling = 0
    private var ending = 0
    private var isPeakTold = false
    /// Whether the last day was a doubtful one.
    private var isDoubtful = false

    /// Share of the threshold from which a day between two that reach it breaks nothing off, nor proves anything: haze
    /// hides half of what there is; ours.
    private static let doubtShare = 0.5

    init(threshold: Double, peakFall: Double, endShare: Double, rows: Int) {
        self.threshold = threshold
        self.peakFall = peakFall
        self.endShare = endShare
        self.rows = rows
    }

    /// Above this, a rise is being followed or could begin, so that the level must hold still.
    var holdsLevel: Bool { isUnderWay || !pending.isEmpty }

    /// - Parameters:
    ///   - season: the opening day of the calendar window that the day belongs to; `nil` = out of season.
    ///   - level: what the quantity was before the season.
    ///   - shared: what other plots rose by that have no reason to.
    mutating func add(
        day: Day, value: Double, level newLevel: Double, shared: Double, season newSeason: Day?, threshold: Double
    ) -> [Happening] {
        if !isUnderWay, let newSeason, newSeason != season {
            if pending.isEmpty { level = newLevel }
            let rise = value - level - shared
            guard rise >= threshold else {
                if !pending.isEmpty, !isDoubtful, rise >= Self.doubtShare * threshold {
                    isDoubtful = true
                    trail.append((day, rise))
                    return []
                }
                rest()
                below = (day, rise)
                return []
            }
            isDoubtful = false
            pending.append(day)
            trail.append((day, rise))
            guard pending.count >= rows else { return [] }
            isUnderWay = true
            season = newSeason
            highest = trail.map(\.rise).max() ?? rise
            (falling, ending, isPeakTold) = (0, 0, false)
            defer { hasBeenLow = false }
            let start = crossing(threshold)
            // What was too little to count is still part of the height's shape.
            if let below, pending[0] - below.day <= Self.longestGap { trail.insert(below, at: 0) }
            return [.start(day: start, rise: rise, isWitnessed: hasBeenLow)]
        }
        guard isUnderWay else {
            rest()
            return []
        }
        return follow(day: day, rise: value - level - shared)
    }

    /// A measured day out of season.
    mutating func rest() {
        hasBeenLow = true
        isDoubtful = false
        pending = []
        trail = []
        below = nil
    }

    /// After a gap of more days nothing is said between the two; ours.
    private static let longestGap = 21

    /// The day on which a straight line from the last day below the threshold to the first above it crosses it: with a
    /// picture a week the first above comes some days late.
    private func crossing(_ threshold: Double) -> Day {
        let first = pending[0]
        guard let below, let above = trail.first, first - below.day <= Self.longestGap, above.rise > below.rise else {
            return first
        }
        let share = min(max((threshold - below.rise) / (above.rise - below.rise), 0), 1)
        return below.day + max(1, Int((share * Double(first - below.day)).rounded()))
    }

    private mutating func follow(day: Day, rise: Double) -> [Happening] {
        trail.append((day, rise))
        let recent = trail.suffix(3).map(\.rise)
        highest = max(highest, RobustStatistics.median(recent) ?? rise)
        falling = rise < (1 - peakFall) * highest ? falling + 1 : 0
        ending = rise < endShare * highest ? ending + 1 : 0
        var found: [Happening] = []
        if !isPeakTold, falling >= rows {
            isPeakTold = true
            found.append(.peak(day: peakDay, rise: highest))
        }
        if ending >= rows {
            isUnderWay = false
            pending = []
            trail = []
            found.append(.end(day: day))
        }
        return found
    }

    /// Share of the highest rise from which a day counts for the peak: low, so that with a picture a week at least three
    /// count and haze or drops on one of them move it little; ours.
    private static let peakShare = 0.25

    /// The centre of the days that reach that share of the highest rise, each weighing what it is above that.
    private var peakDay: Day {
        let limit = Self.peakShare * highest
        var weight = 0.0, sum = 0.0
        for (day, rise) in trail where rise > limit {
            weight += min(rise, highest) - limit
            sum += (min(rise, highest) - limit) * Double(day.number)
        }
        return Day(number: Int((sum / max(weight, 1e-12)).rounded()))
    }
}
