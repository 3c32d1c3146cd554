import Foundation
import Village

/// The line drawn through daily values where the caller has none: a local mean with Gaussian weights.
///
/// It guides the eye and is never a figure. It does not reach across gaps.
enum ChartSmoothing {
    /// Standard deviation of the weights, in days: wide enough to pass over a rainy week, narrow enough to keep a
    /// flush visible.
    static let widthInDays = 4.0
    /// Days without a value after which a line is broken; a week of rain is ordinary, more is a gap.
    static let longestBridge = 7

    /// Runs of points whose days follow each other within `longestBridge`.
    static func runs(_ points: [DailyValues.Point]) -> [[DailyValues.Point]] {
        var runs: [[DailyValues.Point]] = []
        for point in points {
            if let last = runs.last?.last, point.day - last.day <= longestBridge {
                runs[runs.count - 1].append(point)
            } else {
                runs.append([point])
            }
        }
        return runs
    }

    /// The local mean at each point of a run.
    static func smoothed(_ run: [DailyValues.Point]) -> [DailyValues.Point] {
        let reach = Int(3 * widthInDays)
        var from = 0
        return run.map { centre in
            while centre.day - run[from].day > reach { from += 1 }
            var sum = 0.0, weights = 0.0
            for point in run[from...] {
                let distance = Double(point.day - centre.day)
                if distance > Double(reach) { break }
                let weight = exp(-distance * distance / (2 * widthInDays * widthInDays))
                sum += weight * point.value
                weights += weight
            }
            return DailyValues.Point(day: centre.day, value: sum / weights)
        }
    }
}
