import Analysis
import ConfigurationFiles
import Foundation
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PenNightTests {
    let scene = Scene(size: PenScene.size, seed: 23)

    /// Bodies of 13 × 9 pixels: 0.073 m².
    private func hens(_ places: [(Int, Int)]) -> [Scene.Thing] {
        places.map { Scene.Thing(Region(x: $0.0, y: $0.1, width: 13, height: 9), .plain(235, 235, 235)) }
    }

    /// Blurred bright discs of the given radius.
    private func add(_ moths: [(x: Int, y: Int, radius: Double)], to image: inout RGBImage) {
        for y in 0..<image.height {
            for x in 0..<image.width {
                var light = 0.0
                for moth in moths {
                    let dx = Double(x - moth.x), dy = Double(y - moth.y)
                    light += 200 * exp(-(dx * dx + dy * dy) / (2 * moth.radius * moth.radius))
                }
                let level = UInt8(min(Double(image[x, y].green) + light, 255))
                image[x, y] = (level, level, level)
            }
        }
    }

    /// The picture by the lamp: grey, dark ground.
    private func night(
        _ hour: Int, _ things: [Scene.Thing] = [], moths: [(x: Int, y: Int, radius: Double)] = [], lamp: Double = 1
    ) -> RGBImage {
        var moment = Scene.Moment(noiseSeed: UInt64(500 + hour))
        moment.things = things
        var image = scene.picture(moment)
        for y in 0..<image.height {
            for x in 0..<image.width {
                let green = Double(image[x, y].green)
                // Ground reflects little: only what was put there is bright.
                let isThing = things.contains { $0.region.contains(Region(x: x, y: y, width: 1, height: 1)) }
                let level = UInt8(min((isThing ? 0.75 : 0.35) * green * lamp, 255))
                image[x, y] = (level, level, level)
            }
        }
        if !moths.isEmpty { add(moths, to: &image) }
        return image
    }

    private func look(_ watch: inout PenWatch, hour: Int, _ image: RGBImage) -> PenWatch.Outcome {
        watch.lookByNight(
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

    private func learnt() throws -> PenWatch {
        var watch = try PenScene.watch()
        for hour in 0..<6 {
            guard case .unknown(let reason) = look(&watch, hour: hour, night(hour)) else {
                Issue.record("nights that are not known were counted")
                continue
            }
            #expect(reason.contains("infrared"))
        }
        return watch
    }

    @Test func whoIsOutAtNightIsCounted() throws {
        var watch = try learnt()
        let seen = try count(look(&watch, hour: 7, night(7, hens(PenScene.flock + [(204, 60)]))))
        #expect(abs(seen.inside - 10) <= 2 && seen.outside == 1)
        #expect(seen.low <= 10 && seen.high >= 10 && seen.low < seen.high)
        #expect((seen.spread ?? 0) > 1)
        let crowd = (0..<10).map { (90 + 14 * ($0 % 4), 80 + 10 * ($0 / 4)) }
        let together = try count(look(&watch, hour: 9, night(9, hens(crowd))))
        #expect((together.spread ?? 9) < 0.6 * (seen.spread ?? 0))
    }

    @Test func anEmptyNightIsEmptyWhateverTheLampDoes() throws {
        var watch = try learnt()
        for hour in 7..<17 {
            let seen = try count(look(&watch, hour: hour, night(hour, lamp: 0.7 + 0.06 * Double(hour % 10))))
            #expect(seen.inside == 0 && seen.outside == 0 && seen.high == 0)
        }
    }

    @Test func mothsBeforeTheLensAreNoHens() throws {
        var watch = try learnt()
        let moths: [(x: Int, y: Int, radius: Double)] = [(60, 60, 8), (120, 110, 12), (170, 50, 9)]
        let seen = try count(look(&watch, hour: 7, night(7, moths: moths)))
        #expect(seen.inside == 0 && seen.outside == 0)
        // … and don't hide a flock.
        let flock = try count(look(&watch, hour: 8, night(8, hens(PenScene.flock), moths: [(120, 90, 10)])))
        #expect(flock.inside >= 6)
    }

    @Test func whoRoostsOutsideSomeNightsIsNotLearntAsGround() throws {
        var watch = try learnt()
        // Five of eleven nightly pictures in the end.
        for hour in 7..<12 {
            let seen = try count(look(&watch, hour: hour, night(hour, hens(PenScene.flock))))
            #expect(abs(seen.inside - 10) <= 2)
        }
    }

    @Test func withoutAScaleNothingIsTold() throws {
        var watch = try PenScene.watch(withGround: false)
        for hour in 0..<8 {
            guard case .unknown(let reason) = look(&watch, hour: hour, night(hour)) else {
                Issue.record("counted without a scale")
                continue
            }
            if hour >= 6 { #expect(reason.contains("ground points")) }
        }
    }

    @Test func nightsAndDaysGoOnWhereTheyWereCut() throws {
        var whole = try PenScene.watch(), cut = whole
        var kept: [String: Data] = [:]
        for hour in 0..<9 {
            let image = night(hour, hour > 6 ? hens(Array(PenScene.flock.prefix(hour))) : [])
            #expect(look(&whole, hour: hour, image) == look(&cut, hour: hour, image))
            for (name, bytes) in cut.pictures(except: Set(kept.keys)) { kept[name] = bytes }
            let state = try cut.state()
            cut = try PenScene.watch()
            try cut.restore(state: state) { kept[$0] }
        }
        // A state from before nights were kept.
        var old = try PenScene.watch()
        try old.restore(state: Data(#"{"looks":[],"sizes":[]}"#.utf8)) { kept[$0] }
        #expect(old.pictureNames.isEmpty)
    }
}
