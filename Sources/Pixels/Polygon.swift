/// A closed outline in image pixels: origin at the top left corner of the top left pixel, x right, y down.
///
/// The last vertex joins the first; outlines may cross themselves (even–odd rule).
@frozen public struct Polygon: Hashable, Sendable {
    public var vertices: [SIMD2<Double>]

    @inlinable public init(_ vertices: [SIMD2<Double>]) { self.vertices = vertices }

    /// The smallest rectangle of whole pixels that holds the outline.
    public var bounds: Region {
        guard let first = vertices.first else { return Region(x: 0, y: 0, width: 0, height: 0) }
        var low = first, high = first
        for vertex in vertices {
            low = SIMD2(min(low.x, vertex.x), min(low.y, vertex.y))
            high = SIMD2(max(high.x, vertex.x), max(high.y, vertex.y))
        }
        let x = Int(low.x.rounded(.down)), y = Int(low.y.rounded(.down))
        return Region(x: x, y: y, width: Int(high.x.rounded(.up)) - x, height: Int(high.y.rounded(.up)) - y)
    }

    /// The enclosed area of a simple outline, in square pixels (shoelace formula, sign dropped).
    public var area: Double {
        guard vertices.count > 2 else { return 0 }
        var twice = 0.0
        var previous = vertices[vertices.count - 1]
        for vertex in vertices {
            twice += previous.x * vertex.y - vertex.x * previous.y
            previous = vertex
        }
        return abs(twice) / 2
    }
}
