import Detection
import Foundation
import Pixels
import TestKit
import Testing
import Village

/// The watch goes on from what is stored as if it had never stopped.
@Suite struct ConstructionSnapshotTests {
    let parameters: ConstructionParameters

    init() throws { parameters = try ConstructionParameters.shipped.get() }

    /// A box that comes, grows and goes, a second one that is only a visitor, under changing light.
    static func moment(_ number: Int, seed: UInt64) -> Scene.Moment {
        var moment = ConstructionWatchTests.light(number, seed: seed)
        if (12..<36).contains(number) {
            moment.things.append(Scene.Thing(Region(x: 60, y: 40, width: number < 24 ? 30 : 46, height: 30), .blueRoof))
        }
        if (20..<25).contains(number) {
            moment.things.append(Scene.Thing(Region(x: 8, y: 82, width: 30, height: 24), .blueRoof))
        }
        return moment
    }

    @Test(arguments: [1, 2] as [UInt64]) func restoredAfterEveryLookItSaysTheSame(seed: UInt64) throws {
        var whole = ConstructionScene.watch(parameters)
        var state: Data?
        var pictures: [String: Data] = [:]
        let valid = Mask(width: 160, height: 120, inside: true)
        for (number, at) in ConstructionScene.moments(days: 22) {
            let image = Scene().picture(Self.moment(number, seed: seed))
            let expected = whole.look(at: at, path: ConstructionScene.path(number), image: image, valid: valid)

            var cut = ConstructionScene.watch(parameters)
            if let state { try cut.restore(state: state) { pictures[$0] } }
            let stored = cut.pictureNames
            let events = cut.look(at: at, path: ConstructionScene.path(number), image: image, valid: valid)
            #expect(events == expected, "look \(number), seed \(seed)")
            let snapshot = try cut.snapshot(known: stored)
            state = snapshot.state
            pictures.merge(snapshot.pictures) { _, new in new }
            for name in stored.subtracting(cut.pictureNames) { pictures[name] = nil }
            #expect(Set(pictures.keys) == cut.pictureNames)
            #expect(try whole.snapshot().state == state, "look \(number), seed \(seed)")
        }
        #expect(!whole.candidates.isEmpty, "the scene has something to follow")
        #expect(try whole.snapshot().pictures == pictures)
    }

    @Test func missingOrForeignPicturesAreLeftOut() throws {
        var watch = ConstructionScene.watch(parameters)
        let valid = Mask(width: 160, height: 120, inside: true)
        for (number, at) in ConstructionScene.moments(days: 12) {
            _ = watch.look(at: at, path: "p", image: Scene().picture(Self.moment(number, seed: 1)), valid: valid)
        }
        let snapshot = try watch.snapshot()
        for damage in [{ _ in nil }, { _ in Data() }, { name in snapshot.pictures[name].map { $0.dropLast() } }]
            as [(String) -> Data?]
        {
            var restored = ConstructionScene.watch(parameters)
            try restored.restore(state: snapshot.state, picture: damage)
            #expect(restored.pictureNames.isEmpty)
            let at = ConstructionScene.moment(day: 13, hour: 9)
            _ = restored.look(at: at, path: "p", image: Scene().picture(), valid: valid)
            #expect(restored.pictureNames.filter { $0.hasPrefix("look/") }.count == 1)
            #expect(!restored.pictureNames.contains { $0.hasPrefix("background/") })
        }
    }

    /// Stores of 0.1.0 have a byte for every pixel of a mask.
    @Test func picturesOfEarlierStoresAreRead() throws {
        var watch = ConstructionScene.watch(parameters)
        let valid = Mask(width: 160, height: 120, inside: true)
        for (number, at) in ConstructionScene.moments(days: 12) {
            _ = watch.look(
                at: at, path: "p", image: Scene().picture(Self.moment(number, seed: 1)), valid: valid)
        }
        let snapshot = try watch.snapshot()
        let area = 160 * 120
        #expect(snapshot.pictures.keys.contains { $0.hasPrefix("background/") })
        let earlier = snapshot.pictures.mapValues { data -> Data in
            guard data.count != 7 * area else { return data }
            let image = data.prefix(3 * area)
            let bits = data.dropFirst(3 * area)
            let length = area / 8
            return (0..<bits.count / length).reduce(Data(image)) { bytes, k in
                let packed = bits.dropFirst(k * length).prefix(length)
                return bytes
                    + packed.flatMap { byte in (0..<8).map { byte >> UInt8($0) & 1 == 1 ? 255 : 0 } }
            }
        }
        var restored = ConstructionScene.watch(parameters)
        try restored.restore(state: snapshot.state) { earlier[$0] }
        let again = try restored.snapshot()
        #expect(again.state == snapshot.state && again.pictures == snapshot.pictures)
    }

    @Test func aStateThatIsNoneIsAnError() {
        var watch = ConstructionScene.watch(parameters)
        for text in ["", "{", "[]", #"{"candidates":3}"#] {
            #expect(throws: (any Error).self) { try watch.restore(state: Data(text.utf8)) { _ in nil } }
        }
    }
}
