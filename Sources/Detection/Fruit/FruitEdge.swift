import Analysis
import Foundation
import Pixels

/// Where a thing ends along rays from its middle, to a part of a pixel.
struct FruitEdge {
    let image: RGBImage

    /// Least difference of light between the two sides; below it there is no edge.
    static let leastLight: Float = 0.012
    /// Pixels between two samples of a ray.
    static let step = 0.25

    /// The distance at which light is halfway between what lies inside and outside of `near`.
    ///
    /// - Parameter reach: how far from `near` is looked, pixels; the two sides are taken there.
    func distance(from centre: SIMD2<Double>, toward direction: Double, near: Double, reach: Double) -> Double? {
        let ray = SIMD2(cos(direction), sin(direction))
        func light(_ distance: Double) -> SIMD3<Float> { LinearLight.sampled(image, at: centre + ray * distance) }
        let outermost = centre + ray * (near + reach + 1)
        guard outermost.x >= 0, outermost.y >= 0, outermost.x < Double(image.width), outermost.y < Double(image.height)
        else { return nil }
        let inside = (light(near - reach - 1) + light(near - reach) + light(near - reach + 1)) / 3
        let outside = (light(near + reach - 1) + light(near + reach) + light(near + reach + 1)) / 3
        let difference = inside - outside
        let square = (difference * difference).sum()
        guard square > FruitEdge.leastLight * FruitEdge.leastLight else { return nil }
        func share(_ t: Double) -> Float { ((light(t) - outside) * difference).sum() / square }
        var found: Double?
        var before: (at: Double, share: Float)?
        var t = near - reach
        while t <= near + reach {
            let share = share(t)
            if let before, before.share >= 0.5, share < 0.5 {
                let at = before.at + FruitEdge.step * Double((before.share - 0.5) / (before.share - share))
                if found.map({ abs(at - near) < abs($0 - near) }) ?? true { found = at }
            }
            before = (t, share)
            t += FruitEdge.step
        }
        return found
    }

    /// The outline around `start`: rays that end at an edge, and the ellipse through them.
    ///
    /// - Parameter isFree: whether the ground is seen beyond a point of the outline; what is not free is left out.
    func outline(
        near start: Ellipse, isFree: (SIMD2<Double>) -> Bool
    ) -> (ellipse: Ellipse, points: [SIMD2<Double>], seen: Double)? {
        var now = start
        var points: [SIMD2<Double>] = []
        var seen = 0.0
        for share in [0.10, 0.06, 0.06] {
            let radius = (now.axes.x + now.axes.y) / 2
            let reach = max(3, share * radius)
            let count = min(max(Int(radius * 3), 48), 720)
            points = []
            for k in 0..<count {
                let direction = 2 * Double.pi * Double(k) / Double(count)
                let near = now.radius(toward: direction)
                let ray = SIMD2(cos(direction), sin(direction))
                guard isFree(now.centre + ray * (near + reach)), isFree(now.centre + ray * (near + 1.5)) else {
                    continue
                }
                if let at = distance(from: now.centre, toward: direction, near: near, reach: reach) {
                    points.append(now.centre + ray * at)
                }
            }
            seen = Double(points.count) / Double(count)
            guard let better = Ellipse(through: points, from: now, tolerance: max(1.0, 0.02 * radius)) else {
                return nil
            }
            now = better
        }
        return (now, points, seen)
    }
}
