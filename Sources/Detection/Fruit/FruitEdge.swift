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

    /// The distance at which colour changes fastest along a ray.
    ///
    /// A ball darkens toward its limb, and its shadow lies beside it: levels some pixels to either side of the outline say
    /// little of those at it. In square roots of light the limb's slope and the lens's blur nearly cancel: on rendered
    /// trays widths are 0.1 % too small with a deviation of 0.3 %, by half the difference of light 0.5 % with 0.9 %.
    ///
    /// - Parameter reach: how far from `near` is looked, pixels.
    func steepest(from centre: SIMD2<Double>, toward direction: Double, near: Double, reach: Double) -> Double? {
        let ray = SIMD2(cos(direction), sin(direction))
        let taps = FruitEdge.slope.count / 2
        let half = Int((reach / FruitEdge.step).rounded(.up)), count = 2 * (half + taps + 1) + 1
        let first = near - Double(half + taps + 1) * FruitEdge.step
        let outermost = centre + ray * (near + Double(half + taps + 1) * FruitEdge.step)
        guard first > 0, outermost.x >= 0, outermost.y >= 0, outermost.x < Double(image.width),
            outermost.y < Double(image.height)
        else { return nil }
        let levels = (0..<count).map { k in
            let light = LinearLight.sampled(image, at: centre + ray * (first + Double(k) * FruitEdge.step))
            return SIMD3(light.x.squareRoot(), light.y.squareRoot(), light.z.squareRoot())
        }
        let slopes = (taps..<count - taps).map { k -> Float in
            var sum = SIMD3<Float>.zero
            for (tap, weight) in FruitEdge.slope.enumerated() { sum += weight * levels[k + tap - taps] }
            return (sum * sum).sum()
        }
        guard let best = (1..<slopes.count - 1).max(by: { slopes[$0] < slopes[$1] }),
            slopes[best] > FruitEdge.leastSlope * FruitEdge.leastSlope
        else { return nil }
        let (a, b, c) = (slopes[best - 1].squareRoot(), slopes[best].squareRoot(), slopes[best + 1].squareRoot())
        let bend = a - 2 * b + c
        let part = bend < 0 ? Double(0.5 * (a - c) / bend) : 0
        return first + (Double(best + taps) + min(max(part, -1), 1)) * FruitEdge.step
    }

    /// The outermost place where light comes up to a share of that of a disc's inside.
    ///
    /// A coin has a groove within its rim; the rim is often narrower than the blur and never reaches the inside's light.
    /// With ``rimShare`` the rendered coins are measured 0.3 to 0.8 % too wide.
    ///
    /// - Parameter inside: light of the disc's inside.
    func outermost(
        from centre: SIMD2<Double>, toward direction: Double, near: Double, inside: SIMD3<Float>
    ) -> Double? {
        let ray = SIMD2(cos(direction), sin(direction))
        func light(_ distance: Double) -> SIMD3<Float> { LinearLight.sampled(image, at: centre + ray * distance) }
        let end = centre + ray * (near + 5)
        guard near > 5, end.x >= 0, end.y >= 0, end.x < Double(image.width), end.y < Double(image.height) else {
            return nil
        }
        let outside = (light(near + 3) + light(near + 4) + light(near + 5)) / 3
        let difference = inside - outside, square = (difference * difference).sum()
        guard square > FruitEdge.leastLight * FruitEdge.leastLight else { return nil }
        func share(_ t: Double) -> Float { ((light(t) - outside) * difference).sum() / square }
        var t = near + 3, before = share(near + 3)
        while t > near - 5 {
            t -= FruitEdge.step
            let here = share(t)
            if here >= FruitEdge.rimShare, before < FruitEdge.rimShare {
                return t + FruitEdge.step * Double((here - FruitEdge.rimShare) / (here - before))
            }
            before = here
        }
        return nil
    }

    /// Share of the inside's light at which a coin ends.
    private static let rimShare: Float = 0.4

    /// The first derivative of a Gaussian of 0.7 px, for samples `step` apart: a step of 1 gives 0.57 a pixel.
    private static let slope: [Float] = {
        let deviation = 0.7 / step, taps = Int((3 * deviation).rounded(.up))
        return (-taps...taps).map { k in
            let x = Double(k) / deviation
            return Float(x * exp(-x * x / 2) / (deviation * deviation * (2 * Double.pi).squareRoot() * step))
        }
    }()
    /// Least change a pixel, in square roots of light.
    private static let leastSlope: Float = 0.016

    /// How the edge along a ray is found: direction, distance that is near, how far from it is looked.
    typealias Finder = (_ centre: SIMD2<Double>, _ direction: Double, _ near: Double, _ reach: Double) -> Double?

    /// The outline around `start`: rays that end at an edge, and the ellipse through them.
    ///
    /// - Parameters:
    ///   - isFree: whether the ground is seen beyond a point of the outline; what is not free is left out.
    ///   - finder: by default where colour changes fastest.
    func outline(
        near start: Ellipse, isFree: (SIMD2<Double>) -> Bool, finder: Finder? = nil
    ) -> (ellipse: Ellipse, points: [SIMD2<Double>], seen: Double)? {
        var now = start
        var points: [SIMD2<Double>] = []
        var seen = 0.0
        for (share, tolerance) in [(0.10, 0.02), (0.06, 0.02), (0.06, 0.015)] {
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
                let at =
                    finder.map { $0(now.centre, direction, near, reach) }
                    ?? steepest(from: now.centre, toward: direction, near: near, reach: reach)
                if let at {
                    points.append(now.centre + ray * at)
                }
            }
            seen = Double(points.count) / Double(count)
            guard let better = Ellipse(through: points, from: now, tolerance: max(50 * tolerance, tolerance * radius))
            else {
                return nil
            }
            now = better
        }
        return (now, points, seen)
    }
}
