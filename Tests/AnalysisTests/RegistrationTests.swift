import Analysis
import Pixels
import Testing

/// Pictures displaced by known amounts come back to a tenth of a pixel, whatever the light does; strangers are named
/// as such.
@Suite struct RegistrationTests {
    static let size = Size(width: 480, height: 320)

    /// What happens to the copy, besides being displaced.
    enum Disturbance: CaseIterable, CustomTestStringConvertible {
        case none, darker, gamma, noise, occluded, halfInShade
        var testDescription: String { "\(self)" }
    }

    static let transforms = [
        RigidTransform(dx: 0, dy: 0, rotationDegrees: 0), RigidTransform(dx: 0.37, dy: -0.61, rotationDegrees: 0),
        RigidTransform(dx: 6.25, dy: 3.5, rotationDegrees: 0.3),
        RigidTransform(dx: -21.4, dy: 14.8, rotationDegrees: -1.7),
        RigidTransform(dx: 54.3, dy: -28.2, rotationDegrees: 2.4),
        RigidTransform(dx: 3.1, dy: 46.7, rotationDegrees: -4.6),
    ]

    /// The scene through a lens a little wider than a pixel, larger than the pictures so that new content comes in at
    /// the edges.
    private static let wide = scene(seed: 11)

    private static func scene(seed: UInt64) -> RGBImage {
        var noise = Noise(seed: seed)
        return noise.scene(2 * 720, 2 * 520, pieces: 500).downscaled(by: 2)
    }

    private func pair(_ transform: RigidTransform, of wide: RGBImage = RegistrationTests.wide) -> (
        reference: RGBImage, moved: RGBImage
    ) {
        let size = RegistrationTests.size
        let crop = Homography([1, 0, 120, 0, 1, 100, 0, 0, 1])
        let moved = transform.inverse.homography(in: size)
        return (Warp(of: wide, by: crop, size: size).image, Warp(of: wide, by: crop.after(moved), size: size).image)
    }

    private func disturb(_ image: RGBImage, _ disturbance: Disturbance, seed: UInt64) -> RGBImage {
        var result = image, noise = Noise(seed: seed + 1000)
        switch disturbance {
        case .none: break
        case .darker: result.bytes = image.bytes.map { UInt8(Double($0) * 0.55 + 30) }
        case .gamma: result.bytes = image.bytes.map { UInt8((Double($0) / 255 * Double($0) / 255 * 255).rounded()) }
        case .noise: result.bytes = image.bytes.map { UInt8(min(255, max(0, Int($0) + Int(noise.byte() % 31) - 15))) }
        case .occluded:
            let stranger = noise.scene(260, 180, pieces: 100)
            for y in 0..<180 { for x in 0..<260 { result[x + 90, y + 70] = stranger[x, y] } }
        case .halfInShade:
            for y in 0..<image.height {
                for x in 0..<image.width where x + y / 2 < image.width / 2 {
                    let p = image[x, y]
                    result[x, y] = (UInt8(Int(p.red) * 2 / 5), UInt8(Int(p.green) * 2 / 5), UInt8(Int(p.blue) / 2))
                }
            }
        }
        return result
    }

    @Test(arguments: transforms, Disturbance.allCases) func findsTheDisplacement(
        transform: RigidTransform, disturbance: Disturbance
    ) {
        let (reference, moved) = pair(transform)
        let registration = Registration(reference: Plane(luminanceOf: reference))
        let found = registration.align(Plane(luminanceOf: disturb(moved, disturbance, seed: 11)))
        let error = found.transform.cornerDistance(to: transform, in: RegistrationTests.size)
        #expect(error < 0.1, "corner error \(error), \(found)")
        #expect(found.isSamePlace == true)
        #expect(found.score > 0.3 && found.score <= 1.0001)
    }

    @Test func thePictureItselfLiesExactlyOnItself() {
        let plane = Plane(luminanceOf: pair(.identity).reference)
        let found = Registration(reference: plane).align(plane)
        #expect(found.transform.cornerDistance(to: .identity, in: plane.size) < 1e-6)
        #expect(found.score > 0.9999 && found.overlap == 1 && found.confidence == 1)
    }

    @Test(arguments: 1...4) func strangersAreNotTheSamePlace(seed: UInt64) {
        var noise = Noise(seed: seed)
        let a = Plane(luminanceOf: pair(.identity).reference), b = Plane(luminanceOf: noise.scene(480, 320))
        let found = Registration(reference: a).align(b)
        #expect(found.isSamePlace != true && found.score < 0.15, "\(found)")
    }

    @Test func nothingToSeeIsNotAnotherPlace() {
        let plane = Plane(luminanceOf: pair(.identity).reference)
        let registration = Registration(reference: plane)
        let black = registration.align(Plane(width: plane.width, height: plane.height, repeating: 0))
        #expect(black.isSamePlace == nil && black.score < 0.05)
        let otherSize = registration.align(Plane(width: 320, height: 200, repeating: 9))
        #expect(otherSize.isSamePlace == nil && otherSize.score == 0)
        let tiny = Plane<UInt8>(width: 3, height: 2, repeating: 9)
        #expect(Registration(reference: tiny).align(tiny).isSamePlace == nil)
        let empty = Plane<UInt8>(width: 0, height: 0, repeating: 9)
        #expect(Registration(reference: empty).align(empty).isSamePlace == nil)
    }

    /// A clock that stays where it is on the sensor must not hold the picture.
    @Test func whatIsIgnoredDoesNotPull() {
        let transform = RigidTransform(dx: 9.3, dy: -4.4, rotationDegrees: 0.8)
        var (reference, moved) = pair(transform)
        var noise = Noise(seed: 77)
        let clock = noise.image(480, 90)
        reference.bytes.replaceSubrange(0..<clock.bytes.count, with: clock.bytes)
        moved.bytes.replaceSubrange(0..<clock.bytes.count, with: clock.bytes)
        var ignored = Mask(width: 480, height: 320, inside: false)
        for i in 0..<480 * 90 { ignored.bytes[i] = 255 }
        let found = Registration(reference: Plane(luminanceOf: reference), ignoring: ignored).align(
            Plane(luminanceOf: moved))
        #expect(found.transform.cornerDistance(to: transform, in: RegistrationTests.size) < 0.15, "\(found)")
    }

    @Test func theWayBackIsTheInverse() {
        let there = RigidTransform(dx: 12, dy: -5, rotationDegrees: 3), size = Size(width: 301, height: 200)
        let point = SIMD2(31.0, 170.0), back = there.inverse.point(there.point(point, in: size), in: size)
        #expect(abs(back.x - point.x) < 1e-9 && abs(back.y - point.y) < 1e-9)
        // Clockwise on the screen: what lies right of the centre moves down.
        let turned = RigidTransform(dx: 0, dy: 0, rotationDegrees: 90).point(SIMD2(250.5, 100), in: size)
        #expect(abs(turned.x - 150.5) < 1e-9 && abs(turned.y - 200) < 1e-9)
    }
}
