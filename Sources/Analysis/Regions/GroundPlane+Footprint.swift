import Pixels

extension GroundPlane {
    /// The ground that something upright stands on, in square metres, by the edge where it meets the ground.
    ///
    /// Of each column the lowest inside pixel is taken to the ground, where it lies in the lower half of the region: what
    /// ends above hangs over, as eaves do. The smallest rectangle around these points is the footprint. What stands up
    /// hides the ground behind it, so that mapping the whole region would measure its shadow on the ground, not itself.
    ///
    /// - Returns: `nil` where fewer than eight columns reach the ground plane.
    /// - Note: a rectangle seen at a corner shows two of its sides and is measured whole; one seen square from the
    ///   front shows
    ///   one side and is measured too small. Things that stand before it make it look further away. Height is left
    ///   open.
    /// - Complexity: O(pixels + hull × columns log columns); two small allocations.
    public func footprintInSquareMetres(of mask: Mask) -> Double? {
        var points: [SIMD2<Double>] = []
        let box = mask.bounds
        for x in box.x..<box.maxX {
            guard let y = (box.y..<box.maxY).last(where: { mask[x, $0] }) else { continue }
            // An eave hangs over what lies far behind.
            guard 2 * (y + 1 - box.y) >= box.height else { continue }
            let p = metres.point(SIMD2(Double(x) + 0.5, Double(y) + 1))
            if p.x.isFinite, p.y.isFinite { points.append(p) }
        }
        guard points.count >= 8 else { return nil }
        let hull = GroundPlane.convexHull(points)
        guard hull.count >= 3 else { return nil }
        var best = Double.infinity
        for i in hull.indices {
            let edge = hull[(i + 1) % hull.count] - hull[i]
            let length = (edge.x * edge.x + edge.y * edge.y).squareRoot()
            guard length > 1e-9 else { continue }
            let along = edge / length, across = SIMD2(-along.y, along.x)
            let width = GroundPlane.extent(points.map { $0.x * along.x + $0.y * along.y })
            let depth = GroundPlane.extent(points.map { $0.x * across.x + $0.y * across.y })
            best = min(best, width * depth)
        }
        return best.isFinite ? best : nil
    }

    /// From the 8th to the 92nd percentile, stretched to the whole: an overhanging eave at either end of the picture
    /// seems to
    /// stand far behind.
    private static func extent(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let cut = sorted.count * 8 / 100
        return (sorted[sorted.count - 1 - cut] - sorted[cut]) / 0.84
    }

    /// Andrew's monotone chain, counter-clockwise.
    private static func convexHull(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
        let sorted = points.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        func half(_ points: some Sequence<SIMD2<Double>>) -> [SIMD2<Double>] {
            var chain: [SIMD2<Double>] = []
            for p in points {
                while chain.count >= 2 {
                    let u = chain[chain.count - 1] - chain[chain.count - 2], v = p - chain[chain.count - 1]
                    guard u.x * v.y - u.y * v.x <= 0 else { break }
                    chain.removeLast()
                }
                chain.append(p)
            }
            return chain
        }
        return Array(half(sorted).dropLast()) + Array(half(sorted.reversed()).dropLast())
    }
}
