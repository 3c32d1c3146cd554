import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

/// Bricks that are brought before anything is built of them.
@Suite struct ConstructionPileTests {
    static let plots = [Region(x: 4, y: 4, width: 86, height: 112), Region(x: 90, y: 4, width: 66, height: 112)]
    static let pile = Region(x: 12, y: 84, width: 26, height: 16)
    static let house = Region(x: 30, y: 20, width: 48, height: 34)
    static let neighbour = Region(x: 98, y: 20, width: 48, height: 34)
    static let firstLook = 12

    /// With these a pile is too small for a flag of something else.
    let parameters: ConstructionParameters

    init() throws {
        var parameters = try ConstructionParameters.shipped.get()
        parameters.confirmShare = 0.036
        parameters.confirmOwnShare = 0.08
        parameters.sureShare = 0.036
        parameters.pileEvidence = 0.32
        // The ground of the scene has the colour of bricks here and there.
        parameters.newBrickShare = 0.30
        parameters.pileBrick = 0.30
        parameters.pileNewness = 0.50
        self.parameters = parameters
    }

    func scene(days: Int, _ things: (Int) -> [Scene.Thing]) -> ConstructionScene {
        var scene = ConstructionScene(parameters, plots: Self.plots)
        scene.follow(days: days) { ConstructionWatchTests.moment($0, things($0)) }
        return scene
    }

    func thing(_ region: Region, _ look: Scene.Thing.Look, from first: Int, until last: Int = 1000, _ number: Int)
        -> [Scene.Thing]
    { (first..<last).contains(number) ? [Scene.Thing(region, look)] : [] }

    @Test func aPileOfBricksIsFlaggedThoughItIsSmall() throws {
        let bricks = scene(days: 16) { thing(Self.pile, .bricks, from: Self.firstLook, $0) }
        try #require(bricks.confirmed.count == 1)
        #expect(bricks.confirmed[0].candidate.stages.map(\.stage) == [.material])
        #expect(ConstructionOutlineTests.overlap(bricks.confirmed[0].candidate, with: [Self.pile]) > 0.6)
        // Something else of that size is not, nor are so few bricks.
        #expect(scene(days: 16) { thing(Self.pile, .blueRoof, from: Self.firstLook, $0) }.confirmed.isEmpty)
        let few = Region(x: 12, y: 84, width: 12, height: 10)
        #expect(scene(days: 16) { thing(few, .bricks, from: Self.firstLook, $0) }.confirmed.isEmpty)
    }

    /// The house that is built of them elsewhere on the plot goes on with their flag, and when they are used up the flag
    /// is not gone.
    @Test func whatIsBuiltOfThemGoesOnWithTheirFlag() throws {
        let scene = scene(days: 30) {
            thing(Self.pile, .bricks, from: Self.firstLook, until: 44, $0)
                + thing(Self.house, .blueRoof, from: 30, $0)
        }
        try #require(scene.confirmed.count == 1)
        #expect(scene.removed.isEmpty)
        let flag = try #require(scene.watch.candidates.first { $0.number == scene.confirmed[0].candidate.number })
        #expect(flag.status == .confirmed && flag.firstSeen == scene.confirmed[0].candidate.firstSeen)
        #expect(ConstructionOutlineTests.overlap(flag, with: [Self.house]) > 0.6)
        #expect(flag.stages.first?.stage == .material && flag.stages.count > 1)
    }

    @Test func bricksBesideFlaggedWorksAreNoOtherFlag() {
        let scene = scene(days: 30) {
            thing(Self.house, .blueRoof, from: Self.firstLook, $0) + thing(Self.pile, .bricks, from: 34, $0)
        }
        #expect(scene.confirmed.count == 1)
    }

    /// What the next household builds does not go on with them.
    @Test func whatIsBuiltOnTheNextPlotIsItsOwn() {
        let scene = scene(days: 30) {
            thing(Self.pile, .bricks, from: Self.firstLook, $0) + thing(Self.neighbour, .blueRoof, from: 30, $0)
        }
        #expect(Set(scene.confirmed.compactMap { $0.candidate.plots.first?.plot }) == ["b1", "b2"])
        #expect(scene.confirmed.count == 2 && scene.removed.isEmpty)
    }

    /// The surer a pile, the smaller it may be; what may be a person in red is none, and beside a flag of its plot it is
    /// its material.
    @Test func aSurePileMayBeSmaller() throws {
        let parameters = try ConstructionParameters.shipped.get()
        let house = { (number: Int) in self.thing(Self.house, .blueRoof, from: Self.firstLook, number) }
        var scene = ConstructionScene(parameters, plots: Self.plots)
        scene.follow(days: 16) { ConstructionWatchTests.moment($0, house($0)) }
        var candidate = try #require(scene.confirmed.first?.candidate)
        let nobodys = ConstructionScene(parameters, plots: Self.plots).watch
        func ratio(material: Double, person: Double = 0, brick: Double, in watch: ConstructionWatch) -> Double {
            candidate.judgement.brick = brick
            candidate.likely = RegionLikelihood(
                shares: RegionLikelihood.Kind.allCases.map {
                    $0 == .material ? material : $0 == .person ? person : (1 - material - person) / 9
                })
            return watch.sizeRatio(of: candidate, BuiltEvidence(newBrick: brick, detailBefore: 0.5))
        }
        #expect(ratio(material: 0.8, brick: 0.6, in: nobodys) == parameters.surePileRatio)
        #expect(ratio(material: 0.7, brick: 0.4, in: nobodys) == parameters.pileRatio)
        #expect(ratio(material: 0.6, brick: 0.3, in: nobodys) == 1)
        #expect(ratio(material: 0.8, person: 0.06, brick: 0.6, in: nobodys) == 1)
        #expect(ratio(material: 0.8, brick: 0.6, in: scene.watch) == 1)
    }
}
