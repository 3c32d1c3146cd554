import Detection
import Foundation
import Pixels
import TestKit
import Testing
import Village

/// What lies beside works, and beside what is pulled down.
@Suite struct ConstructionRubbleTests {
    static let house = Region(x: 24, y: 40, width: 42, height: 34)
    static let beside = Region(x: 84, y: 44, width: 30, height: 24)
    static let firstLook = 12

    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    /// A house that stands from the beginning until `gone`, and a thing beside it.
    func scene(days: Int, gone: Int, thing: Range<Int>) -> ConstructionScene {
        var scene = ConstructionScene(parameters)
        scene.follow(days: days) { number in
            var things: [Scene.Thing] = []
            if number < gone { things.append(Scene.Thing(Self.house, .blueRoof)) }
            if thing.contains(number) { things.append(Scene.Thing(Self.beside, .blueRoof)) }
            return ConstructionWatchTests.moment(number, things)
        }
        return scene
    }

    @Test func whatLiesBesideAHousePulledDownForDaysIsNoFlag() {
        let thing = Self.firstLook..<Self.firstLook + 12
        #expect(scene(days: 24, gone: Self.firstLook, thing: thing).confirmed.isEmpty)
        // Beside a house that stands it is one, for as long as it is there.
        #expect(scene(days: 24, gone: 1000, thing: thing).confirmed.count == 1)
    }

    @Test func whatStaysBesideAHousePulledDownIsFlaggedLater() throws {
        let scene = scene(days: 24, gone: Self.firstLook, thing: Self.firstLook..<1000)
        try #require(scene.confirmed.count == 1)
        let (at, candidate) = scene.confirmed[0]
        let waited = at.timeIntervalSince(candidate.firstSeen) / 86_400
        #expect(waited >= parameters.passingDays && waited <= parameters.passingDays + 2)
        #expect(ConstructionOutlineTests.overlap(candidate, with: [Self.beside]) > 0.6)
    }

    /// A heap of the neighbour's builders is not the beginning of what is built in its place.
    @Test func whatIsBuiltWhereAHeapLayBeganAfterIt() throws {
        let plots = [Region(x: 4, y: 4, width: 66, height: 112), Region(x: 70, y: 4, width: 86, height: 112)]
        let shed = Region(x: 74, y: 44, width: 36, height: 28), built = 34
        var parameters = parameters
        parameters.confirmShare = 0.04
        var scene = ConstructionScene(parameters, plots: plots)
        scene.follow(days: 28) { number in
            var things: [Scene.Thing] = []
            if number >= Self.firstLook {
                things.append(Scene.Thing(Region(x: 20, y: 30, width: 48, height: 44), .blueRoof))
                things.append(
                    number >= built
                        ? Scene.Thing(shed, .blueRoof)
                        : Scene.Thing(Region(x: 72, y: 46, width: 12, height: 26), .ground(176, 166, 150)))
            }
            return ConstructionWatchTests.moment(number, things)
        }
        let own = try #require(scene.confirmed.map(\.candidate).first { $0.plots.first?.plot == "b2" })
        let began = ConstructionScene.moments(days: 28)[built].at
        #expect(abs(own.firstSeen.timeIntervalSince(began)) <= 86_400, "first seen \(own.firstSeen), built \(began)")
        #expect(own.before.map { $0 != ConstructionScene.path(Self.firstLook - 1) } ?? false)
    }
}
