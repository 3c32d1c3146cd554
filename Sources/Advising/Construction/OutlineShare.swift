import Village

/// How much of one outline lies within another, by points on a grid.
enum OutlineShare {
    /// Points along the longer side of the box: the share is right to about one in a hundred.
    private static let pointsAlong = 100

    /// 0…1; 0 for an outline without area.
    static func of(_ outline: Outline, within cover: Outline) -> Double {
        guard outline.count > 2, cover.count > 2, let first = outline.first else { return 0 }
        var low = first, high = first
        for vertex in outline {
            low = SIMD2(min(low.x, vertex.x), min(low.y, vertex.y))
            high = SIMD2(max(high.x, vertex.x), max(high.y, vertex.y))
        }
        let step = max(high.x - low.x, high.y - low.y) / Double(pointsAlong)
        guard step > 0, step.isFinite else { return 0 }
        var inside = 0, both = 0
        var y = low.y + step / 2
        while y < high.y {
            var x = low.x + step / 2
            while x < high.x {
                let point = SIMD2(x, y)
                if contains(outline, point) {
                    inside += 1
                    if contains(cover, point) { both += 1 }
                }
                x += step
            }
            y += step
        }
        return inside > 0 ? Double(both) / Double(inside) : 0
    }

    /// Even–odd rule.
    static func contains(_ outline: Outline, _ point: SIMD2<Double>) -> Bool {
        guard var previous = outline.last else { return false }
        var isInside = false
        for vertex in outline {
            if (vertex.y > point.y) != (previous.y > point.y),
                point.x < (previous.x - vertex.x) * (point.y - vertex.y) / (previous.y - vertex.y) + vertex.x
            {
                isInside.toggle()
            }
            previous = vertex
        }
        return isInside
    }
}
