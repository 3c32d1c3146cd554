import Detection
import Foundation
import Pixels
import TestKit
import Testing
import Village

/// What is built keeps its outline, though backgrounds learn and the sun paints.
@Suite struct ConstructionOutlineTests {
    static let shed = Region(x: 50, y: 60, width: 36, height: 28)
    static let wing = Region(x: 86, y: 60, width: 30, height: 28)

    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    /// Another colour in each of three looks, none of them the ground's.
    static func restless(_ number: Int) -> Scene.Thing.Look {
        [.plain(60, 62, 70), .plain(60, 150, 210), .plain(225, 200, 235)][number % 3]
    }

    static func overlap(_ candidate: Candidate, with regions: [Region]) -> Double {
        let size = Size(width: 160, height: 120)
        var drawn = Mask(width: size.width, height: size.height, inside: false)
        for r in regions { for y in r.y..<r.maxY { for x in r.x..<r.maxX { drawn[x, y] = true } } }
        let region = candidate.region.mask
        return Double(region.intersection(drawn).count) / Double(region.union(drawn).count)
    }

    func standing(_ scene: ConstructionScene) -> [Candidate] {
        scene.watch.candidates.filter { $0.status == .confirmed }
    }

    /// A wing that is never the same from look to look is no candidate, and backgrounds learn it; once it is done it is
    /// part of the works beside it all the same.
    @Test func whatABackgroundLearntOfTheWorksIsPartOfThem() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 34) { number in
            var things: [Scene.Thing] = []
            if number >= 12 {
                things.append(Scene.Thing(Self.shed, .blueRoof))
                things.append(Scene.Thing(Self.wing, number < 40 ? Self.restless(number) : .plain(60, 150, 210)))
            }
            return ConstructionWatchTests.moment(number, things)
        }
        try #require(standing(scene).count == 1)
        let overlap = Self.overlap(standing(scene)[0], with: [Self.shed, Self.wing])
        #expect(overlap > 0.6, "overlap \(overlap)")
    }

    /// A roof that is another colour in every light goes on to be a part of the works that have stood for long.
    @Test func aRoofOfManyColoursStaysInTheOutline() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 30) { number in
            let wing: Scene.Thing.Look = number < 36 ? .blueRoof : Self.restless(number)
            return ConstructionWatchTests.moment(
                number, number >= 12 ? [Scene.Thing(Self.shed, .blueRoof), Scene.Thing(Self.wing, wing)] : [])
        }
        try #require(standing(scene).count == 1)
        let overlap = Self.overlap(standing(scene)[0], with: [Self.shed, Self.wing])
        #expect(overlap > 0.6, "overlap \(overlap)")
    }

    /// A part that is taken away leaves the outline.
    @Test func theOutlineFollowsWhatIsTakenAway() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 34) { number in
            var things: [Scene.Thing] = []
            if number >= 12 { things.append(Scene.Thing(Self.shed, .blueRoof)) }
            if (12..<44).contains(number) { things.append(Scene.Thing(Self.wing, .blueRoof)) }
            return ConstructionWatchTests.moment(number, things)
        }
        try #require(standing(scene).count == 1)
        let overlap = Self.overlap(standing(scene)[0], with: [Self.shed])
        #expect(overlap > 0.6, "overlap \(overlap)")
    }
}
