import Foundation
import Testing
import Village

@testable import Advising

struct ConstructionJudgeTests {
    private let clock = SiteClock(timeZone: "Asia/Shanghai")!

    private func site(_ permits: [Permit]) -> Site {
        var site = Season.site
        site.permits = permits
        site.plots = ["b1", "b2", "b3"].map {
            Plot(
                id: $0, camera: "cam", kind: .building, crop: nil, household: "h-\($0)", shape: .polygon([]),
                valid: DayRange())
        }
        return site
    }

    private func finding(
        _ parts: [(String, Double)] = [("b1", 1)], first: String = "2024-05-10", last: String = "2024-05-20",
        outline: Outline = square(0, 0, 100),
        stage: Flag.Stage = .walls
    ) -> ConstructionFinding {
        let first = clock.instant(first) ?? .distantPast, last = clock.instant(last) ?? .distantPast
        return ConstructionFinding(
            id: "f1", camera: "cam", parts: parts.map { .init(plot: $0.0, share: $0.1) }, outline: outline,
            box: [0, 0, 100, 100], stage: stage,
            stages: [.init(stage: stage, at: first)], firstSeen: first, lastSeen: last, confirmedAt: last,
            areaInPixels: 10_000, areaInSquareMetres: 42.4,
            confidence: 0.8, evidence: .init(before: "a.jpg", after: "b.jpg", mask: nil))
    }

    static func square(_ x: Double, _ y: Double, _ side: Double) -> Outline {
        [SIMD2(x, y), SIMD2(x + side, y), SIMD2(x + side, y + side), SIMD2(x, y + side)]
    }

    private static func permit(
        _ plot: String = "b1", _ from: String? = "2024-05-01", _ until: String? = "2024-12-31",
        _ polygon: Outline? = nil
    ) -> Permit {
        Permit(
            plot: plot, number: "乡字第2024-017号",
            valid: DayRange(from: from.flatMap { Day($0) }, until: until.flatMap { Day($0) }), polygon: polygon)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var permits: [Permit]
        var status: Flag.Status
        var says: String
    }

    @Test(arguments: [
        Case(testDescription: "no permit", permits: [], status: .unauthorized, says: "没有批准证"),
        Case(testDescription: "plot and dates", permits: [permit()], status: .permitted, says: "017号的地块和日期内"),
        Case(testDescription: "open ended", permits: [permit("b1", nil, nil)], status: .permitted, says: "日期内"),
        Case(testDescription: "another plot's", permits: [permit("b2")], status: .unauthorized, says: "没有批准证"),
        Case(
            testDescription: "first day", permits: [permit("b1", "2024-05-10", "2024-05-20")], status: .permitted,
            says: "日期内"),
        Case(
            testDescription: "begins a day late", permits: [permit("b1", "2024-05-11")], status: .unauthorized,
            says: "已经动工"),
        Case(
            testDescription: "ended a day early", permits: [permit("b1", "2024-05-01", "2024-05-19")],
            status: .unauthorized, says: "到期"),
        Case(
            testDescription: "ended long ago", permits: [permit("b1", "2023-01-01", "2023-12-31")],
            status: .unauthorized, says: "2023-12-31到期"),
        Case(
            testDescription: "two permits, one fits", permits: [permit("b1", "2023-01-01", "2023-12-31"), permit()],
            status: .permitted, says: "日期内"),
        Case(
            testDescription: "whole outline", permits: [permit("b1", nil, nil, square(-5, -5, 120))],
            status: .permitted, says: "日期内"),
        Case(
            testDescription: "85 % of it", permits: [permit("b1", nil, nil, square(0, 0, 92.2))], status: .permitted,
            says: "日期内"),
        Case(
            testDescription: "72 % of it", permits: [permit("b1", nil, nil, square(0, 0, 85))], status: .unauthorized,
            says: "%在批准证"),
        Case(
            testDescription: "beside it", permits: [permit("b1", nil, nil, square(200, 200, 50))],
            status: .unauthorized, says: "约100%"),
    ])
    func permitsDecide(one: Case) throws {
        let flag = try #require(ConstructionJudge(site: site(one.permits)).flag(finding()))
        #expect(flag.status == one.status)
        #expect(flag.explanation.zh.contains(one.says), "\(flag.explanation.zh)")
        #expect((flag.permit != nil) == (one.permits.contains { $0.plot == "b1" }))
        #expect(flag.explanation.zh.contains("约42平方米") && flag.explanation.zh.contains("墙体"))
        #expect(!flag.explanation.en.isEmpty && !flag.explanation.en.contains("illegal"))
    }

    @Test func largestShareIsThePlotAndTheOthersAreNeighbours() throws {
        let judge = ConstructionJudge(site: site([Self.permit("b2")]))
        let flag = try #require(judge.flag(finding([("b1", 0.3), ("b2", 0.67), ("b3", 0.03)])))
        #expect(flag.plot == "b2" && flag.neighbours == ["b1"] && flag.household == "h-b2")
        // The neighbour's part has no permit.
        #expect(flag.status == .unauthorized && flag.explanation.zh.contains("地块b1没有批准证"))
        let both = ConstructionJudge(site: site([Self.permit("b1"), Self.permit("b2")]))
        #expect(both.flag(finding([("b1", 0.3), ("b2", 0.67)]))?.status == .permitted)
        #expect(judge.flag(finding([])) == nil)
        // Equal shares: the order they come in says nothing.
        #expect(
            judge.flag(finding([("b2", 0.5), ("b1", 0.5)]))?.plot
                == judge.flag(finding([("b1", 0.5), ("b2", 0.5)]))?.plot)
    }

    @Test func whatPassesIsWithdrawnWithAReason() throws {
        var passing = finding(first: "2024-05-10", last: "2024-05-14", stage: .removed)
        let judge = ConstructionJudge(site: site([]))
        #expect(try #require(judge.flag(passing)).withdrawn == nil)
        passing.isPassing = true
        let flag = try #require(judge.flag(passing))
        let reason = try #require(flag.withdrawn)
        for text in [reason.zh, reason.en] { #expect(text.contains("2024-05-10") && text.contains("2024-05-14")) }
        #expect(flag.isSetAside && !flag.callsForAction)
    }

    /// Each part answers for its own plot; the permit of one is not asked of the other.
    @Test func whatGoesOnOnTheNextPlotIsNamed() throws {
        var across = finding([("b1", 1)])
        across.touching = ["b2"]
        let flag = try #require(ConstructionJudge(site: site([Self.permit("b1")])).flag(across))
        #expect(flag.neighbours == ["b2"] && flag.status == .permitted)
        #expect(flag.explanation.zh.contains("b2") && flag.explanation.en.contains("reaching into b2"))
        across.parts = [.init(plot: "b1", share: 0.9), .init(plot: "b2", share: 0.1)]
        #expect(ConstructionJudge(site: site([])).flag(across)?.neighbours == ["b2"])
    }

    @Test func removedIsUnclear() throws {
        let flag = try #require(ConstructionJudge(site: site([])).flag(finding(stage: .removed)))
        #expect(flag.status == .unclear)
    }

    @Test func sitesClockDecidesTheDay() {
        // 23:30 UTC on the 19th is the 20th at the site.
        var late = finding()
        late.firstSeen = Date(timeIntervalSince1970: Double(Day("2024-05-19")!.number) * 86_400 + 23.5 * 3600)
        late.lastSeen = late.firstSeen
        #expect(ConstructionJudge(site: site([Self.permit("b1", "2024-05-20")])).flag(late)?.status == .permitted)
    }

    @Test(arguments: [(0.0, 1.0), (25, 0.75), (50, 0.5), (100, 0.0)])
    func shareOfAShiftedSquare(shift: Double, share: Double) {
        let found = OutlineShare.of(Self.square(0, 0, 100), within: Self.square(shift, 0, 100))
        #expect(abs(found - share) < 0.011)
    }

    @Test func shareOfOddOutlines() {
        let triangle: Outline = [SIMD2(0, 0), SIMD2(100, 0), SIMD2(0, 100)]
        #expect(abs(OutlineShare.of(Self.square(0, 0, 100), within: triangle) - 0.5) < 0.012)
        #expect(OutlineShare.of(triangle, within: Self.square(0, 0, 100)) == 1)
        #expect(OutlineShare.of([], within: triangle) == 0)
        #expect(OutlineShare.of(triangle, within: []) == 0)
        #expect(OutlineShare.of([SIMD2(1, 1), SIMD2(1, 1), SIMD2(1, 1)], within: triangle) == 0)
        #expect(OutlineShare.of([SIMD2(0, .infinity), SIMD2(1, 1), SIMD2(2, 0)], within: triangle) == 0)
    }
}
