import ConfigurationFiles
import Foundation
import Testing
import Village

@testable import Detection

/// Fruit that lies where it lay is counted once; what was put there is new.
@Suite struct StandingTrayTests {
    private let parameters: FruitParameters

    init() throws {
        parameters = try FruitParameters.shipped.get()
    }

    private func fruit(_ x: Double, _ y: Double, _ radius: Double) -> FruitFigures {
        FruitFigures(
            number: 1, x: x, y: y, radii: [radius, radius * 0.96], angle: 0, widestInMillimetres: nil,
            narrowestInMillimetres: nil, colourShare: 1, spots: [], outlineSeen: 1)
    }

    /// Twelve fruits in a tray with pits, sizes as of one orchard.
    private func tray(_ seed: UInt64, pitch: Double = 140) -> [FruitFigures] {
        var state = seed
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 31) - 0.5
        }
        return (0..<12).map { k in
            fruit(
                100 + Double(k % 4) * pitch + 6 * random(), 100 + Double(k / 4) * pitch + 6 * random(),
                60 * (1 + 0.2 * random()))
        }
    }

    @Test func aStandingTrayIsCountedOnce() {
        var standing = StandingTray()
        let first = tray(1)
        #expect(standing.look(first, parameters: parameters).allSatisfy { $0 })
        for step in 1...5 {
            // A mast that sways, a size that is off by one in a hundred.
            let again = first.map {
                fruit($0.x + Double(step % 3), $0.y - 1, $0.radii[0] * (1 + 0.01 * Double(step % 2)))
            }
            #expect(standing.look(again.shuffled(), parameters: parameters).allSatisfy { !$0 }, "\(step)")
        }
        // One is added, one is taken away, and for a picture a hand hides four.
        let more = Array(first.dropLast()) + [fruit(700, 400, 55)]
        #expect(standing.look(more, parameters: parameters).count { $0 } == 1)
        #expect(standing.look(Array(more.prefix(8)), parameters: parameters).count { $0 } == 0)
        #expect(standing.look(more, parameters: parameters).count { $0 } == 0)
        #expect(standing.look([], parameters: parameters).isEmpty)
        #expect(standing.look(more, parameters: parameters).count { $0 } == 0, "an empty picture is no other tray")
    }

    @Test(arguments: 2...12) func anotherTrayWithTheSamePitsIsAnother(seed: UInt64) {
        var standing = StandingTray()
        _ = standing.look(tray(1), parameters: parameters)
        #expect(standing.look(tray(seed), parameters: parameters).allSatisfy { $0 })
    }

    @Test func aFruitInTheSamePitOfAnotherSizeIsNew() {
        var standing = StandingTray()
        let first = tray(3)
        _ = standing.look(first, parameters: parameters)
        var second = first
        second[4] = fruit(first[4].x, first[4].y, first[4].radii[0] * 1.08)
        #expect(standing.look(second, parameters: parameters) == second.indices.map { $0 == 4 })
        // The one it replaced is forgotten.
        #expect(standing.look(second, parameters: parameters).allSatisfy { !$0 })
        #expect(standing.places.count == 12)
    }
}
