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
        var now = start
        var reach = max(4 * tolerance, 0.15 * min(start.axes.x, start.axes.y))
        for _ in 0..<20 {
            var normal = [Double](repeating: 0, count: 25), right = [Double](repeating: 0, count: 5)
            var used = 0
            for point in points {
                let e = now.excess(point)
                let share = e / reach
                guard abs(share) < 1 else { continue }
                let weight = (1 - share * share) * (1 - share * share)
                used += 1
                let slopes = now.slopes(at: point, excess: e)
                for i in 0..<5 {
                    right[i] -= weight * slopes[i] * e
                    for j in 0..<5 { normal[5 * i + j] += weight * slopes[i] * slopes[j] }
                }
            }
            guard used >= 8 else { return nil }
            // A circle has no first axis: a little damping keeps its angle where it is.
            for i in 0..<5 { normal[6 * i] += 1e-3 * normal[6 * i] + 1e-9 }
            guard let step = LinearSystem.solution(normal, right) else { return nil }
            now.centre += SIMD2(step[0], step[1])
            now.axes += SIMD2(step[2], step[3])
            now.angle += max(-0.3, min(0.3, step[4]))
            let size = start.axes.x + start.axes.y
            guard now.axes.x > 0.2 * start.axes.x, now.axes.y > 0.2 * start.axes.y, now.axes.x + now.axes.y < 3 * size
            else { return nil }
            let isStill = abs(step[0]) + abs(step[1]) + abs(step[2]) + abs(step[3]) < 1e-4
            if isStill, reach <= tolerance { break }
            reach = max(tolerance, reach * 0.7)
        }
        self = now
    }

    /// Change of `excess` with centre x, y, the two semi-axes and the angle.
    private func slopes(at point: SIMD2<Double>, excess: Double) -> [Double] {
        let h = 1e-4
        func moved(_ change: (inout Ellipse) -> Void) -> Double {
            var other = self
            change(&other)
            return (other.excess(point) - excess) / h
        }
        return [
            moved { $0.centre.x += h }, moved { $0.centre.y += h }, moved { $0.axes.x += h }, moved { $0.axes.y += h },
            moved { $0.angle += h },
        ]
    }
}
