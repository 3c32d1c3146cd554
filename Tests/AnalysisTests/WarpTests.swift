import Analysis
import Pixels
import Testing

@Suite struct WarpTests {
    @Test func wholePixelsAreCopied() {
        var noise = Noise(seed: 1)
        let image = noise.image(20, 15), warp = Warp(of: image, by: RigidTransform(dx: 3, dy: -2, rotationDegrees: 0))
        for y in 0..<15 {
            for x in 0..<20 {
                let isSeen = x + 3 < 20 && y - 2 >= 0
                #expect(warp.valid[x, y] == isSeen)
                #expect(warp.image[x, y] == (isSeen ? image[x + 3, y - 2] : (0, 0, 0)))
            }
        }
        #expect(Warp(of: image, by: .identity).image == image)
        let identity = Warp(of: image, by: .identity, size: image.size)
        #expect(identity.image == image && identity.valid.count == 300)
    }

    @Test func halfAPixelIsTheMean() {
        let image = RGBImage(width: 3, height: 1, bytes: [0, 10, 20, 100, 20, 40, 50, 30, 60])
        let warp = Warp(of: image, by: RigidTransform(dx: 0.5, dy: 0, rotationDegrees: 0))
        #expect(warp.image.bytes == [50, 15, 30, 75, 25, 50, 0, 0, 0])
        #expect(warp.valid.bytes == [255, 255, 0])
    }

    @Test func thereAndBackIsNearlyTheSame() throws {
        var noise = Noise(seed: 2)
        let image = noise.scene(240, 160).downscaled(by: 2)
        let homography = Homography([1.02, 0.03, -4, -0.02, 0.98, 3, 0.0002, 0.0001, 1])
        let there = Warp(of: image, by: homography, size: image.size)
        let back = Warp(of: there.image, by: try #require(homography.inverse), size: image.size)
        var worse = 0, seen = 0
        for y in 20..<60 {
            for x in 20..<100 where back.valid[x, y] {
                seen += 1
                if abs(Int(back.image[x, y].green) - Int(image[x, y].green)) > 60 { worse += 1 }
            }
        }
        #expect(seen == 3200 && worse < 160, "\(worse) of \(seen)")
    }

    @Test func emptyPictures() {
        let empty = RGBImage(width: 0, height: 0, bytes: [])
        #expect(Warp(of: empty, by: .identity, size: Size(width: 2, height: 2)).valid.count == 0)
        let one = RGBImage(width: 1, height: 1, bytes: [1, 2, 3])
        #expect(Warp(of: one, by: .identity, size: Size(width: 2, height: 1)).valid.bytes == [255, 0])
    }

    @Test func homographyThroughManyPointsAndBack() throws {
        let truth = Homography([0.9, 0.3, -39, -0.18, 0.94, 153, 0.0002, -0.00002, 1])
        var points: [SIMD2<Double>] = []
        for k in 0..<20 {
            let x = k * 37 % 400, y = k * k * 11 % 300
            points.append(SIMD2(Double(x), Double(y)))
        }
        let found = try #require(Homography(from: points, to: points.map(truth.point)))
        for (a, b) in zip(found.matrix, truth.matrix) { #expect(abs(a - b) < 1e-6 * max(1, abs(b))) }
        let back = try #require(found.inverse)
        let returned = back.point(found.point(SIMD2(100, 50)))
        #expect(abs(returned.x - 100) < 1e-6 && abs(returned.y - 50) < 1e-6)
        #expect(Homography(from: points, to: points.map { _ in SIMD2(1, 1) }) == nil)
        #expect(Homography([1, 2, 3, 2, 4, 6, 0, 0, 1]).inverse == nil)
    }
}
