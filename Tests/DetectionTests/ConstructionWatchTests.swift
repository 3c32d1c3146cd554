import Detection
import Foundation
import Pixels
import TestKit
import Testing
import Village

@Suite struct ConstructionWatchTests {
    static let box = Region(x: 60, y: 40, width: 40, height: 30)
    /// The first look that shows the box: the morning of the seventh day.
    static let firstLook = 12

    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    static func moment(_ number: Int, _ things: [Scene.Thing] = []) -> Scene.Moment {
        var moment = Scene.Moment(noiseSeed: UInt64(number))
        moment.things = things
        return moment
    }

    static func withBox(_ number: Int, in looks: Range<Int>) -> Scene.Moment {
        moment(number, looks.contains(number) ? [Scene.Thing(box, .blueRoof)] : [])
    }

    // MARK: What was built

    @Test(arguments: [1, 2, 3, 5]) func aBoxThatStaysIsConfirmedOnce(looksADay: Int) throws {
        var scene = ConstructionScene(parameters)
        let first = 6 * looksADay + (looksADay + 1) / 2
        scene.follow(days: 16, looksADay: looksADay) { Self.withBox($0, in: first..<1000) }
        #expect(scene.watch.pictureNames.contains { $0.hasPrefix("background/") })
        try #require(scene.confirmed.count == 1)
        let (at, candidate) = scene.confirmed[0]
        let appeared = ConstructionScene.moments(days: 16, looksADay: looksADay)[first].at
        #expect(candidate.firstSeen == appeared)
        // Looks closer than the sampling allows are passed over, so the one before may be the last but one.
        #expect([first - 1, first - 2].map(ConstructionScene.path).contains(candidate.before))
        #expect(candidate.confirmedAt == at)
        #expect(at.timeIntervalSince(candidate.firstSeen) >= (looksADay == 1 ? 40 : 46) * 3600)
        #expect(at.timeIntervalSince(candidate.firstSeen) <= 7 * 86_400)
        #expect(candidate.looks >= (looksADay == 1 ? 3 : 5))
        #expect(candidate.plots.map(\.plot) == ["b1"] && candidate.plots.first?.share == 1)
        let drawn = Mask(filling: Polygon(corners(of: Self.box)), size: Size(width: 160, height: 120))
        let region = candidate.region.mask
        let overlap = Double(region.intersection(drawn).count) / Double(region.union(drawn).count)
        #expect(overlap > 0.6, "overlap \(overlap)")
        #expect(scene.removed.isEmpty && scene.withdrawn.isEmpty)
        #expect(scene.watch.candidates.filter { $0.confirmedAt != nil }.count == 1)
    }

    @Test func underChangingLightItIsStillConfirmedOnce() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 16) { number in
            var moment = Self.light(number, seed: 3)
            moment.things = number >= Self.firstLook ? [Scene.Thing(Self.box, .blueRoof)] : []
            return moment
        }
        #expect(scene.confirmed.count == 1)
    }

    /// A smooth wall has fewer edges than the ground that it hides; what was pulled down has too.
    @Test func aSmoothShedOnRoughGroundIsConfirmed() throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 14) { number in
            Self.moment(
                number,
                number >= Self.firstLook
                    ? [
                        Scene.Thing(Region(x: 56, y: 44, width: 48, height: 30), .paleSheet),
                        Scene.Thing(Region(x: 54, y: 38, width: 52, height: 8), .blueRoof),
                    ] : [])
        }
        let confirmed = try #require(scene.confirmed.first)
        #expect(scene.confirmed.count == 1)
        #expect(confirmed.at.timeIntervalSince(confirmed.candidate.firstSeen) < 4 * 86_400)
    }

    /// Ploughed ground has the colour of bricks in some lights, and none of their edges.
    @Test(arguments: [[150, 108, 75], [132, 98, 69], [118, 82, 58]] as [[UInt8]])
    func ploughedGroundIsNothingBuilt(colour: [UInt8]) {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 30) { number in
            var moment = Self.moment(number)
            moment.exposure = 0.8 + 0.1 * Double(number % 5)
            if number >= Self.firstLook {
                moment.things = [
                    Scene.Thing(
                        Region(x: 40, y: 30, width: 80, height: 70), .ground(colour[0], colour[1], colour[2]))
                ]
            }
            return moment
        }
        #expect(scene.confirmed.isEmpty)
    }

    /// A car that is parked in the same place from Monday to Friday is flagged once at most.
    @Test func whatComesAndGoesIsNotFlaggedAgain() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 48, looksADay: 3) { number in
            let day = number / 3
            return Self.moment(number, day >= 6 && day % 7 < 5 ? [Scene.Thing(Self.box, .blueRoof)] : [])
        }
        #expect(scene.confirmed.count <= 1)
        #expect(scene.removed.count == scene.confirmed.count)
    }

    /// … and what is built there later is.
    @Test func whatStaysWhereSomethingCameAndWentIsFlagged() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 40, looksADay: 3) { number in
            let day = number / 3
            return Self.moment(number, (7..<12).contains(day) || day >= 20 ? [Scene.Thing(Self.box, .blueRoof)] : [])
        }
        #expect(scene.confirmed.count == 2)
        #expect(scene.removed.count == 1)
    }

    @Test func twoBoxesAreTwo() {
        let other = Region(x: 12, y: 80, width: 34, height: 26)
        var scene = ConstructionScene(parameters)
        scene.follow(days: 18) { number in
            var things: [Scene.Thing] = []
            if number >= Self.firstLook { things.append(Scene.Thing(Self.box, .blueRoof)) }
            if number >= Self.firstLook + 4 { things.append(Scene.Thing(other, .blueRoof)) }
            return Self.moment(number, things)
        }
        #expect(scene.confirmed.count == 2)
        #expect(Set(scene.confirmed.map(\.candidate.number)).count == 2)
    }

    @Test func whatIsTakenAwayAgainIsRemovedOnce() throws {
        let last = Self.firstLook + 18
        var scene = ConstructionScene(parameters)
        scene.follow(days: 22) { Self.withBox($0, in: Self.firstLook..<last) }
        #expect(scene.confirmed.count == 1)
        try #require(scene.removed.count == 1)
        let (at, candidate) = scene.removed[0]
        #expect(candidate.number == scene.confirmed[0].candidate.number)
        #expect(candidate.status == .removed && candidate.removedAt == at && candidate.stages.last?.stage == .removed)
        let gone = ConstructionScene.moments(days: 22)[last].at
        #expect(at >= gone && at.timeIntervalSince(gone) <= 5 * 86_400)
    }

    /// A plot far away is small in the picture, and so is what is built on it.
    @Test func aSmallBoxIsEnoughOnASmallPlotOnly() {
        let box = Region(x: 70, y: 50, width: 10, height: 7)
        // Too small for the picture: 70 of 19,200 pixels, as thresholds are shares of it.
        for (plot, isFlagged) in [
            (Region(x: 62, y: 42, width: 30, height: 24), true), (Region(x: 4, y: 4, width: 152, height: 112), false),
        ] {
            var parameters = parameters
            parameters.smallestShare = 0.002
            parameters.farShare = 0.003
            parameters.confirmShare = 0.0065
            parameters.worksShare = 0
            var scene = ConstructionScene(parameters, plot: plot)
            // The region model takes so little for something set down, or for somebody: it has to stay.
            scene.follow(days: 26) { number in
                Self.moment(number, number >= Self.firstLook ? [Scene.Thing(box, .blueRoof)] : [])
            }
            #expect(scene.confirmed.count == (isFlagged ? 1 : 0), "plot \(plot)")
        }
    }

    // MARK: What passes

    /// A tent of five days is there for longer than a lorry, and was not built.
    @Test(arguments: [(days: 5, isPassing: true), (days: 12, isPassing: false)])
    func whatLeavesWithinDaysPasses(stay: (days: Int, isPassing: Bool)) throws {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 12 + stay.days) { Self.withBox($0, in: Self.firstLook..<Self.firstLook + 2 * stay.days) }
        #expect(scene.confirmed.count == 1)
        let candidate = try #require(scene.removed.first?.candidate)
        #expect(candidate.isPassing(days: parameters.passingDays) == stay.isPassing)
    }

    /// Somebody who stands about is taller than wide, and in two plots no less; works begin low.
    @Test(arguments: [
        [Region(x: 4, y: 4, width: 152, height: 112)],
        [Region(x: 4, y: 4, width: 152, height: 46), Region(x: 4, y: 50, width: 152, height: 66)],
    ])
    func whatIsUprightMustStayForWeeks(plots: [Region]) {
        let upright = Region(x: 60, y: 30, width: 26, height: 40)
        var scene = ConstructionScene(parameters, plots: plots)
        scene.follow(days: 26) { number in
            Self.moment(number, number >= Self.firstLook ? [Scene.Thing(upright, .blueRoof)] : [])
        }
        #expect(scene.confirmed.count == plots.count)
        for (at, candidate) in scene.confirmed {
            #expect(at.timeIntervalSince(candidate.firstSeen) >= parameters.uprightDays * 86_400)
            #expect(at.timeIntervalSince(candidate.firstSeen) <= (parameters.uprightDays + 1) * 86_400)
        }
    }

    /// What was seen often enough and has left becomes no flag by the looks after.
    @Test(arguments: 4...10) func onlyALookThatShowsItMakesAFlag(looks: Int) {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 14) { Self.withBox($0, in: Self.firstLook..<Self.firstLook + looks) }
        for (at, candidate) in scene.confirmed { #expect(candidate.lastSeen == at) }
    }

    // MARK: Whose it is

    /// The box lies at x 60…100, y 40…70.
    @Test func aBoxAcrossTwoPlotsNamesBoth() {
        let left = Region(x: 4, y: 4, width: 76, height: 112), right = Region(x: 80, y: 4, width: 76, height: 112)
        var scene = ConstructionScene(parameters, plots: [left, right])
        scene.follow(days: 16) { Self.withBox($0, in: Self.firstLook..<1000) }
        let standing = scene.watch.candidates.filter { $0.status == .confirmed }
        #expect(Set(standing.compactMap { $0.plots.first?.plot }) == ["b1", "b2"])
        for candidate in standing { #expect(candidate.touches == [candidate.plots[0].plot == "b1" ? "b2" : "b1"]) }
    }

    @Test func aCornerOnTheNextPlotIsNamedAndNoMore() throws {
        let left = Region(x: 4, y: 4, width: 92, height: 112), right = Region(x: 96, y: 4, width: 60, height: 112)
        var scene = ConstructionScene(parameters, plots: [left, right])
        scene.follow(days: 16) { Self.withBox($0, in: Self.firstLook..<1000) }
        try #require(scene.confirmed.count == 1)
        #expect(scene.watch.candidates.filter { $0.status == .confirmed }.map(\.touches) == [["b2"]])
    }

    @Test func whatStandsBesideOnePlotsLineNamesNoOther() {
        let left = Region(x: 4, y: 4, width: 98, height: 112), right = Region(x: 102, y: 4, width: 54, height: 112)
        var scene = ConstructionScene(parameters, plots: [left, right])
        scene.follow(days: 16) { Self.withBox($0, in: Self.firstLook..<1000) }
        #expect(scene.watch.candidates.filter { $0.status == .confirmed }.map(\.touches) == [nil])
    }

    /// Two houses built a week apart that touch in the picture are two.
    @Test func whatIsBuiltLaterBesideItIsAnothers() {
        let left = Region(x: 4, y: 4, width: 76, height: 112), right = Region(x: 80, y: 4, width: 76, height: 112)
        var scene = ConstructionScene(parameters, plots: [left, right])
        scene.follow(days: 22) { number in
            var things: [Scene.Thing] = []
            if number >= Self.firstLook {
                things.append(Scene.Thing(Region(x: 45, y: 40, width: 35, height: 30), .blueRoof))
            }
            if number >= Self.firstLook + 12 {
                things.append(Scene.Thing(Region(x: 80, y: 40, width: 35, height: 30), .blueRoof))
            }
            return Self.moment(number, things)
        }
        let standing = scene.watch.candidates.filter { $0.status == .confirmed }
        #expect(standing.count == 2 && standing.allSatisfy { $0.touches == nil })
    }

    // MARK: What was not

    @Test func aBoxOfTwoDaysIsNeverConfirmed() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 18) { Self.withBox($0, in: Self.firstLook..<Self.firstLook + 4) }
        #expect(scene.confirmed.isEmpty)
        #expect(scene.watch.candidates.allSatisfy { $0.confirmedAt == nil })
    }

    @Test(arguments: [1, 2] as [UInt64]) func lightIsNeverConfirmed(seed: UInt64) {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 16) { Self.light($0, seed: seed) }
        #expect(scene.confirmed.isEmpty, "seed \(seed)")
    }

    /// From one day on everything is darker, warmer and flatter, and stays so.
    @Test func aLastingChangeOfTheCamerasSettingsIsNeverConfirmed() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 18) { number in
            var moment = Self.moment(number)
            if number >= Self.firstLook { (moment.exposure, moment.gamma, moment.balance) = (0.8, 1.3, (1.15, 0.88)) }
            return moment
        }
        #expect(scene.confirmed.isEmpty)
    }

    @Test func aBoxAtANewPlaceEachLookIsNeverConfirmed() {
        var generator = SeededGenerator(seed: 8)
        var scene = ConstructionScene(parameters)
        scene.follow(days: 18) { number in
            let place = Region(
                x: Int.random(in: 5..<110, using: &generator), y: Int.random(in: 5..<80, using: &generator), width: 40,
                height: 30)
            return Self.moment(number, number >= Self.firstLook ? [Scene.Thing(place, .blueRoof)] : [])
        }
        #expect(scene.confirmed.isEmpty)
    }

    @Test func growingPlantsAreNeverConfirmed() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 20) { number in
            let edge = max(0, number - Self.firstLook)
            let patch = Region(
                x: 80 - min(edge, 45), y: 60 - min(edge, 32), width: 2 * min(edge, 45), height: 2 * min(edge, 32))
            return Self.moment(number, edge > 0 ? [Scene.Thing(patch, .plants)] : [])
        }
        #expect(scene.confirmed.isEmpty)
    }

    @Test func outsideEveryPlotNothingIsConfirmed() {
        var scene = ConstructionScene(parameters, plot: Region(x: 4, y: 80, width: 40, height: 30))
        scene.follow(days: 16) { Self.withBox($0, in: Self.firstLook..<1000) }
        #expect(scene.confirmed.isEmpty)
    }

    @Test func whatIsMaskedOutIsNeverConfirmed() {
        var watch = ConstructionScene.watch(parameters)
        var valid = Mask(width: 160, height: 120, inside: true)
        let wide = Self.box.expanded(by: 3)
        for y in wide.y..<wide.maxY { for x in wide.x..<wide.maxX { valid[x, y] = false } }
        for (number, at) in ConstructionScene.moments(days: 16) {
            let image = Scene().picture(Self.withBox(number, in: Self.firstLook..<1000))
            #expect(watch.look(at: at, path: "p", image: image, valid: valid).isEmpty)
        }
        #expect(watch.candidates.isEmpty)
    }

    @Test func aLookThatShowsAnotherPlaceTestifiesToNothing() {
        var scene = ConstructionScene(parameters)
        var plain = scene
        let elsewhere = Scene(seed: 99)
        for (number, at) in ConstructionScene.moments(days: 14) {
            let moment = Self.withBox(number, in: Self.firstLook..<1000)
            plain.look(number, at: at, moment)
            if number == Self.firstLook + 2 {
                let valid = Mask(width: 160, height: 120, inside: true)
                #expect(scene.watch.look(at: at, path: "x", image: elsewhere.picture(), valid: valid).isEmpty)
            } else {
                scene.look(number, at: at, moment)
            }
        }
        #expect(scene.confirmed.count == plain.confirmed.count)
        #expect(scene.confirmed.first?.candidate.firstSeen == plain.confirmed.first?.candidate.firstSeen)
    }

    // MARK: Order

    @Test func anEarlierOrTooCloseLookIsNotTaken() {
        var scene = ConstructionScene(parameters)
        scene.follow(days: 9) { Self.withBox($0, in: Self.firstLook..<1000) }
        let before = scene.watch.candidates
        let last = ConstructionScene.moments(days: 9).last?.at ?? .distantPast
        #expect(!scene.watch.wants(at: last) && !scene.watch.wants(at: last.addingTimeInterval(-86_400)))
        scene.look(999, at: last, Self.moment(999))
        scene.look(999, at: last.addingTimeInterval(-86_400), Self.moment(999))
        #expect(scene.watch.candidates == before)
    }

    // MARK: Light

    /// Exposure, gamma and white balance drawn anew for each look.
    static func light(_ number: Int, seed: UInt64) -> Scene.Moment {
        var generator = SeededGenerator(seed: seed &* 7919 &+ UInt64(number))
        var moment = moment(number)
        moment.exposure = Double.random(in: 0.65...1.15, using: &generator)
        moment.gamma = Double.random(in: 0.8...1.3, using: &generator)
        moment.balance = (
            Double.random(in: 0.85...1.15, using: &generator), Double.random(in: 0.85...1.15, using: &generator)
        )
        return moment
    }

    private func corners(of r: Region) -> Outline {
        [SIMD2(r.x, r.y), SIMD2(r.maxX, r.y), SIMD2(r.maxX, r.maxY), SIMD2(r.x, r.maxY)].map {
            SIMD2(Double($0.x), Double($0.y))
        }
    }
}
