import Analysis
import Kernels
import Pixels
import Testing

@Suite struct QualityTests {
    @Test func blurLowersSharpness() throws {
        var noise = Noise(seed: 1)
        var levels = Plane(luminanceOf: noise.scene(300, 200)).floats
        var last = try #require(Sharpness(of: bytes(levels))).edgeRatio
        for sigma: Float in [0.8, 1.5, 3, 6] {
            levels = levels.blurred(sigma: sigma)
            let next = try #require(Sharpness(of: bytes(levels))).edgeRatio
            #expect(next < last, "sigma \(sigma)")
            last = next
        }
        #expect(Sharpness(of: Plane(width: 3, height: 3, repeating: 1)) == nil)
        #expect(Sharpness(of: Plane(width: 40, height: 30, repeating: 9)) == nil)
    }

    /// Motion blurs one direction: the worse one counts.
    @Test func blurInOneDirectionIsBlur() throws {
        var noise = Noise(seed: 3)
        let sharp = Plane(luminanceOf: noise.scene(300, 200))
        var smeared = sharp
        for y in 0..<200 {
            for x in 5..<295 {
                smeared[x, y] = UInt8((x - 5...x + 5).reduce(0) { $0 + Int(sharp[$1, y]) } / 11)
            }
        }
        let before = try #require(Sharpness(of: sharp)).edgeRatio,
            after = try #require(Sharpness(of: smeared)).edgeRatio
        #expect(after < 0.6 * before)
    }

    @Test func lessContrastIsNotLessSharp() throws {
        var noise = Noise(seed: 2)
        let plane = Plane(luminanceOf: noise.scene(300, 200))
        let faint = Plane(width: 300, height: 200, samples: plane.samples.map { UInt8(Int($0) / 2 + 60) })
        let a = try #require(Sharpness(of: plane)).edgeRatio, b = try #require(Sharpness(of: faint)).edgeRatio
        #expect(abs(a / b - 1) < 0.05)
    }

    private func bytes(_ plane: Plane<Float>) -> Plane<UInt8> {
        Plane(
            width: plane.width, height: plane.height, samples: plane.samples.map { UInt8(min(max($0 + 0.5, 0), 255)) })
    }

    @Test func brightnessCountsAtItsLimits() throws {
        let plane = Plane<UInt8>(width: 4, height: 1, samples: [60, 61, 244, 245])
        let found = try #require(Brightness(of: plane))
        #expect(found.darkShare == 0.25 && found.brightShare == 0.25 && found.mean == 152.5)
        #expect(Brightness(of: plane, inside: Mask(width: 4, height: 1, inside: false)) == nil)
    }

    @Test func fogRaisesTheDarkChannel() throws {
        var noise = Noise(seed: 3)
        let clear = noise.scene(120, 90)
        let fog = RGBImage(width: 120, height: 90, bytes: clear.bytes.map { UInt8(Int($0) / 4 + 180) })
        let a = try #require(Haze(of: clear)), b = try #require(Haze(of: fog))
        #expect(b.darkChannelMean > a.darkChannelMean + 100)
    }

    @Test func windowMinimumAgainstItsDefinition() {
        var noise = Noise(seed: 4)
        for (width, height) in [(1, 1), (9, 1), (1, 12), (21, 16), (0, 4)] {
            let plane = Plane(width: width, height: height, samples: noise.bytes(width * height)),
                found = plane.windowMinimum(radius: 3)
            for y in 0..<height {
                for x in 0..<width {
                    var least = UInt8.max
                    for v in max(0, y - 3)...min(height - 1, y + 3) {
                        for u in max(0, x - 3)...min(width - 1, x + 3) { least = min(least, plane[u, v]) }
                    }
                    #expect(found[x, y] == least)
                }
            }
        }
    }

    /// FNV-1a, whose published value for "a" is checked, over the bytes that the description names; any pixel changes it.
    @Test func exactHashSeesEveryPixel() {
        let plane = Plane<UInt8>(width: 3, height: 2, samples: [1, 2, 3, 4, 5, 6])
        var other = plane
        other[2, 1] = 7
        #expect(PerceptualHash.exact(of: plane) != PerceptualHash.exact(of: other))
        #expect(
            PerceptualHash.exact(of: plane)
                != PerceptualHash.exact(of: Plane(width: 2, height: 3, samples: plane.samples)))
        func hash(_ bytes: [UInt8]) -> UInt64 {
            bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
        #expect(hash(Array("a".utf8)) == 0xaf63_dc4c_8601_ec8c)
        for (width, height) in [(0, 0), (1, 1), (3, 2), (5, 3), (16, 9)] {
            let samples = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
            let quarters = (0..<4).map { first in
                hash(stride(from: first, to: samples.count, by: 4).map { samples[$0] })
            }
            let numbers = [UInt64(width), UInt64(height)] + quarters
            let bytes = numbers.flatMap { number in
                (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
            }
            #expect(PerceptualHash.exact(of: Plane(width: width, height: height, samples: samples)) == hash(bytes))
        }
    }

    @Test func perceptualHashSurvivesNoiseAndTellsScenesApart() throws {
        var noise = Noise(seed: 5)
        let plane = Plane(luminanceOf: noise.scene(200, 150)), stranger = Plane(luminanceOf: noise.scene(200, 150))
        let noisy = Plane(
            width: 200, height: 150,
            samples: plane.samples.map { UInt8(min(255, max(0, Int($0) + Int(noise.byte() % 13) - 6))) })
        let hash = try #require(PerceptualHash(of: plane))
        #expect(hash.distance(to: hash) == 0)
        #expect(hash.distance(to: try #require(PerceptualHash(of: noisy))) <= 6)
        #expect(hash.distance(to: try #require(PerceptualHash(of: stranger))) > 12)
        #expect(PerceptualHash(of: Plane(width: 8, height: 8, repeating: 0)) == nil)
    }

    /// Colours as pictures show them: leaves in sun, shade and under blue sky; what only resembles them stays out.
    @Test func vegetationByColour() {
        let plants: [[UInt8]] = [
            [96, 132, 52], [40, 52, 34], [178, 190, 84], [62, 84, 76], [120, 168, 60], [22, 30, 18],
        ]
        let others: [[UInt8]] = [
            [150, 122, 92], [60, 50, 40], [128, 128, 128], [255, 255, 255], [0, 0, 0], [120, 150, 200], [70, 120, 170],
            [220, 190, 90],
            [180, 160, 110], [200, 60, 40], [235, 235, 215],
        ]
        let colors = plants + others
        let image = RGBImage(width: colors.count, height: 1, bytes: colors.flatMap { $0 })
        for kernels in KernelSet.all {
            let mask = Mask(vegetationIn: image, kernels: kernels)
            #expect(mask.bytes == colors.indices.map { $0 < plants.count ? 255 : 0 })
        }
    }
}
