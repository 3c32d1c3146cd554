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

    static func drawn(_ regions: [Region]) -> Mask {
        var drawn = Mask(width: 160, height: 120, inside: false)
        for r in regions { for y in r.y..<r.maxY { for x in r.x..<r.maxX { drawn[x, y] = true } } }
        return drawn
    }

    static func overlap(_ mask: Mask, with regions: [Region]) -> Double {
        let drawn = drawn(regions)
        return Double(mask.intersection(drawn).count) / Double(mask.union(drawn).count)
    }

    static func overlap(_ candidate: Candidate, with regions: [Region]) -> Double {
        overlap(candidate.region.mask, with: regions)
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

    /// The region has a rim as wide as the windows of comparison; what an inspector is shown has not, from the walls on.
    @Test func theOutlineIsCloserThanTheRegion() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 24) { number in
            ConstructionWatchTests.moment(
                number,
                number >= 12
                    ? [
                        Scene.Thing(Self.shed.expanded(by: 9), .ground(150, 120, 80)),
                        Scene.Thing(Self.shed, .blueRoof),
                    ]
                    : [])
        }
        let flag = try #require(standing(scene).first)
        try #require(flag.stages.last?.stage == .roof || flag.stages.last?.stage == .walls)
        let overlap = Self.overlap(flag.outline.mask, with: [Self.shed])
        #expect(overlap > 0.85 && overlap > Self.overlap(flag, with: [Self.shed]) + 0.1, "\(overlap)")
    }

    /// States of 0.1.0 have no outline: then the region is shown.
    @Test func aCandidateOfAnOlderStoreShowsItsRegion() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 16) { ConstructionWatchTests.withBox($0, in: 12..<1000) }
        let flag = try #require(standing(scene).first)
        var fields = try #require(
            try JSONSerialization.jsonObject(with: JSONEncoder().encode(flag)) as? [String: Any])
        fields["builtOutline"] = nil
        let old = try JSONDecoder().decode(Candidate.self, from: JSONSerialization.data(withJSONObject: fields))
        #expect(old.outline == flag.region)
    }

    /// Where water or wet ground hangs together with a flag all about its plot, the flag stands.
    @Test func aFloodAboutThePlotTakesNoFlagAway() throws {
        var scene = ConstructionScene(parameters, plot: Region(x: 44, y: 50, width: 48, height: 48))
        scene.follow(days: 26) { number in
            var things: [Scene.Thing] = []
            if number >= 26 {
                things.append(Scene.Thing(Region(x: 0, y: 62, width: 160, height: 30), .plain(90, 95, 60)))
            }
            if number >= 12 { things.append(Scene.Thing(Self.shed, .blueRoof)) }
            return ConstructionWatchTests.moment(number, things)
        }
        try #require(scene.confirmed.first.map { $0.at < ConstructionScene.moments(days: 26)[26].at } ?? false)
        #expect(scene.removed.isEmpty && scene.confirmed.count == 1)
        #expect(standing(scene).count == 1)
    }
}
