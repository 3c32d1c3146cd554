import Analysis
import Decoding
import Foundation
import Kernels
import Pixels
import TestKit
import Testing

@testable import Detection

/// Pictures that are not part of the project.
@Suite(.enabled(if: RealData.isPresent)) struct PairRealTests {
    let parameters: PairParameters
    let construction: ConstructionParameters

    init() throws {
        parameters = try PairParameters.shipped.get()
        construction = try ConstructionParameters.shipped.get()
    }

    func file(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: try #require(RealData.folder).appending(path: path)))
    }

    func picture(_ path: String) throws -> RGBImage { try Decoder().rgb(try file(path)).content }

    func compare(_ before: String, _ after: String) throws -> PairChange {
        PairChange(
            before: try picture(before), after: try picture(after), parameters: parameters, construction: construction,
            model: RegionModel.shipped, kernels: .best)
    }

    /// 0.48 to 0.79 each by scripts/levir_f1.py on 2026-11-22; the floor is for all three together.
    @Test func newBuildingsFromAbove() throws {
        var right = 0, wrong = 0, missed = 0
        for name in ["test_2_0000_0000", "test_7_0256_0512", "val_27_0000_0256"] {
            let found = try compare("levir-crops/A/\(name).png", "levir-crops/B/\(name).png").mask
            let truth = try Decoder().mask(try file("levir-crops/label/\(name).png"), insideIsZero: false)
            right += found.intersection(truth).count
            wrong += found.subtracting(truth).count
            missed += truth.subtracting(found).count
        }
        #expect(2 * Double(right) / Double(2 * right + wrong + missed) > 0.60)
    }

    @Test(arguments: [2, 3]) func aWallFromTwoSides(view: Int) throws {
        let before = try picture("registration-graf/img1.png")
        let alignment = PairAlignment(
            before: before, after: try picture("registration-graf/img\(view).png"), parameters: parameters)
        let text = String(decoding: try file("registration-graf/H1to\(view)p"), as: UTF8.self)
        let truth = Homography(text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) })
        let found = try #require(alignment.homography)
        #expect(alignment.samePlace == true && alignment.model == .homography && alignment.inliers > 100)
        // Both in pixels from a corner here, from a centre there: half a pixel.
        for corner in [SIMD2(100.0, 100), SIMD2(700, 100), SIMD2(100, 540), SIMD2(700, 540)] {
            let d = found.point(corner) - truth.point(corner)
            #expect((d.x * d.x + d.y * d.y).squareRoot() < 4)
        }
    }

    @Test func peopleAreNoBuildingAndAnotherSceneIsAnotherPlace() throws {
        let frames = RealData.files(in: "fixed-camera-opencv/vtest_frames", endings: ["jpg", "png"]).map(\.path)
        let road = try #require(RealData.files(in: "cdnet/highway/input", endings: ["jpg"]).first).path
        func at(_ path: String) throws -> RGBImage {
            try Decoder().rgb([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))).content
        }
        let first = try at(try #require(frames.first))
        let later = PairChange(
            before: first, after: try at(frames[20]), parameters: parameters, construction: construction,
            model: RegionModel.shipped, kernels: .best)
        #expect(later.alignment.samePlace == true)
        #expect(!later.regions.contains { $0.kind == .structure })
        #expect(try #require(later.changedShare) < 0.08)
        let other = PairAlignment(before: first, after: try at(road), parameters: parameters)
        #expect(other.samePlace == false && other.homography == nil)
    }
}
