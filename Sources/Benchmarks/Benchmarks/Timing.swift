import Foundation

/// Median, least and greatest of repeated times.
struct Timing: Encodable, Sendable {
    var median: Double
    var least: Double
    var greatest: Double

    /// - Precondition: at least one time.
    init(_ times: [Double]) {
        let sorted = times.sorted()
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        least = sorted[0]
        greatest = sorted[sorted.count - 1]
    }

    /// Processor time of this thread, in nanoseconds: other programs on the machine disturb it little.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    /// Nanoseconds that the work took.
    static func of(_ work: () throws -> Void) rethrows -> Double {
        let start = now()
        try work()
        return now() - start
    }

    /// Every work once a repetition, in turn, after one run that is not counted.
    static func interleaved(_ works: [() throws -> Void], repetitions: Int) throws -> [Timing] {
        for work in works { try work() }
        var times = [[Double]](repeating: [], count: works.count)
        for _ in 0..<repetitions {
            for (k, work) in works.enumerated() { times[k].append(try of(work)) }
        }
        return times.map(Timing.init)
    }

    func divided(by divisor: Double) -> Timing {
        Timing([least / divisor, median / divisor, greatest / divisor])
    }
}
