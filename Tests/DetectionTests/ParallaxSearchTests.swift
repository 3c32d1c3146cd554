import Analysis
import Pixels
import TestKit
import Testing

@testable import Detection

/// Two looks from two spots, already brought together on the ground: only what stands up lies beside itself.
@Suite struct ParallaxSearchTests {
    static let size = Size(width: 320, height: 220)
    static let scene = Scene(size: size)
    static let house = Region(x: 120, y: 80, width: 60, height: 50)
    let parameters: PairParameters

    init() throws { parameters = try PairParameters.shipped.get() }

    static func picture(_ things: [Region], seed: UInt64 = 0) -> RGBImage {
        var moment = Scene.Moment(noiseSeed: seed)
        moment.things = things.map { Scene.Thing($0, .blueRoof) }
        return scene.picture(moment)
    }

    static func moved(_ region: Region, _ dx: Int, _ dy: Int) -> Region {
        Region(x: region.x + dx, y: region.y + dy, width: region.width, height: region.height)
    }

    static func mask(_ regions: [Region]) -> Mask {
        var mask = Mask(width: size.width, height: size.height, inside: false)
        for region in regions {
            for y in region.y..<region.maxY { for x in region.x..<region.maxX { mask.bytes[y * size.width + x] = 255 } }
        }
        return mask
    }

    static func frame(_ before: RGBImage, _ after: RGBImage) -> WorkingFrame {
        WorkingFrame(
            before: before, after: after, good: (Region(before.size), Region(after.size)), homography: .identity,
            columns: 1024)
    }

    func finding(_ before: [Region], _ after: [Region], at region: Region) -> ParallaxSearch.Finding {
        ParallaxSearch(
            of: Self.frame(Self.picture(before), Self.picture(after, seed: 7)), parameters: parameters
        ).finding(of: Self.mask([region]))
    }

    /// What differs is both places together: the roof where it was and the roof where it seems to be now.
    @Test(arguments: [(6, 0), (-5, 7), (0, -12), (14, 10)])
    func aDisplacedRoofIsFoundAgain(by: (Int, Int)) {
        let now = Self.moved(Self.house, by.0, by.1)
        for region in [Self.house, now] {
            #expect(finding([Self.house], [now], at: region).agreement >= parameters.parallaxAgreement)
        }
    }

    @Test func whatIsNewOrGoneIsNotFoundAgain() {
        #expect(finding([], [Self.house], at: Self.house).agreement < parameters.parallaxAgreement)
        #expect(finding([Self.house], [], at: Self.house).agreement < parameters.parallaxAgreement)
    }

    /// A neighbour like it stood there before, farther off than parallax reaches.
    @Test func aSecondHouseBesideOneLikeItIsNew() {
        let second = Self.moved(Self.house, 66, 0)
        #expect(finding([Self.house], [Self.house, second], at: second).agreement < parameters.parallaxAgreement)
    }

    /// The ground's own edges agree where they lie, and explain nothing.
    @Test func whatLiesStillIsNotDisplaced() {
        #expect(finding([Self.house], [Self.house], at: Self.house).agreement == 0)
    }

    @Test func aSmallThingAtTheEdgeIsCutAndALargeOneIsNot() {
        let small = Region(x: 0, y: 90, width: 24, height: 24), large = Region(x: 0, y: 60, width: 90, height: 80)
        #expect(finding([], [small], at: small).isCut)
        #expect(!finding([], [large], at: large).isCut)
        #expect(!finding([], [small], at: Self.moved(small, 100, 0)).isCut)
    }

    @Test func aRowOfCarsIsNotWide() {
        #expect(!finding([], [], at: Region(x: 60, y: 90, width: 120, height: 16)).isWide)
        #expect(finding([], [], at: Region(x: 60, y: 90, width: 30, height: 30)).isWide)
    }

    @Test func onlyWhatIsNewAndWideIsCalledBuilt() throws {
        let here = Self.moved(Self.house, -90, -40), there = Self.moved(here, 8, -6)
        let row = Region(x: 20, y: 190, width: 140, height: 16)
        let unlikely = Region(x: 230, y: 130, width: 40, height: 40)
        let frame = Self.frame(Self.picture([here]), Self.picture([there, Self.house, row, unlikely], seed: 7))
        var pieces = ChangedPieces(components: Components(of: Self.mask([there, Self.house, row, unlikely])))
        for piece in pieces.components.pieces {
            pieces.keep(piece, kind: .structure, confidence: piece.box == unlikely ? 0.3 : 0.9)
        }
        pieces.leaveOutDisplaced(
            ParallaxSearch(of: frame, parameters: parameters), parameters: parameters)
        let whole = Mask(width: Self.size.width, height: Self.size.height, inside: true)
        let regions = pieces.enlarged(from: frame, inside: whole).regions
        #expect(!regions.contains { $0.box == there })
        let house = try #require(regions.first { $0.box == Self.house })
        #expect(house.kind == .structure && house.confidence <= 0.9 && house.confidence > 0.5)
        let cars = try #require(regions.first { $0.box == row })
        #expect(cars.kind == .unknown && cars.confidence <= 0.45)
        #expect(regions.first { $0.box == unlikely }?.kind == .unknown)
    }
}
