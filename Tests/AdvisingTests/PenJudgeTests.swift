import Advising
import ConfigurationFiles
import Foundation
import TestKit
import Testing
import Village

@Suite struct PenJudgeTests {
    /// 1 June 2024, noon at the site.
    static let start = Date(timeIntervalSince1970: 1_717_214_400)

    private func judge(_ plot: Plot) throws -> PenJudge {
        let folder = ProjectFiles.models
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
        func night(_ spread: Double?, _ captures: Int, sun: Double = -20, count: Double = 12) -> [PenJudge.Moment] {
            (0..<captures).map { moment(day: 0.4 + Double($0) / 24, count: count, spread: spread, sun: sun) }
        }
        #expect(try judged(PenSettings(), night(nil, 1)).flags.isEmpty)
        #expect(try judged(PenSettings(), night(nil, 2, sun: -2)).flags.isEmpty)
        #expect(try judged(PenSettings(), night(nil, 5, count: 0)).flags.isEmpty)
        let apart = try #require(try judged(PenSettings(), night(1.1, 2)).flags.first)
        #expect(apart.kind == .livestock && apart.explanation.zh.contains("至少12只"))
        #expect(apart.confirmedAt == night(1.1, 2).last?.at && !apart.explanation.zh.contains("挤成一堆"))
        let huddled = try #require(try judged(PenSettings(), night(0.3, 3)).flags.first)
        #expect(huddled.explanation.zh.contains("挤成一堆") && huddled.explanation.en.contains("They huddle"))
        // Two nights apart are two evenings of one late hen each.
        #expect(try judged(PenSettings(), [moment(day: 0.4, sun: -20), moment(day: 1.4, sun: -20)]).flags.isEmpty)
        // They were seen, and brought in since.
        #expect(try judged(PenSettings(), night(nil, 2) + [moment(day: 2)]).flags.isEmpty)
    }

    @Test func whatNightsSayIsNotWhatDaysSay() throws {
        // Roosting is no huddling by day, an empty night no loss, and a full one no crowd.
        let roost = (0..<3).map { moment(day: 0.4 + Double($0) / 24, spread: 0.2, sun: -30) }
        #expect(try judged(PenSettings(), roost).titles.isEmpty)
        let indoors = (0..<6).flatMap { day in
            [
                moment(day: Double(day), density: 90),
                moment(day: Double(day) + 0.5, count: 0, density: 0, spread: nil, sun: -30),
            ]
        }
        let found = try judged(PenSettings(), indoors)
        #expect(found.flags.isEmpty && found.titles.isEmpty)
        // Days without a usable picture are no days without an animal.
        let blind = [moment(day: 0)] + (1..<6).map { moment(day: Double($0) + 0.5, count: 0, spread: nil, sun: -30) }
        #expect(try judged(PenSettings(), blind).flags.isEmpty)
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
