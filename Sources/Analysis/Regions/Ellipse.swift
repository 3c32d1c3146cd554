import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An ellipse in image pixels.
public struct Ellipse: Sendable, Equatable {
    public var centre: SIMD2<Double>
    /// Semi-axes, pixels; the first lies along `angle`.
    public var axes: SIMD2<Double>
    /// Radians from the x axis to the first axis, clockwise on the picture.
    public var angle: Double

    public init(centre: SIMD2<Double>, axes: SIMD2<Double>, angle: Double) {
        self.centre = centre
        self.axes = axes
        self.angle = angle
    }

    /// From the centre to the outline in a direction, radians clockwise from the x axis.
    public func radius(toward direction: Double) -> Double {
        let u = cos(direction - angle) / axes.x, v = sin(direction - angle) / axes.y
        return 1 / (u * u + v * v).squareRoot()
    }

    /// A point as (across, down) in units of the semi-axes: the outline is at distance 1.
    public func unit(_ point: SIMD2<Double>) -> SIMD2<Double> {
        let d = point - centre
        return SIMD2(
            (d.x * cos(angle) + d.y * sin(angle)) / axes.x, (-d.x * sin(angle) + d.y * cos(angle)) / axes.y)
    }

    /// How far a point lies outside the outline, pixels along the ray from the centre; negative inside.
    public func excess(_ point: SIMD2<Double>) -> Double {
        let q = unit(point), k = (q.x * q.x + q.y * q.y).squareRoot()
        let d = point - centre, away = (d.x * d.x + d.y * d.y).squareRoot()
        return k > 0 ? away * (1 - 1 / k) : -min(axes.x, axes.y)
    }

    /// The ellipse nearest to points of an outline that need not be whole: Gauss and Newton's steps on the radial
    /// distances, with Tukey's weights so that some points may be wrong.
    ///
    /// - Parameters:
    ///   - start: an ellipse near the wanted one.
    ///   - tolerance: points further off than about this many pixels do not count.
    /// - Returns: `nil` for fewer than 8 points, or where they fix no ellipse near `start`.
    public init?(through points: [SIMD2<Double>], from start: Ellipse, tolerance: Double) {
        guard points.count >= 8 else { return nil }
        // Half the difference of the axes as a vector of twice the angle: a circle is a place like any other there. With the
        // angle itself the steps of a near circle swap its axes for ever.
        let half = (start.axes.x - start.axes.y) / 2
        var now = [
            start.centre.x, start.centre.y, (start.axes.x + start.axes.y) / 2, half * cos(2 * start.angle),
            half * sin(2 * start.angle),
        ]
        var reach = max(4 * tolerance, 0.15 * min(start.axes.x, start.axes.y))
        for _ in 0..<20 {
            guard let here = Ellipse(now) else { return nil }
            var normal = [Double](repeating: 0, count: 25), right = [Double](repeating: 0, count: 5)
            let moved = now.indices.map { k in
                var other = now
                other[k] += Ellipse.nudge
                return Ellipse(other) ?? here
            }
            var used = 0
            for point in points {
                let e = here.excess(point)
                let share = e / reach
                guard abs(share) < 1 else { continue }
                let weight = (1 - share * share) * (1 - share * share)
                used += 1
                let slopes = moved.map { ($0.excess(point) - e) / Ellipse.nudge }
                for i in 0..<5 {
                    right[i] -= weight * slopes[i] * e
                    for j in 0..<5 { normal[5 * i + j] += weight * slopes[i] * slopes[j] }
                }
            }
            guard used >= 8 else { return nil }
            for i in 0..<5 { normal[6 * i] += 1e-3 * normal[6 * i] + 1e-9 }
            guard let step = LinearSystem.solution(normal, right) else { return nil }
            for i in 0..<5 { now[i] += step[i] }
            let size = start.axes.x + start.axes.y
            guard let next = Ellipse(now), next.axes.x > 0.2 * start.axes.x, next.axes.y > 0.2 * start.axes.y,
                next.axes.x + next.axes.y < 3 * size
            else { return nil }
            let isStill = step.reduce(0) { $0 + abs($1) } < 1e-4
            if isStill, reach <= tolerance { break }
            reach = max(tolerance, reach * 0.7)
        }
        guard let found = Ellipse(now) else { return nil }
        self = found
    }

    /// From centre x, y, mean semi-axis, and half the axes' difference as a vector of twice the angle; `nil` without a width.
    private init?(_ values: [Double]) {
        let half = (values[3] * values[3] + values[4] * values[4]).squareRoot()
        guard values[2] > half else { return nil }
        self.init(
            centre: SIMD2(values[0], values[1]), axes: SIMD2(values[2] + half, values[2] - half),
            angle: 0.5 * atan2(values[4], values[3]))
    }

    /// Pixels by which a value is changed to see what follows.
    private static let nudge = 1e-4
}
