import Foundation
import Pixels
import TestKit
import Testing

@testable import Detection

/// The region model's share for shade, where looks of other hours show the same.
@Suite struct OtherLightTests {
    static let size = Size(width: 32, height: 32)

    /// 6 in the morning of a day in China; its 8 o'clock is midnight in UTC.
    static let morning = Date(timeIntervalSince1970: 1_714_514_400)

    let likely = RegionLikelihood(
        shares: RegionLikelihood.Kind.allCases.map { $0 == .shadow ? 0.5 : $0 == .structure ? 0.4 : 0.1 / 9 })

    /// A watch whose looks at these days and hours all changed everywhere, and what it makes of the region.
    private func judged(_ moments: [(day: Double, hour: Double)]) throws -> RegionLikelihood? {
        let all = Mask(width: Self.size.width, height: Self.size.height, inside: true)
        let image = RGBImage(
            width: Self.size.width, height: Self.size.height, bytes: [UInt8](repeating: 90, count: 3 * Self.size.area))
        var watch = ConstructionWatch(
            parameters: try ConstructionParameters.shipped.get(), model: nil, size: Self.size,
            plots: [(id: "b1", mask: all)], kernels: .best)
        for moment in moments {
            let at = Self.morning.addingTimeInterval(moment.day * 86_400 + (moment.hour - 6) * 3600)
            watch.append(
                .init(
                    name: .init(at: at, path: "\(moment)"), image: image, valid: all, view: nil, changed: all,
                    repeats: all))
        }
        var judgement = RegionJudge(parameters: watch.parameters, model: nil, kernels: .best).judge(
            all, now: watch.view(image, all), before: watch.view(image, all))
        judgement.likely = likely
        return watch.likely(judgement, region: all)
    }

    @Test func shadeCountsLessAndTheRestKeepsItsProportions() {
        let less = likely.lessShadow(0.1)
        #expect(abs(less.shares.reduce(0, +) - 1) < 1e-12)
        #expect(abs(less[.shadow] - 0.05 / 0.55) < 1e-12 && abs(less[.structure] - 0.4 / 0.55) < 1e-12)
        #expect(likely.lessShadow(1) == likely)
    }

    /// Around 8 o'clock in China a day of UTC ends: hours are compared around the clock.
    @Test(arguments: [
        [(0.0, 7.5), (1, 8.5), (2, 15), (3, 8.5), (4, 7.5)], [(0, 9.0), (1, 15), (2, 9), (3, 9), (4, 9)],
        [(0, 7.0), (1, 7), (2, 7), (3, 7), (4, 10.5)],
    ]) func looksHoursApartOnOtherDaysAreHardlyShade(moments: [(Double, Double)]) throws {
        #expect(try judged(moments.map { (day: $0.0, hour: $0.1) }) == likely.lessShadow(0.1))
    }

    @Test(arguments: [
        // The same hour; hours too near; one day alone; looks so dense that shade had no time to leave.
        [(0.0, 9.0), (1, 9), (2, 9), (3, 9), (4, 9)], [(0, 7.5), (1, 8.5), (2, 9.5), (3, 8), (4, 9)],
        [(0, 9.0), (0, 15)], [(0, 7.0), (0, 11), (0, 15), (1, 7), (1, 11)],
    ]) func otherwiseItIsAsThePictureSays(moments: [(Double, Double)]) throws {
        #expect(try judged(moments.map { (day: $0.0, hour: $0.1) }) == likely)
    }
}
