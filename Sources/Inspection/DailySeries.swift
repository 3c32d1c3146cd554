import Foundation
import Series
import Storage
import Village

/// The readings of a plot, day by day: the median of what the day's usable captures say.
///
/// - Note: captures further than ``hoursAroundNoon`` from noon are left out where others of the day are nearer: low
///   light is yellow.
public struct DailySeries: Sendable {
    public static let hoursAroundNoon = 4.0
    /// Hours of the clock between which leaves have recovered from the day before, and between which they hang most.
    private static let morning = 6.0..<10.0
    private static let afternoon = 12.0..<16.0

    public let days: [DailyValues]

    /// - Complexity: one pass over the plot's readings; memory of one day's captures and of the days.
    public init(plot: String, store: Store, clock: SiteClock, since: Date? = nil, until: Date? = nil) throws {
        var days: [DailyValues] = []
        var pending: [Measurements] = []
        var pendingDay: Day?
        func flush() {
            guard let day = pendingDay, !pending.isEmpty else { return }
            days.append(DailySeries.day(day, of: pending, clock: clock))
            pending.removeAll(keepingCapacity: true)
        }
        try store.forEachMeasurement(Selection(plot: plot, since: since, until: until, quality: .ok)) { reading in
            let day = clock.day(of: reading.at)
            if day != pendingDay {
                flush()
                pendingDay = day
            }
            pending.append(reading)
        }
        flush()
        self.days = days
    }

    private static func day(_ day: Day, of readings: [Measurements], clock: SiteClock) -> DailyValues {
        let noon = 12.0 * 3600
        // The hours around noon speak for the day, where there are any: long shadows and yellow light do not.
        let central = readings.filter { abs(clock.secondsOfDay(of: $0.at) - noon) <= hoursAroundNoon * 3600 }
        let chosen = central.isEmpty ? readings : central
        var values: [Quantity: Double] = [:]
        for quantity in Quantity.allCases {
            if let middle = median(quantity, of: chosen) { values[quantity] = middle }
        }
        func green(_ hours: Range<Double>) -> Double? {
            median(.gcc, of: readings.filter { hours.contains(clock.secondsOfDay(of: $0.at) / 3600) })
        }
        if let before = green(morning), before > 0, let after = green(afternoon) {
            values[.noonChange] = after / before - 1
        }
        let nearest = chosen.min {
            abs(clock.secondsOfDay(of: $0.at) - noon) < abs(clock.secondsOfDay(of: $1.at) - noon)
        }
        return DailyValues(day: day, values: values, capture: nearest?.capture, captureCount: chosen.count)
    }

    private static func median(_ quantity: Quantity, of readings: [Measurements]) -> Double? {
        RobustStatistics.median(readings.compactMap { $0.values[quantity] })
    }
}
