import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How the content of a picture is displaced against its reference: a scene point at `p` of the reference is seen at
/// `centre + R(rotation)·(p − centre) + (dx, dy)`.
///
/// - Units: pixels from the top left corner of the top left pixel, x right, y down; the centre is (width / 2, height
///   / 2).
public struct RigidTransform: Sendable, Equatable {
    /// Pixels to the right.
    public var dx: Double
    /// Pixels down.
    public var dy: Double
    /// Degrees, clockwise as seen on the screen.
    public var rotationDegrees: Double

    public init(dx: Double, dy: Double, rotationDegrees: Double) {
        self.dx = dx
        self.dy = dy
        self.rotationDegrees = rotationDegrees
    }

    public static let identity = RigidTransform(dx: 0, dy: 0, rotationDegrees: 0)

    /// Where the reference's point is seen in the picture.
    public func point(_ p: SIMD2<Double>, in size: Size) -> SIMD2<Double> { homography(in: size).point(p) }

    /// From the reference's points to the picture's, as a matrix.
    public func homography(in size: Size) -> Homography {
        let angle = rotationDegrees * .pi / 180, c = cos(angle), s = sin(angle)
        let centre = SIMD2(Double(size.width) / 2, Double(size.height) / 2)
        return Homography([
            c, -s, centre.x + dx - c * centre.x + s * centre.y,
            s, c, centre.y + dy - s * centre.x - c * centre.y,
            0, 0, 1,
        ])
    }

    /// From the picture back to the reference.
    public var inverse: RigidTransform {
        let angle = -rotationDegrees * .pi / 180, c = cos(angle), s = sin(angle)
        return RigidTransform(dx: -(c * dx - s * dy), dy: -(s * dx + c * dy), rotationDegrees: -rotationDegrees)
    }

    /// The greatest displacement of any corner of a picture of `size` against where `other` puts it, in pixels.
    public func cornerDistance(to other: RigidTransform, in size: Size) -> Double {
        let w = Double(size.width), h = Double(size.height)
        let a = homography(in: size), b = other.homography(in: size)
        return [SIMD2(0, 0), SIMD2(w, 0), SIMD2(0, h), SIMD2(w, h)].map { corner -> Double in
            let d = a.point(corner) - b.point(corner)
            return (d.x * d.x + d.y * d.y).squareRoot()
        }.max() ?? 0
    }
}
