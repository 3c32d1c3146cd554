import Analysis
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

@Suite struct PairChangeTests {
    let parameters: PairParameters
    let construction: ConstructionParameters
    static let roof = Region(x: 90, y: 60, width: 60, height: 44)

    init() throws {
        parameters = try PairParameters.shipped.get()
        construction = try ConstructionParameters.shipped.get()
    }

    func compare(_ before: RGBImage, _ after: RGBImage, inside polygon: Polygon? = nil) -> PairChange {
        PairChange(
            before: before, after: after, inside: polygon, parameters: parameters, construction: construction,
            model: RegionModel.shipped, kernels: .best)
    }

    static let size = Size(width: 240, height: 180)
    static let scene = Scene(size: size)
    static let other = Scene(size: size, seed: 9).picture()

    static func picture(of scene: Scene = scene, roof: Bool = false, shift: (Int, Int) = (0, 0)) -> RGBImage {
        var moment = Scene.Moment()
        moment.things = roof ? [Scene.Thing(PairChangeTests.roof, .blueRoof)] : []
        moment.shift = (shift.0, shift.1)
        return scene.picture(moment)
    }

    /// With a pale sky over a third of it: a look across the ground.
    static func across(_ picture: RGBImage) -> RGBImage {
        var result = picture
        for i in 0..<3 * picture.width * (picture.height / 3) { result.bytes[i] = 190 + UInt8(result.bytes[i] / 16) }
        return result
    }

    static func changed(_ picture: RGBImage, _ level: (Double, Int) -> Double) -> RGBImage {
        var result = picture
        for i in result.bytes.indices {
            result.bytes[i] = UInt8(min(max(level(Double(result.bytes[i]), i % 3).rounded(), 0), 255))
        }
        return result
    }

    @Test(arguments: [size, Size(width: 161, height: 121)], [false, true])
    func aPictureWithItselfHasNotChanged(size: Size, isAcross: Bool) {
        let plain = Self.picture(of: size == Self.size ? Self.scene : Scene(size: size), roof: true)
        let picture = isAcross ? Self.across(plain) : plain
        let change = compare(picture, picture)
        #expect(change.alignment.samePlace == true)
        #expect(change.alignment.reason == nil)
        #expect(
            change.mask.size == size && change.mask.count == 0 && change.regions.isEmpty && change.changedShare == 0)
    }

    @Test(arguments: [(5, 0), (0, -5), (-3, 4)])
    func aShiftIsNoChange(shift: (Int, Int)) throws {
        let change = compare(Self.picture(roof: true), Self.picture(roof: true, shift: shift))
        #expect(change.alignment.samePlace == true)
        let corner = try #require(change.alignment.homography).point(SIMD2(100, 100))
        #expect(abs(corner.x - 100 - Double(shift.0)) < 0.7 && abs(corner.y - 100 - Double(shift.1)) < 0.7)
        #expect(try #require(change.changedShare) < 0.002)
    }

    @Test func anotherExposureIsNoChange() throws {
        let picture = Self.across(Self.picture(roof: true))
        let exposures: [(Double, Int) -> Double] = [
            { level, _ in level * 0.6 }, { level, _ in level * 1.2 },
            { level, channel in level * [1.15, 1, 0.85][channel] },
            { level, _ in 255 * (level / 255) * (level / 255).squareRoot() },
        ]
        for (k, exposure) in exposures.enumerated() {
            let change = compare(picture, Self.changed(picture, exposure))
            #expect(change.alignment.samePlace == true, "exposure \(k)")
            #expect(try #require(change.changedShare) < 0.002, "exposure \(k)")
        }
    }

    @Test(arguments: [true, false])
    func aRoofThatComesOrGoesIsFound(comes: Bool) throws {
        let without = Self.picture(), with = Self.picture(roof: true)
        let change = comes ? compare(without, with) : compare(with, without)
        #expect(change.alignment.samePlace == true)
        let region = try #require(change.regions.first)
        let truth = Self.roof
        let common = region.box.intersection(truth).area
        #expect(Double(common) / Double(region.box.area + truth.area - common) > 0.6)
        #expect(change.mask.count == change.regions.reduce(0) { $0 + $1.areaInPixels })
        if comes { #expect(region.kind == .structure) }
    }

    @Test func onlyThePolygonCounts() throws {
        let without = Self.picture(), with = Self.picture(roof: true)
        let elsewhere = Polygon([SIMD2(170, 10), SIMD2(230, 10), SIMD2(230, 170), SIMD2(170, 170)])
        #expect(compare(without, with, inside: elsewhere).changedShare == 0)
        let half = Polygon([SIMD2(0, 0), SIMD2(120, 0), SIMD2(120, 180), SIMD2(0, 180)])
        let part = compare(without, with, inside: half), whole = compare(without, with)
        let counted = Mask(filling: half, size: without.size)
        #expect(part.mask.count > 0 && part.mask.subtracting(counted).count == 0)
        #expect(part.mask.count < whole.mask.count)
        #expect(part.changedShare == Double(part.mask.count) / Double(counted.count))
    }

    /// The lower part of a file that broke off is grey: it says nothing.
    @Test func whatAFileLostIsNotCompared() throws {
        let without = Self.picture()
        var broken = Self.picture(roof: true)
        for i in 3 * 240 * 110..<broken.bytes.count { broken.bytes[i] = 128 }
        let good = Region(x: 0, y: 0, width: 240, height: 110)
        let change = PairChange(
            before: without, after: broken, good: (Region(Self.size), good), parameters: parameters,
            construction: construction, model: RegionModel.shipped, kernels: .best)
        #expect(change.alignment.samePlace == true)
        #expect(change.mask.count > 0)
        #expect(change.mask.bounds.maxY <= 110)
        #expect(try #require(change.regions.first).box.intersection(Self.roof).area > Self.roof.area / 2)
    }

    @Test func anotherPlaceIsSaid() {
        let change = compare(Self.across(Self.picture()), Self.across(Self.other))
        #expect(change.alignment.samePlace != true)
        let low = Self.across(Self.other.cropped(to: Region(x: 0, y: 0, width: 240, height: 120)))
        let other = compare(Self.across(Self.picture()), low)
        #expect(other.alignment.samePlace == false)
        #expect(other.mask.count == 0 && other.changedShare == 0 && other.regions.isEmpty)
        #expect(other.alignment.reason?.isEmpty == false)
    }

    @Test func aFlatPictureSaysNothing() {
        let flat = RGBImage(width: 240, height: 180, bytes: [UInt8](repeating: 90, count: 3 * 240 * 180))
        for change in [compare(flat, Self.picture()), compare(Self.picture(), flat)] {
            #expect(change.alignment.samePlace == nil)
            #expect(change.changedShare == nil && change.mask.count == 0)
            #expect(change.mask.size == Self.size)
            #expect(change.alignment.reason?.isEmpty == false)
        }
    }

    @Test func aSmallerCopyIsTheSamePlace() throws {
        let picture = Self.across(Self.picture(of: Scene(size: Size(width: 480, height: 360)), roof: true))
        let change = compare(picture, picture.downscaled(by: 2))
        #expect(change.alignment.samePlace == true)
        #expect(change.mask.size == picture.size)
        #expect(try #require(change.changedShare) < 0.002)
        let corner = try #require(change.alignment.homography).point(SIMD2(400, 300))
        #expect(abs(corner.x - 200) < 1 && abs(corner.y - 150) < 1)
    }

    @Test(arguments: [(1, 1), (2, 1), (3, 50), (17, 13), (40, 9)])
    func tinyPicturesCrashNothing(width: Int, height: Int) {
        let picture = Self.picture(of: Scene(size: Size(width: width, height: height)))
        #expect(compare(picture, picture).mask.size == picture.size)
        #expect(compare(picture, Self.picture()).mask.size == picture.size)
        #expect(compare(Self.picture(), picture).mask.count == 0)
    }

    @Test func twiceTheSame() {
        let first = compare(Self.picture(), Self.picture(roof: true)),
            second = compare(Self.picture(), Self.picture(roof: true))
        #expect(first.mask == second.mask && first.regions == second.regions && first.alignment == second.alignment)
    }
}
