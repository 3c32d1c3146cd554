import Detection
import Foundation
import Pixels
import TestKit
import Testing
import Village

/// Things that the border of two plots cuts in two.
@Suite struct ConstructionBorderTests {
    static let plots = [Region(x: 4, y: 4, width: 66, height: 112), Region(x: 70, y: 4, width: 86, height: 112)]
    static let left = Region(x: 48, y: 60, width: 22, height: 22)
    static let right = Region(x: 70, y: 60, width: 22, height: 22)
    static let firstLook = 12

    /// With these a half is too small for a flag, and the whole is not.
    let parameters: ConstructionParameters

    init() throws {
        var parameters = try ConstructionParameters.shipped.get()
        parameters.confirmShare = 0.045
        parameters.confirmOwnShare = 0.2
        self.parameters = parameters
    }

    func scene(days: Int = 16, _ things: (Int) -> [Region]) -> ConstructionScene {
        var scene = ConstructionScene(parameters, plots: Self.plots)
        scene.follow(days: days) { number in
            ConstructionWatchTests.moment(number, things(number).map { Scene.Thing($0, .blueRoof) })
        }
        return scene
    }

    @Test func aHalfAloneIsTooSmall() {
        #expect(scene { $0 >= Self.firstLook ? [Self.left] : [] }.confirmed.isEmpty)
        #expect(scene { $0 >= Self.firstLook ? [Self.right] : [] }.confirmed.isEmpty)
    }

    /// The plot of which it covers more answers, and the other is named.
    @Test func whatABorderCutsInTwoIsOneFlag() throws {
        let whole = Region(x: 48, y: 60, width: 44, height: 22)
        let scene = scene { $0 >= Self.firstLook ? [whole] : [] }
        try #require(scene.confirmed.count == 1)
        let flagged = scene.confirmed[0].candidate
        #expect(ConstructionOutlineTests.overlap(flagged, with: [whole]) > 0.6)
        let candidate = try #require(scene.watch.candidates.first { $0.number == flagged.number })
        #expect(candidate.plots.map(\.plot) == ["b1"])
        #expect(candidate.touches == ["b2"])
        #expect(scene.removed.isEmpty && scene.withdrawn.isEmpty)
    }

    /// What began a week later beyond the border is another thing.
    @Test func whatBeganApartIsNotJoined() {
        let scene = scene(days: 20) { number in
            (number >= Self.firstLook ? [Self.left] : []) + (number >= Self.firstLook + 14 ? [Self.right] : [])
        }
        #expect(scene.confirmed.isEmpty)
    }

    /// Two things that meet at a corner of the border only are two.
    @Test func whatHardlyTouchesIsNotJoined() {
        let low = Region(x: 70, y: 82, width: 22, height: 22)
        #expect(scene { $0 >= Self.firstLook ? [Self.left, low] : [] }.confirmed.isEmpty)
    }

    /// It goes on beyond the border once it is flagged: the flag stays on its plot.
    @Test func aFlagDoesNotMoveToTheNextPlot() throws {
        let whole = Region(x: 48, y: 60, width: 44, height: 22)
        let grown = Region(x: 48, y: 60, width: 80, height: 22)
        let scene = scene(days: 26) { number in
            number >= Self.firstLook + 16 ? [grown] : number >= Self.firstLook ? [whole] : []
        }
        let first = try #require(scene.confirmed.first?.candidate)
        let now = try #require(scene.watch.candidates.first { $0.number == first.number })
        #expect(first.plots.first?.plot == "b1" && now.plots.first?.plot == "b1")
        #expect(now.status == .confirmed && scene.removed.isEmpty)
    }
}
