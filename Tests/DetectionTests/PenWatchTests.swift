import Analysis
import ConfigurationFiles
import Foundation
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PenWatchTests {
    let scene = Scene(size: PenScene.size, seed: 11)

    /// Hens of 12 × 8 pixels: 0.06 m².
    private func hens(_ places: [(Int, Int)], _ look: Scene.Thing.Look = .plain(225, 222, 215)) -> [Scene.Thing] {
        places.map { Scene.Thing(Region(x: $0.0, y: $0.1, width: 12, height: 8), look) }
    }

    private func look(
        _ watch: inout PenWatch, hour: Int, _ things: [Scene.Thing] = [], exposure: Double = 1,
        shadow: Region? = nil
    ) -> PenWatch.Outcome {
        var moment = Scene.Moment(noiseSeed: UInt64(hour + 1))
        moment.things = things
        moment.exposure = exposure
        var image = scene.picture(moment)
        if let shadow {
            for y in shadow.y..<shadow.maxY {
                for x in shadow.x..<shadow.maxX {
                    let p = image[x, y]
                    image[x, y] = (
                        UInt8(Double(p.red) * 0.55), UInt8(Double(p.green) * 0.58), UInt8(Double(p.blue) * 0.65)
                    )
                }
            }
        }
        return watch.look(
            at: Date(timeIntervalSince1970: Double(hour) * 7200), image: image.cropped(to: watch.region),
            valid: PenScene.all.cropped(to: watch.region))
    }

    private func count(_ outcome: PenWatch.Outcome) throws -> PenWatch.Count {
        guard case .counted(let count) = outcome else {
            Issue.record("not counted: \(outcome)")
            throw CancellationError()
        }
        return count
    }

    private func learnt(withGround: Bool = true) throws -> PenWatch {
        var watch = try PenScene.watch(withGround: withGround)
        for hour in 0..<5 {
            guard case .unknown = look(&watch, hour: hour) else {
                Issue.record("a pen that is not known was counted")
                continue
            }
        }
        return watch
    }

    @Test(arguments: [Scene.Thing.Look.plain(225, 222, 215), .plain(140, 62, 25)])
    func countsWhatStandsApart(_ colour: Scene.Thing.Look) throws {
        var watch = try learnt()
        let seen = try count(look(&watch, hour: 6, hens(PenScene.flock, colour)))
        #expect(abs(seen.inside - 10) <= 2)
        #expect(seen.low <= 10 && seen.high >= 10)
        #expect(seen.outside == 0)
        #expect((seen.spread ?? 0) > 1)
    }

    @Test func anEmptyPenHoldsNobodyWhateverTheLight() throws {
        var watch = try learnt()
        for hour in 6..<26 {
            let shadow = hour % 2 == 0 ? Region(x: 30 + 5 * hour, y: 60, width: 40, height: 30) : nil
            let seen = try count(look(&watch, hour: hour, exposure: 0.7 + 0.03 * Double(hour % 7), shadow: shadow))
            #expect(seen.inside == 0 && seen.outside == 0 && seen.low == 0 && seen.high == 0)
        }
    }

    @Test func whoIsOutsideTheFenceIsToldApart() throws {
        var watch = try learnt()
        let seen = try count(look(&watch, hour: 6, hens(Array(PenScene.flock.prefix(6)) + [(203, 60), (203, 100)])))
        #expect(seen.outside == 2)
        #expect(abs(seen.inside - 6) <= 1)
    }

    @Test func crowdedAnimalsHaveALowSpread() throws {
        var watch = try learnt()
        let apart = try count(look(&watch, hour: 6, hens(PenScene.flock)))
        let crowd = (0..<10).map { (90 + 14 * ($0 % 4), 80 + 10 * ($0 / 4)) }
        let together = try count(look(&watch, hour: 8, hens(crowd)))
        #expect((together.spread ?? 9) < 0.6 * (apart.spread ?? 0))
    }

    @Test func withoutGroundPointsTheSizeIsLearnt() throws {
        var watch = try learnt(withGround: false)
        var last = look(&watch, hour: 6, hens(PenScene.flock))
        #expect({ if case .unknown = last { true } else { false } }())
        for hour in 7..<12 {
            last = look(&watch, hour: hour, hens(PenScene.flock.map { ($0.0 + 3 * (hour - 7), $0.1) }))
        }
        #expect(abs(try count(last).inside - 10) <= 1)
    }

    // MARK: A single picture, a detector

    /// White animals of 14 × 10 pixels on the scene of the tests, in the first picture.
    private func seenFirst(_ places: [(Int, Int)], colour: Scene.Thing.Look, withGround: Bool) throws
        -> PenWatch.Outcome
    {
        var watch = try PenScene.watch(withGround: withGround)
        return look(
            &watch, hour: 0, places.map { Scene.Thing(Region(x: $0.0, y: $0.1, width: 14, height: 10), colour) })
    }

    @Test func paleAnimalsAreCountedInASinglePicture() throws {
        let seen = try count(seenFirst(PenScene.flock, colour: .plain(250, 250, 248), withGround: false))
        #expect(seen.inside == 10 && seen.low <= 10 && seen.high >= 10 && seen.boxes.count == 10)
        // Two that touch are two.
        let touching = PenScene.flock + [(74, 45)]
        #expect(try count(seenFirst(touching, colour: .plain(250, 250, 248), withGround: false)).inside == 11)
    }

    @Test func aSinglePictureSaysNothingElse() throws {
        let outcomes = [
            try seenFirst([], colour: .plain(250, 250, 248), withGround: false),
            try seenFirst(Array(PenScene.flock.prefix(4)), colour: .plain(250, 250, 248), withGround: false),
            try seenFirst(PenScene.flock, colour: .plain(140, 62, 25), withGround: false),
            // With ground points the empty pen is waited for.
            try seenFirst(PenScene.flock, colour: .plain(250, 250, 248), withGround: true),
        ]
        for outcome in outcomes { #expect({ if case .unknown = outcome { true } else { false } }()) }
    }

    @Test func boxesOfADetectorAreCountedWhereTheyStand() throws {
        let watch = try PenScene.watch(), region = watch.region
        func box(_ x: Double, _ y: Double) -> PenWatch.Box {
            PenWatch.Box(x: x - Double(region.x), y: y - Double(region.y), width: 12, height: 8)
        }
        let sure = [box(30, 30), box(100, 60)], doubtful = sure + [box(150, 100)]
        let fence = box(203, 60)
        let seen = watch.count(doubtful + [fence], least: sure, most: doubtful + [box(60, 60), fence])
        #expect(seen.inside == 3 && seen.outside == 1 && seen.low == 2 && seen.high == 4)
        #expect(seen.boxes.first == Region(x: 30, y: 30, width: 12, height: 8))
        #expect(seen.feet.first == SIMD2(36, 37.5) && seen.spread == nil)
        let none = watch.count([], least: [], most: [])
        #expect(none.inside == 0 && none.high == 0 && none.boxes.isEmpty)
    }

    @Test func goesOnWhereItWasCut() throws {
        var whole = try PenScene.watch(), cut = whole
        var kept: [String: Data] = [:]
        for hour in 0..<12 {
            let things = hens(Array(PenScene.flock.prefix(hour)))
            #expect(look(&whole, hour: hour, things) == look(&cut, hour: hour, things))
            for (name, bytes) in cut.pictures(except: Set(kept.keys)) { kept[name] = bytes }
            let state = try cut.state()
            cut = try PenScene.watch()
            try cut.restore(state: state) { kept[$0] }
        }
        var poor = try PenScene.watch()
        try poor.restore(state: try whole.state()) { _ in nil }
        guard case .unknown = look(&poor, hour: 20) else {
            Issue.record("a pen whose pictures are lost was counted")
            return
        }
    }
}
