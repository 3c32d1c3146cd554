import Analysis
import Foundation
import Pixels

/// How pixels become millimetres.
public struct FruitScale: Sendable, Equatable {
    /// On the plane that the marker lies on; where no marker gave it, at the fruit.
    public var pixelsPerMillimetre: Double
    /// Millimetres from the lens to that plane; `nil` where nothing says it. Then nearness is not taken out.
    public var cameraHeight: Double?
    /// How far above the ground that plane is, millimetres: half a fruit where the scale was given at the fruit.
    public var planeHeight = 0.0
    /// The picture's middle, where the camera looks straight down.
    public var middle: SIMD2<Double>

    public init(pixelsPerMillimetre: Double, cameraHeight: Double?, middle: SIMD2<Double>) {
        self.pixelsPerMillimetre = pixelsPerMillimetre
        self.cameraHeight = cameraHeight
        self.middle = middle
    }

    /// The widest and the narrowest width of a fruit that lies on the plane, millimetres, and the pixels of a
    /// millimetre at its middle.
    ///
    /// A ball of radius r at distance D from a pinhole has the half angle asin(r/D). It is nearer than the plane by r
    /// and, away from the picture's middle, drawn longer than wide; both are taken out. r is found by iteration.
    ///
    /// - Exactness: exact for balls and a camera that looks straight down.
    public func widths(of outline: Ellipse) -> (widest: Double, narrowest: Double, pixelsPerMillimetre: Double) {
        let axes = outline.axes
        guard let cameraHeight else {
            return (
                2 * max(axes.x, axes.y) / pixelsPerMillimetre, 2 * min(axes.x, axes.y) / pixelsPerMillimetre,
                pixelsPerMillimetre
            )
        }
        let focal = cameraHeight * pixelsPerMillimetre
        func ray(_ point: SIMD2<Double>) -> SIMD3<Double> {
            let d = (point - middle) / focal
            let v = SIMD3(d.x, d.y, 1)
            return v / (v * v).sum().squareRoot()
        }
        let count = FruitScale.rays
        let rays = (0..<count).map { k in
            let direction = 2 * Double.pi * Double(k) / Double(count)
            return ray(outline.centre + outline.radius(toward: direction) * SIMD2(cos(direction), sin(direction)))
        }
        var axis = rays.reduce(SIMD3<Double>.zero, +)
        axis /= (axis * axis).sum().squareRoot()
        let angles = rays.map { acos(min(1, ($0 * axis).sum())) }
        // Two opposite rays: the angle between them is the width's, wherever the axis lies between.
        let halves = (0..<count / 2).map { sin((angles[$0] + angles[$0 + count / 2]) / 2) }
        let widest = halves.max() ?? 0, narrowest = halves.min() ?? 0
        var radius = min(axes.x, axes.y) / pixelsPerMillimetre
        var distance = cameraHeight
        for _ in 0..<30 {
            distance = (cameraHeight + planeHeight - radius) / axis.z
            radius = distance * narrowest
        }
        return (2 * distance * widest, 2 * radius, focal / (cameraHeight + planeHeight - radius))
    }

    private static let rays = 180
}
