import Advising
import ConfigurationFiles
import Foundation
import Testing
import Village

@Suite struct PenJudgeTests {
    /// 1 June 2024, noon at the site.
    static let start = Date(timeIntervalSince1970: 1_717_214_400)

    private func judge(_ plot: Plot) throws -> PenJudge {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("models").path
        let site = Site(
            id: "s", name: "s", language: .zh, timeZone: "Asia/Shanghai", location: nil, folder: "/", archive: "/",
            store: "/s", cameras: [], plots: [plot], permits: [], households: [])
        return PenJudge(
            site: site, clock: try #require(SiteClock(timeZone: "Asia/Shanghai")),
            rules: try StockingRules(ParameterFile.load(path: folder + "/stocking.yaml")))
    }

    private func plot(_ pen: PenSettings = PenSettings()) -> Plot {
        Plot(
            id: "f1", camera: "cam", kind: .poultry, crop: nil, household: "h01",
            shape: .polygon([SIMD2(0, 0), SIMD2(100, 0), SIMD2(100, 80)]), valid: DayRange(), pen: pen)
    }

    private func moment(
        day: Double, count: Double = 20, outside: Double = 0, density: Double = 50, spread: Double? = 1,
        sun: Double = 40, bare: Double = 0.3
    ) -> PenJudge.Moment {
        PenJudge.Moment(
            at: Self.start.addingTimeInterval(day * 86_400), capture: "cam/\(day).jpg", solarElevation: sun,
            count: count, outside: outside, density: density, spread: spread, bareGround: bare)
    }

    private func judged(_ pen: PenSettings = PenSettings(), _ moments: [PenJudge.Moment]) throws -> (
        flags: [Flag], titles: [String]
    ) {
        let plot = plot(pen)
        let result = try judge(plot).judge(plot, moments: moments)
        #expect(result.advice.allSatisfy { !$0.source.isEmpty })
        return (result.flags, result.advice.map(\.title.en))
    }

    @Test func anOrdinaryFlockCallsForNothing() throws {
        let found = try judged(PenSettings(), (0..<20).map { moment(day: Double($0) / 2) })
        #expect(found.flags.isEmpty && found.titles.isEmpty)
    }

    @Test(arguments: [(99.0, 0, 0), (120, 0, 1), (167, 0, 1), (200, 1, 0)])
    func limitsAreTheUsualOnes(density: Double, flags: Int, cards: Int) throws {
        let found = try judged(PenSettings(), (0..<4).map { moment(day: Double($0), density: density) })
        #expect(found.flags.count == flags && found.titles.count == cards)
    }

    @Test func theBreedsLimitWins() throws {
        let found = try judged(PenSettings(breed: "layer"), [moment(day: 0, density: 80)])
        #expect(found.titles == ["Stocking is dense"])
        #expect(try judged(PenSettings(breed: "unheard-of"), [moment(day: 0, density: 80)]).titles.isEmpty)
    }

    @Test func noneSeenInSeason() throws {
        let seen = (0..<3).map { moment(day: Double($0)) }
        let gone = (3..<8).map { moment(day: Double($0), count: 0, density: 0, spread: nil) }
        #expect(try judged(PenSettings(), seen + gone).flags.count == 1)
        #expect(try judged(PenSettings(), seen + gone.prefix(2)).flags.isEmpty)
        // A pen that never had any is nobody's loss; in winter they are indoors.
        #expect(try judged(PenSettings(), gone).flags.isEmpty)
        let winter = (seen + gone).map { moment in
            var moment = moment
            moment.at += 200 * 86_400
            return moment
        }
        #expect(try judged(PenSettings(), winter).flags.isEmpty)
    }

    @Test func outsideNeedsTwoCaptures() throws {
        #expect(try judged(PenSettings(), [moment(day: 0), moment(day: 0.1, outside: 3)]).flags.isEmpty)
        let twice = try judged(
            PenSettings(), [moment(day: 0), moment(day: 0.1, outside: 3), moment(day: 0.2, outside: 2)])
        #expect(twice.flags.map(\.kind) == [.livestock])
        #expect(twice.flags.first?.explanation.zh.contains("约3只") == true)
    }

    @Test func nightIsNoTimeToRange() throws {
        #expect(try judged(PenSettings(), [moment(day: 0, sun: -20)]).flags.count == 1)
        #expect(try judged(PenSettings(), [moment(day: 0, sun: -2)]).flags.isEmpty)
    }

    @Test func huddlingIsToldOnlyWhenRepeated() throws {
        #expect(try judged(PenSettings(), [moment(day: 0, spread: 0.3), moment(day: 0.1, spread: 0.3)]).titles.isEmpty)
        let found = try judged(PenSettings(), (0..<3).map { moment(day: Double($0) / 10, spread: 0.3) })
        #expect(found.titles == ["Animals huddle"])
    }

    @Test func freshFruitIsTheCountysRule() throws {
        let pen = PenSettings(county: "达州", freshFruit: true)
        #expect(try judged(pen, [moment(day: 0)]).titles == ["No chickens under fresh fruit"])
        #expect(try judged(PenSettings(county: "酉阳", freshFruit: true), [moment(day: 0)]).titles.isEmpty)
        #expect(try judged(PenSettings(county: "达州"), [moment(day: 0)]).titles.isEmpty)
    }
}
