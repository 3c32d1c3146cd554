import Analysis
import Foundation
import Pixels
import TestKit
import Testing
import Village

@testable import Detection

/// The outline is the thing, not the ground about it.
@Suite struct BuiltOutlineTests {
    static let shed = Region(x: 40, y: 40, width: 48, height: 36)
    static let apron = shed.expanded(by: 12)

    let scene = Scene()
    let size = Size(width: 160, height: 120)

    func view(_ things: [Scene.Thing], exposure: Double = 1, seed: UInt64 = 1) -> SceneView {
        var moment = Scene.Moment(noiseSeed: seed)
        moment.things = things
        moment.exposure = exposure
        return SceneView(
            image: scene.picture(moment), valid: Mask(width: size.width, height: size.height, inside: true), radius: 4)
    }

    func mask(_ region: Region) -> Mask { ConstructionOutlineTests.drawn([region]) }

    func overlap(_ mask: Mask, with region: Region) -> Double {
        ConstructionOutlineTests.overlap(mask, with: [region])
    }

    /// Sheet and concrete, in the light of before and in others.
    @Test(arguments: [Scene.Thing.Look.blueRoof, .plain(150, 150, 148)], [1.0, 0.7, 1.25])
    func theRimThatWindowsAddIsPeeled(look: Scene.Thing.Look, exposure: Double) throws {
        let region = mask(Self.shed.expanded(by: 4))
        let now = view([Scene.Thing(Self.shed, look)], exposure: exposure, seed: 2)
        let outline = try #require(BuiltOutline.of(region, now: now, before: view([])))
        #expect(overlap(region, with: Self.shed) < 0.75)
        #expect(overlap(outline, with: Self.shed) > 0.85, "\(overlap(outline, with: Self.shed))")
    }

    /// Ground that was dug over all about the walls differs from before, and is none of them.
    @Test func troddenGroundIsPeeledHoweverWide() throws {
        let now = view([Scene.Thing(Self.apron, .ground(150, 120, 80)), Scene.Thing(Self.shed, .blueRoof)], seed: 2)
        let region = mask(Self.apron)
        let outline = try #require(BuiltOutline.of(region, now: now, before: view([])))
        #expect(overlap(region, with: Self.shed) < 0.5)
        #expect(overlap(outline, with: Self.shed) > 0.9, "\(overlap(outline, with: Self.shed))")
    }

    /// Ground-coloured shutters inside a wall are part of it; so is a wall that is as grey as what it hides.
    @Test func whatLiesInsideStays() throws {
        let shutter = Region(x: 56, y: 52, width: 12, height: 12)
        let now = view([Scene.Thing(Self.shed, .blueRoof), Scene.Thing(shutter, .plain(150, 120, 80))], seed: 2)
        let outline = try #require(BuiltOutline.of(mask(Self.shed), now: now, before: view([])))
        #expect(outline[62, 58] && overlap(outline, with: Self.shed) > 0.9)
        let plaza = Scene.Thing(Region(x: 0, y: 0, width: 160, height: 120), .plain(140, 140, 138))
        let grey = view([plaza, Scene.Thing(Self.shed, .plain(141, 141, 139))], seed: 2)
        let inner = try #require(BuiltOutline.of(mask(Self.shed), now: grey, before: view([plaza])))
        #expect(overlap(inner, with: Self.shed.expanded(by: -BuiltOutline.rim)) > 0.9)
    }

    /// Where all is ground nothing is drawn, and a region at the picture's corner is no trap.
    @Test func groundAloneHasNoOutline() {
        let now = view([Scene.Thing(Self.apron, .ground(150, 120, 80))], seed: 2)
        #expect(BuiltOutline.of(mask(Self.apron), now: now, before: view([])) == nil)
        let corner = Region(x: 0, y: 0, width: 40, height: 30)
        let built = view([Scene.Thing(corner, .blueRoof)], seed: 2)
        let outline = BuiltOutline.of(mask(corner), now: built, before: view([]))
        #expect(outline.map { overlap($0, with: corner) > 0.9 } ?? false)
        #expect(BuiltOutline.of(ConstructionOutlineTests.drawn([]), now: built, before: view([])) == nil)
        let whole = Region(x: 0, y: 0, width: 160, height: 120)
        let sheet = view([Scene.Thing(whole, .blueRoof)], seed: 2)
        #expect(BuiltOutline.of(mask(whole), now: sheet, before: view([]))?.count ?? 0 > 160 * 110)
    }

    @Test func onlyWhatHasWallsIsDrawn() {
        let drawn = Flag.Stage.allCases.filter { BuiltOutline.isDrawn(at: $0) }
        #expect(Set(drawn) == [.walls, .roof, .finished])
    }
}
