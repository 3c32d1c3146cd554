import Foundation
import Testing

@testable import Series

@Suite struct ChangePointsTests {
    /// The least cost over all segmentations, by trying every last segment.
    private func plain(_ x: [Double], _ penalty: Double, _ least: Int) -> Double {
        var best = [-penalty] + [Double](repeating: .infinity, count: x.count)
        for end in stride(from: least, through: x.count, by: 1) {
            for start in 0...(end - least) where best[start].isFinite {
                best[end] = min(best[end], best[start] + cost(Array(x[start..<end])) + penalty)
            }
        }
        return best[x.count]
    }

    private func cost(_ x: [Double]) -> Double {
        let mean = x.reduce(0, +) / Double(x.count)
        return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    @Test func stepsAreFoundWhereTheyAre() {
        let x = Array(repeating: 0.1, count: 20) + Array(repeating: 0.9, count: 30) + Array(repeating: 0.2, count: 25)
        #expect(ChangePoints.ends(in: x, penalty: 0.5, minimumLength: 14) == [20, 50, 75])
        #expect(ChangePoints.ends(in: x, penalty: 1000, minimumLength: 14) == [75])
    }

    @Test(arguments: [1, 2, 5, 14]) func theCostIsTheLeastThereIs(least: Int) {
        var dice = Dice(seed: UInt64(40 + least))
        for n in [0, 1, 3, 27, 28, 29, 60, 90] {
            let x = (0..<n).map { 0.5 * sin(Double($0) / 9) + 0.3 * dice.normal() }
            let ends = ChangePoints.ends(in: x, penalty: 0.3, minimumLength: least)
            guard n > 0 else {
                #expect(ends == [])
                continue
            }
            #expect(ends.last == n)
            let starts = [0] + ends.dropLast()
            let total = zip(starts, ends).reduce(-0.3) { $0 + cost(Array(x[$1.0..<$1.1])) + 0.3 }
            if n >= least {
                #expect(zip(starts, ends).allSatisfy { $1 - $0 >= least })
                #expect(abs(total - plain(x, 0.3, least)) < 1e-9, "n \(n)")
            }
        }
    }
}
