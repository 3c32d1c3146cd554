import Village

/// The weather of a village by day, and what growth makes of it.
public struct Weather: Sendable, Equatable {
    private let byDay: [Day: WeatherDay]

    public init(_ days: [WeatherDay]) {
        byDay = Dictionary(days.map { ($0.day, $0) }, uniquingKeysWith: { _, later in later })
    }

    public var isEmpty: Bool { byDay.isEmpty }
    /// In order.
    public var days: [WeatherDay] { byDay.values.sorted { $0.day < $1.day } }

    public subscript(day: Day) -> WeatherDay? { byDay[day] }

    /// What a warm day adds to a temperature sum.
    public enum Counting: String, Sendable, CaseIterable {
        /// What lies above the base: growing degree days, 有效积温.
        case above
        /// The whole mean of a day that reaches the base: 活动积温.
        case whole

        func warmth(_ mean: Double, base: Double) -> Double {
            switch self {
            case .above: max(0, mean - base)
            case .whole: mean >= base ? max(0, mean) : 0
            }
        }
    }

    /// The warmth of the days from `from` to `until`, both included, in °C·d: Σ max(0, daily mean − `base`), or with
    /// `.whole` the sum of the means that reach `base`.
    ///
    /// - Returns: `nil` where more than one day in ten has no temperature: a sum with holes is too low. Days that are missing
    ///   below that share count as the mean of the others.
    public func degreeDays(above base: Double, counting: Counting = .above, from: Day, until: Day) -> Double? {
        guard from <= until else { return nil }
        let count = until - from + 1
        let warmth = (0..<count).compactMap { byDay[from + $0]?.dailyMean }.map {
            counting.warmth($0, base: base)
        }
        guard Double(count - warmth.count) <= Self.missingShare * Double(count), !warmth.isEmpty else { return nil }
        return warmth.reduce(0, +) * Double(count) / Double(warmth.count)
    }

    /// The first day by which the sum from `from` on has reached `sum`; `nil` where it has not by `until`, or holes don't let it
    /// be told.
    public func day(
        reaching sum: Double, above base: Double, counting: Counting = .above, from: Day, until: Day
    ) -> Day? {
        guard from <= until else { return nil }
        var total = 0.0, missing = 0
        for offset in 0...(until - from) {
            if let mean = byDay[from + offset]?.dailyMean {
                total += counting.warmth(mean, base: base)
            } else {
                missing += 1
            }
            guard Double(missing) <= max(1, Self.missingShare * Double(offset + 1)) else { return nil }
            let known = offset + 1 - missing
            if known > 0, total * Double(offset + 1) / Double(known) >= sum { return from + offset }
        }
        return nil
    }

    /// The nights in which it froze: days whose lowest temperature is `frost` or below.
    public func frostNights(at frost: Double, from: Day, until: Day) -> [WeatherDay] {
        guard from <= until else { return [] }
        return (0...(until - from)).compactMap { byDay[from + $0] }.filter { ($0.lowest ?? .infinity) <= frost }
    }

    /// Rain of the days from `from` to `until`, in mm; days without a figure count as dry.
    public func rain(from: Day, until: Day) -> Double {
        guard from <= until else { return 0 }
        return (0...(until - from)).reduce(0) { $0 + (byDay[from + $1]?.rain ?? 0) }
    }

    /// Share of days that may be missing in a temperature sum. Own choice.
    private static let missingShare = 0.1
}
