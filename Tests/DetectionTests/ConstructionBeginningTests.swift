import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

/// The day from which works are said to have been there.
@Suite struct ConstructionBeginningTests {
    static let plots = [Region(x: 4, y: 4, width: 66, height: 112), Region(x: 70, y: 4, width: 86, height: 112)]
    static let ground = Region(x: 76, y: 44, width: 44, height: 36)
    static let shed = Region(x: 76, y: 46, width: 38, height: 32)
    static let neighbour = Region(x: 14, y: 30, width: 54, height: 48)
    static let firstLook = 12
    static let built = 30

    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    private func candidate(days: Int, _ things: (Int) -> [Scene.Thing]) throws -> Candidate {
        var parameters = parameters
        // The region model makes little of ground that is one colour.
        parameters.worksShare = 0.05
        var scene = ConstructionScene(parameters, plots: Self.plots)
        scene.follow(days: days) { ConstructionWatchTests.moment($0, things($0)) }
        return try #require(scene.confirmed.map(\.candidate).first { $0.plots.first?.plot == "b2" })
    }

    private func days(_ candidate: Candidate, after look: Int) -> Double {
        candidate.firstSeen.timeIntervalSince(ConstructionScene.moments(days: 40)[look].at) / 86_400
    }

    /// What stands in the pit passes for a heap of the neighbour's builders as soon as his house reaches it, days after the
    /// pit was dug.
    @Test func worksBeganWithThePitThatTheyRoseFrom() throws {
        let slab = Region(x: 76, y: 52, width: 12, height: 26)
        let own = try candidate(days: 34) { number in
            var house = Self.neighbour
            house.width = number < Self.built ? 40 : 54
            var things: [Scene.Thing] = []
            if number >= Self.firstLook - 2 { things.append(Scene.Thing(house, .blueRoof)) }
            if number >= Self.firstLook { things.append(Scene.Thing(slab, .ground(96, 62, 40))) }
            if number >= Self.built { things.append(Scene.Thing(slab, .ground(176, 166, 150))) }
            if number >= Self.built + 14 { things.append(Scene.Thing(Self.shed, .blueRoof)) }
            return things
        }
        #expect(abs(days(own, after: Self.firstLook)) <= 1, "first seen \(own.firstSeen)")
        #expect(own.stages.first?.stage == .clearing)
    }

    /// Something lay there and was taken away days before anybody built: that is not when works began.
    @Test func whatWasTakenAwayBeforeIsNoBeginning() throws {
        let built = Self.firstLook + 8
        let own = try candidate(days: 34) { number in
            if number < Self.firstLook { return [Scene.Thing(Self.ground, .paleSheet)] }
            return number >= built ? [Scene.Thing(Self.shed, .blueRoof)] : []
        }
        #expect(abs(days(own, after: built)) <= 1, "first seen \(own.firstSeen)")
    }

    private func bareGround(outlineBefore: Double) -> Candidate {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let judgement = RegionJudgement(
            kind: .soil, structureScore: 0.2, vegetationBefore: 0, vegetationNow: 0, straightness: 0.3, crossing: 0.1,
            sheetColour: 0, grey: 0, brick: 0, soil: 0.9, outlineBefore: outlineBefore, stage: .unknown)
        return Candidate(
            number: 1, firstSeen: start, lastSeen: start.addingTimeInterval(6 * 86_400), looks: 8,
            region: RunLengthMask(Mask(size: Size(width: 160, height: 120), filling: Self.ground)),
            judgement: judgement, builtInARow: 0, sameShapeInARow: 4, steadiness: 1, stages: [], plots: [],
            before: nil, after: "")
    }

    @Test func groundThatLostItsOutlineDried() throws {
        let pit = bareGround(outlineBefore: 0.3)
        #expect(Groundwork(pit)?.firstSeen == pit.firstSeen)
        #expect(Groundwork(bareGround(outlineBefore: 1.2)) == nil)
        var wet = pit
        wet.mistakenAt = pit.firstSeen.addingTimeInterval(4 * 86_400)
        #expect(Groundwork(wet)?.firstSeen == wet.mistakenAt)
    }

    /// A pit between plants has their colours in its outline; the works that are seen in it are a part of it at first.
    @Test func groundThatTheModelIsSureOfNeedsNoColour() throws {
        let size = Size(width: 160, height: 120)
        var watch = ConstructionWatch(parameters: parameters, model: nil, size: size, plots: [], kernels: .best)
        var pit = bareGround(outlineBefore: 0.3)
        pit.judgement.kind = .vegetation
        pit.judgement.soil = 0.3
        var works = pit
        let ground = Self.ground
        works.region = RunLengthMask(
            Mask(size: size, filling: Region(x: ground.x, y: ground.y, width: ground.width / 3, height: ground.height)))
        works.firstSeen = pit.lastSeen
        for (share, isBeginning) in [(0.95, true), (0.80, false)] {
            pit.likely = RegionLikelihood(
                shares: RegionLikelihood.Kind.allCases.map { $0 == .soil ? share : 0 })
            watch.state.groundworks = [Groundwork(pit, dugWorks: parameters.dugWorks)].compactMap { $0 }
            let began = watch.groundwork(of: works, region: works.region.mask)?.firstSeen
            #expect(began == (isBeginning ? pit.firstSeen : nil), "share of works \(share)")
        }
    }

    /// Crates, for the region model, until the look at which something else lies there.
    @Test func whatTheModelIsSureNobodyBuiltDatesNothing() {
        let size = Size(width: 160, height: 120)
        var watch = ConstructionWatch(parameters: parameters, model: nil, size: size, plots: [], kernels: .best)
        var works = bareGround(outlineBefore: 0.3)
        let looks = (0..<8).map { works.firstSeen.addingTimeInterval(Double($0) * 43_200) }
        watch.state.history = looks.map { .init(at: $0, path: "") }
        let region = works.region.mask
        #expect(watch.firstSeen(of: works, region: region, at: looks[7]) == looks[0])
        works.mistakenAt = looks[4]
        #expect(watch.firstSeen(of: works, region: region, at: looks[7]) == looks[5])
        works.mistakenAt = looks[7]
        #expect(watch.firstSeen(of: works, region: region, at: looks[7]) == looks[7])
    }

    /// However long ago the pit was last seen bare, if the works stand in it.
    @Test func theGroundBelongsToWhatStandsInIt() {
        let size = Size(width: 160, height: 120)
        let watch = ConstructionWatch(parameters: parameters, model: nil, size: size, plots: [], kernels: .best)
        var works = bareGround(outlineBefore: 0.3)
        works.ground = Groundwork(works)
        works.firstSeen = works.firstSeen.addingTimeInterval(30 * 86_400)
        let began = works.ground?.firstSeen
        #expect(watch.groundwork(of: works, region: works.region.mask)?.firstSeen == began)
        let elsewhere = Mask(size: size, filling: Self.neighbour)
        #expect(watch.groundwork(of: works, region: elsewhere) == nil)
    }

    /// Bricks anywhere on the plot are the works'; those of which the plot is not known only where the works stand.
    @Test func bricksOfNoKnownPlotBelongToWhatStandsOnThem() {
        let size = Size(width: 160, height: 120)
        var watch = ConstructionWatch(parameters: parameters, model: nil, size: size, plots: [], kernels: .best)
        var bricks = bareGround(outlineBefore: 0.3)
        (bricks.judgement.brick, bricks.judgement.soil) = (0.8, 0.1)
        var works = bareGround(outlineBefore: 0.3)
        works.plots = [.init(plot: "b1", share: 1)]
        works.firstSeen = bricks.lastSeen.addingTimeInterval(86_400)
        let elsewhere = Mask(size: size, filling: Self.neighbour)
        for (plot, isTheirs) in [("b1", true), ("b2", false), (nil, false)] {
            bricks.plots = plot.map { [.init(plot: $0, share: 1)] } ?? []
            watch.state.groundworks = [Groundwork(bricks)].compactMap { $0 }
            #expect((watch.groundwork(of: works, region: elsewhere) != nil) == isTheirs, "\(plot ?? "none")")
        }
    }
}
