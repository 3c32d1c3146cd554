import Analysis
import ConfigurationFiles
import Decoding
import Foundation
import Pixels
import TestKit
import Testing

@testable import Detection

/// Whether a picture of things on a plain ground can be used.
@Suite struct PlainSceneTests {
    private let health: SceneHealth

    init() throws {
        health = SceneHealth(parameters: try SceneHealthParameters.shipped.get())
    }

    private func quality(_ image: RGBImage) -> String {
        var pictures = ReducedPictures(of: image)
        return health.judgePlain(&pictures).quality.rawValue
    }

    /// Out of focus by `sigma` pixels, and grey.
    private func blurred(_ image: RGBImage, _ sigma: Float) -> RGBImage {
        let plane = Plane<UInt8>(luminanceOf: image).floats.blurred(sigma: sigma)
        return RGBImage(
            width: image.width, height: image.height,
            bytes: plane.samples.flatMap { level in
                [UInt8](repeating: UInt8(min(max(level.rounded(), 0), 255)), count: 3)
            })
    }

    @Test(arguments: 0..<8) func traysAreSharpUnlessOutOfFocus(number: Int) throws {
        let path = URL(filePath: "\(ProjectFiles.testimages)/fruit/archive/tray_0\(number).jpg")
        let image = try Decoder().rgb([UInt8](try Data(contentsOf: path))).content
        #expect(quality(image) == "ok")
        #expect(quality(blurred(image, 9)) == "blur")
        #expect(quality(blurred(image, 0.5)) == "infrared", "sharp, but without colour")
        var night = image
        for k in night.bytes.indices { night.bytes[k] /= 12 }
        #expect(quality(night) == "dark")
    }

    @Test func steepnessIsThatOfTheEdgeWhateverItsHeight() {
        for (low, high) in [(20, 220), (100, 140)] {
            var sharp = Plane(width: 64, height: 40, samples: [UInt8](repeating: UInt8(low), count: 64 * 40))
            for y in 0..<40 { for x in 32..<64 { sharp[x, y] = UInt8(high) } }
            // A step between two pixels: half of it in each of the two.
            #expect(abs(EdgeSteepness.of(sharp) - 0.5) < 0.02)
            var ramp = sharp
            for y in 0..<40 { for x in 0..<64 { ramp[x, y] = UInt8(low + (high - low) * x / 63) } }
            #expect(EdgeSteepness.of(ramp) < 0.05)
        }
        #expect(EdgeSteepness.of(Plane(width: 5, height: 5, samples: [UInt8](repeating: 9, count: 25))) == 0)
        #expect(EdgeSteepness.of(Plane(width: 2, height: 9, samples: [UInt8](repeating: 9, count: 18))) == 0)
    }
}
