import Analysis
import Pixels
import Testing

@Suite struct FeatureRegistrationTests {
    private static let wide: RGBImage = {
        var noise = Noise(seed: 7)
        return noise.scene(1100, 900, pieces: 500).downscaled(by: 2)
    }()

    private func pair(_ homography: Homography) -> (Plane<UInt8>, Plane<UInt8>) {
        let wide = FeatureRegistrationTests.wide
        let size = Size(width: 360, height: 280), crop = Homography([1, 0, 95, 0, 1, 85, 0, 0, 1])
        let first = Warp(of: wide, by: crop, size: size).image
        // `homography` takes the first picture's points to the second's.
        let second = Warp(of: wide, by: crop.after(homography.inverse ?? .identity), size: size).image
        return (Plane(luminanceOf: first), Plane(luminanceOf: second))
    }

    private func cornerError(_ a: Homography, _ b: Homography) -> Double {
        [SIMD2(0.0, 0.0), SIMD2(360, 0), SIMD2(0, 280), SIMD2(360, 280)].map { corner -> Double in
            let d = a.point(corner) - b.point(corner)
            return (d.x * d.x + d.y * d.y).squareRoot()
        }.max() ?? .infinity
    }

    static let cases: [(PairModel, Homography)] = [
        (.translation, Homography([1, 0, 31, 0, 1, -17, 0, 0, 1])),
        (.euclidean, RigidTransform(dx: 20, dy: 9, rotationDegrees: 38).homography(in: Size(width: 360, height: 280))),
        (.affine, Homography([0.78, 0.12, 20, -0.08, 0.9, 25, 0, 0, 1])),
        (.homography, Homography([0.9, 0.1, 10, -0.12, 0.95, 30, 0.0006, 0.0002, 1])),
    ]

    @Test(arguments: cases) func findsTheModel(model: PairModel, homography: Homography) throws {
        let (first, second) = pair(homography)
        let found = try #require(FeatureRegistration(from: first, to: second))
        #expect(found.model == model)
        #expect(cornerError(found.homography, homography) < 2.5, "\(found)")
        #expect(found.inliers >= 30 && found.errorInPixels < 2)
        #expect(FeatureRegistration(from: first, to: second) == found, "the same again")
    }

    @Test func strangersDoNotMatch() {
        var noise = Noise(seed: 2)
        #expect(FeatureRegistration(from: pair(.identity).0, to: Plane(luminanceOf: noise.scene(360, 280))) == nil)
        let flat = Plane<UInt8>(width: 300, height: 200, repeating: 90)
        #expect(FeatureRegistration(from: flat, to: flat) == nil)
        let empty = Plane<UInt8>(width: 0, height: 0, repeating: 90)
        #expect(FeatureRegistration(from: empty, to: flat) == nil)
    }
}
