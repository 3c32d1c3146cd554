import Foundation
import Testing

@testable import Series

@Suite struct StatisticsTests {
    /// R: quantile(c(11.4,17.3,21.3,25.9,40.1,50.5,60.0,70.0,75), c(0,.35,.5,.9,1), type = 7).
    @Test(arguments: [(0.0, 11.4), (0.35, 24.98), (0.5, 40.1), (0.9, 71.0), (1.0, 75.0)])
    func quantilesAreThoseOfR(level: Double, expected: Double) throws {
        let values = [75, 17.3, 21.3, 25.9, 40.1, 50.5, 60.0, 70.0, 11.4]
        #expect(abs(try #require(Quantile.type7(values, level)) - expected) < 1e-12)
    }

    @Test func quantilesOfFewValues() {
        #expect(Quantile.type7([], 0.5) == nil)
        #expect(Quantile.type7([3], 0.9) == 3)
        #expect(Quantile.type7([1, 2, 4, 8], 0.5) == 3)
    }

    @Test func quantilesGrowWithTheLevelAndStayInside() throws {
        var dice = Dice(seed: 5)
        for n in [2, 3, 10, 101] {
            let values = (0..<n).map { _ in dice.normal() }
            var before = -Double.infinity
            for level in stride(from: 0.0, through: 1, by: 0.01) {
                let q = try #require(Quantile.type7(values, min(1, level)))
                #expect(q >= before && q >= values.min()! && q <= values.max()!)
                before = q
            }
        }
    }

    /// numpy 2.4.6: `nanmean` and `nanstd` of `float(i % 97) * 1.37 - 3.3` for i below n.
    @Test(arguments: [
        (1, -3.3, 0.0),
        (7, 0.8100000000000005, 2.74),
        (8, 1.4950000000000003, 3.1390643510447505),
        (9, 2.1800000000000006, 3.5373247895361075),
        (127, 51.61866141732284, 39.20634466496111),
        (128, 51.510703125000006, 39.071841006815454),
        (129, 51.41503875968993, 38.935151175917134),
        (300, 60.65160000000001, 39.15942202637828),
        (1000, 61.08315000000001, 38.63752139536774),
    ])
    func meanAndDeviationHaveNumPysBits(n: Int, mean: Double, deviation: Double) {
        let values = (0..<n).map { Double($0 % 97) * 1.37 - 3.3 }
        #expect(Moments.mean(values) == mean)
        #expect(Moments.populationDeviation(values) == deviation)
    }

    @Test func deviations() throws {
        #expect(Moments.populationDeviation([2, 4, 4, 4, 5, 5, 7, 9]) == 2)
        #expect(abs(try #require(Moments.sampleDeviation([2, 4, 4, 4, 5, 5, 7, 9])) - 2.138089935299395) < 1e-15)
        #expect(
            Moments.mean([]) == nil && Moments.populationDeviation([]) == nil && Moments.sampleDeviation([1]) == nil)
        #expect(Moments.laplaceDeviation([1, -1]) == 2.0.squareRoot())
    }

    @Test func robustFiguresIgnoreOneWildValue() throws {
        let calm = [1.0, 2, 3, 4, 5, 6, 7]
        #expect(RobustStatistics.median(calm) == 4)
        #expect(RobustStatistics.medianAbsoluteDeviation(calm) == 2)
        let wild = calm.dropLast() + [1e9]
        #expect(RobustStatistics.median(Array(wild)) == 4)
        let z = RobustStatistics.robustZ(Array(wild))
        #expect(z[3] == 0 && z[6] > 1e8)
        #expect(RobustStatistics.robustZ([5, 5, 5]) == [0, 0, 0])
        #expect(RobustStatistics.robustZ([]) == [])
    }

    @Test func theMadOfManyNormalValuesEstimatesTheirDeviation() throws {
        var dice = Dice(seed: 11)
        let values = (0..<4000).map { _ in dice.normal() * 3 }
        #expect(abs(try #require(RobustStatistics.scale(values)) - 3) < 0.15)
    }
}
