import ConfigurationFiles
import Foundation
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct RoomWatchTests {
    static let size = Size(width: 160, height: 120)
    let all = Mask(width: 160, height: 120, inside: true)
    let scene = Scene(seed: 7)

    private func watch(_ reference: RGBImage) throws -> RoomWatch {
        RoomWatch(
            parameters: try RoomParameters.shipped.get(), size: Self.size, plots: [("r1", all)], reference: reference)
    }

    /// Somebody in a plain coat, 24 × 60 pixels.
    private func person(x: Int, dy: Int = 0) -> [Scene.Thing] {
        [
            Scene.Thing(Region(x: x, y: 40 + dy, width: 24, height: 60), .plain(40, 45, 80)),
            Scene.Thing(Region(x: x + 6, y: 28 + dy, width: 12, height: 14), .plain(190, 140, 115)),
        ]
    }

    private func picture(
        _ seed: UInt64, _ things: [Scene.Thing] = [], _ change: (inout Scene.Moment) -> Void = { _ in }
    )
        -> RGBImage
    {
        var moment = Scene.Moment(noiseSeed: seed)
        moment.things = things
        change(&moment)
        return scene.picture(moment)
    }

    private func share(_ watch: inout RoomWatch, hour: Double, _ image: RGBImage) throws -> RoomWatch.Presence {
        let seen = watch.look(at: Date(timeIntervalSince1970: hour * 3600), image: image, valid: all, mode: .colour)
        return try #require(seen?.first)
    }

    @Test func somebodyIsThereAndNobodyIs() throws {
        var watch = try watch(picture(1))
        #expect(try share(&watch, hour: 1, picture(2)).share == 0)
        let seen = try share(&watch, hour: 2, picture(3, person(x: 60)))
        // 24 × 60 + 12 × 12 of 160 × 120 pixels; the windows blur the rim.
        #expect(abs(seen.share - 0.0825) < 0.03)
        #expect(seen.silhouette[72, 60] && !seen.silhouette[20, 60])
        #expect(try share(&watch, hour: 3, picture(4)).share == 0)
    }

    @Test(arguments: [
        (0.35, 1.0, 1.0, 1.0), (1.5, 1, 1, 1), (1, 0.6, 1, 1), (1, 1.5, 1, 1), (0.8, 1, 1.25, 0.75),
        (0.9, 1, 0.8, 1.25),
    ])
    func lightIsNobody(_ light: (exposure: Double, gamma: Double, red: Double, blue: Double)) throws {
        var watch = try watch(picture(1))
        for k in 0..<6 {
            let image = picture(UInt64(10 + k)) {
                $0.exposure = light.exposure
                $0.gamma = light.gamma
                $0.balance = (light.red, light.blue)
            }
            #expect(try share(&watch, hour: Double(k), image).share == 0)
        }
        // … and does not hide anybody.
        let image = picture(30, person(x: 90)) {
            $0.exposure = light.exposure
            $0.gamma = light.gamma
            $0.balance = (light.red, light.blue)
        }
        #expect(try share(&watch, hour: 7, image).share > 0.03)
    }

    @Test func aMovingPatchOfSunIsNobody() throws {
        var watch = try watch(picture(1))
        for k in 0..<10 {
            var image = picture(UInt64(40 + k))
            for y in 30..<70 {
                for x in (10 + 10 * k)..<(45 + 10 * k) {
                    let p = image[x, y]
                    func lit(_ level: UInt8, _ gain: Double) -> UInt8 { UInt8(min(Double(level) * gain, 255)) }
                    image[x, y] = (lit(p.red, 1.6), lit(p.green, 1.5), lit(p.blue, 1.4))
                }
            }
            #expect(try share(&watch, hour: Double(k) / 4, image).share == 0)
        }
    }

    /// The lamp on one side, and the curtain drawn.
    private func byLamp(_ seed: UInt64, _ things: [Scene.Thing] = []) -> RGBImage {
        let curtain = Scene.Thing(Region(x: 4, y: 4, width: 70, height: 60), .plain(150, 60, 50))
        var image = picture(seed, [curtain] + things)
        for y in 0..<image.height {
            for x in 0..<image.width {
                let p = image[x, y], gain = 0.25 + 0.75 * Double(x) / Double(image.width)
                func lit(_ level: UInt8, _ tone: Double) -> UInt8 { UInt8(min(Double(level) * gain * tone, 255)) }
                image[x, y] = (lit(p.red, 1.1), lit(p.green, 0.95), lit(p.blue, 0.7))
            }
        }
        return image
    }

    @Test func aLightThatWasNeverSeenSaysNothingAtFirst() throws {
        var watch = try watch(picture(1))
        let first = watch.look(at: Date(timeIntervalSince1970: 0), image: byLamp(2), valid: all, mode: .colour)
        #expect(first == nil)
        #expect(try share(&watch, hour: 1, byLamp(3)).share == 0)
        #expect(try share(&watch, hour: 2, byLamp(4, person(x: 110))).share > 0.03)
        // By day all is as it was.
        #expect(try share(&watch, hour: 3, picture(5)).share == 0)
        #expect(try share(&watch, hour: 4, picture(6, person(x: 60))).share > 0.03)
        let snapshot = try watch.snapshot()
        var other = try self.watch(picture(1))
        try other.restore(state: snapshot.state) { snapshot.pictures[$0] }
        #expect(try share(&other, hour: 5, byLamp(7)).share == 0)
    }

    @Test func whoSatThereWhenALightWasFirstSeenIsNotLearntAsFurniture() throws {
        var watch = try watch(picture(1))
        let first = watch.look(
            at: Date(timeIntervalSince1970: 0), image: byLamp(2, person(x: 110)), valid: all, mode: .colour)
        #expect(first == nil)
        // They have gone: the wall behind them is the one that is known by day.
        #expect(try share(&watch, hour: 1, byLamp(3)).share == 0)
        #expect(try share(&watch, hour: 2, byLamp(4, person(x: 110))).share > 0.03)
    }

    /// Who comes near the lens changes the exposure: the light of the last large sighting is known though no look has it.
    @Test func theLightOfTheLastLargeSightingIsKnown() throws {
        let watch = try watch(picture(1)), area = Double(all.count)
        func view(_ seed: UInt64, exposure: Double, red: Double = 1, _ things: [Scene.Thing]) -> RoomView {
            let image = picture(seed, things) {
                $0.exposure = exposure
                $0.balance = (red, 1)
            }
            return watch.view(image, valid: all)
        }
        func still(share: Double) -> RoomWatch.Still {
            let rows = Int((area * share / 160).rounded())
            var shapes = Mask(width: 160, height: 120, inside: false)
            for i in 0..<rows * 160 { shapes.bytes[i] = 255 }
            return RoomWatch.Still(
                since: .distantPast, pictures: 1, view: view(2, exposure: 0.3, person(x: 20)), shapes: shapes)
        }
        let same = view(3, exposure: 0.3, person(x: 90))
        #expect(watch.hasLight(of: still(share: 0.06), same, area: area))
        // Somebody small tells nothing of the light: a lamp may have been lit as they came in.
        #expect(!watch.hasLight(of: still(share: 0.03), same, area: area))
        // The light has changed since.
        #expect(!watch.hasLight(of: still(share: 0.06), view(4, exposure: 1, []), area: area))
        #expect(!watch.hasLight(of: still(share: 0.06), view(5, exposure: 0.3, red: 1.4, []), area: area))
    }

    @Test func aChairPutElsewhereIsNobody() throws {
        func chair(_ x: Int) -> [Scene.Thing] {
            [Scene.Thing(Region(x: x, y: 60, width: 24, height: 40), .plain(40, 45, 80))]
        }
        var watch = try watch(picture(1, chair(20)))
        for hour in 0..<4 {
            #expect(try share(&watch, hour: Double(hour), picture(UInt64(10 + hour), chair(20))).share == 0)
        }
        #expect(try share(&watch, hour: 5, picture(20, chair(90))).share == 0)
        #expect(try share(&watch, hour: 6, picture(21, chair(90))).share == 0)
        #expect(try share(&watch, hour: 7, picture(22, chair(90) + person(x: 40))).share > 0.03)
    }

    @Test func whoStandsStillAWhileIsNotTakenIntoTheRoom() throws {
        var watch = try watch(picture(1))
        // Thirty hours with one small movement an hour: no living person is stiller.
        for hour in 0..<30 {
            let seen = try share(
                &watch, hour: Double(hour), picture(UInt64(100 + hour), person(x: 60, dy: 3 * (hour % 2))))
            #expect(seen.share > 0.03)
            #expect(seen.stillHours < 2)
        }
        #expect(try share(&watch, hour: 31, picture(200)).share == 0)
    }

    @Test func whatNeverMovesBecomesFurniture() throws {
        var watch = try watch(picture(1))
        let coat = [Scene.Thing(Region(x: 60, y: 40, width: 24, height: 40), .plain(40, 45, 80))]
        var last = RoomWatch.Presence(share: 0, stillHours: 0, silhouette: all)
        for hour in 0..<24 {
            last = try share(&watch, hour: Double(hour), picture(UInt64(100 + hour), coat))
            #expect(last.share > 0)
        }
        #expect(last.stillHours == 23)
        for hour in 24..<30 {
            #expect(try share(&watch, hour: Double(hour), picture(UInt64(100 + hour), coat)).share == 0)
        }
        // Somebody beside the coat is seen all the same.
        #expect(try share(&watch, hour: 31, picture(300, coat + person(x: 110))).share > 0.03)
    }

    @Test func aRoomLearntWithSomebodyInItIsEmptyOnceTheyHaveGone() throws {
        var watch = try watch(picture(1, person(x: 60)))
        var shares: [Double] = []
        for k in 0..<6 { shares.append(try share(&watch, hour: Double(k), picture(UInt64(50 + k))).share) }
        #expect(shares.suffix(3).allSatisfy { $0 == 0 })
        #expect(try share(&watch, hour: 9, picture(90, person(x: 60))).share > 0.03)
    }

    @Test func infraredHasARoomOfItsOwn() throws {
        var watch = try watch(picture(1))
        let grey = { (seed: UInt64, things: [Scene.Thing]) -> RGBImage in
            var image = picture(seed, things)
            for i in 0..<image.width * image.height {
                let level = 255 - image.bytes[3 * i + 1]
                for k in 0..<3 { image.bytes[3 * i + k] = level }
            }
            return image
        }
        let first = watch.look(at: Date(timeIntervalSince1970: 0), image: grey(1, []), valid: all, mode: .infrared)
        #expect(first == nil)
        let empty = watch.look(at: Date(timeIntervalSince1970: 60), image: grey(2, []), valid: all, mode: .infrared)
        #expect(empty?.first?.share == 0)
        let seen = watch.look(
            at: Date(timeIntervalSince1970: 120), image: grey(3, person(x: 70)), valid: all, mode: .infrared)
        #expect((seen?.first?.share ?? 0) > 0.03)
    }

    @Test func goesOnWhereItWasCut() throws {
        var whole = try watch(picture(1)), cut = whole
        for hour in 0..<12 {
            let image = picture(UInt64(hour), hour % 4 == 3 ? [] : person(x: 30 + 5 * (hour / 4)))
            let one = try share(&whole, hour: Double(hour), image), other = try share(&cut, hour: Double(hour), image)
            #expect(one == other)
            let snapshot = try cut.snapshot()
            cut = try watch(picture(99))
            try cut.restore(state: snapshot.state) { snapshot.pictures[$0] }
        }
        // A store that lost its pictures begins anew instead of failing.
        let snapshot = try whole.snapshot()
        var poor = try watch(picture(1))
        try poor.restore(state: snapshot.state) { _ in nil }
        #expect(try share(&poor, hour: 20, picture(400)).share == 0)
    }
}
