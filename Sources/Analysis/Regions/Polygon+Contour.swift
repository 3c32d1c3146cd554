import Pixels

extension Polygon {
    /// The outer outline of the largest 8-connected piece of `mask`, along the pixels' edges; `nil` for an empty
    /// mask.
    ///
    /// Filling the outline gives the piece back, its holes included.
    ///
    /// - Parameter tolerance: how far, in pixels, a dropped corner may lie from the line that replaces it (Douglas
    ///   and Peucker 1973); 0 keeps every corner.
    public init?(outlining mask: Mask, tolerance: Double = 0) {
        let components = Components(of: mask)
        guard let piece = components.pieces.max(by: { ($0.areaInPixels, $1.label) < ($1.areaInPixels, $0.label) })
        else { return nil }
        self.init(outlining: piece, of: components, tolerance: tolerance)
    }

    /// The outer outline of one piece; see `init(outlining:tolerance:)`.
    public init(outlining piece: Components.Piece, of components: Components, tolerance: Double = 0) {
        let labels = components.labels
        func isInside(_ x: Int, _ y: Int) -> Bool {
            x >= 0 && y >= 0 && x < labels.width && y < labels.height && labels[x, y] == piece.label
        }
        // The first pixel of the top row: its upper left corner is on the outline. Walk with the piece on the right
        // hand.
        var startX = piece.box.x
        while !isInside(startX, piece.box.y) { startX += 1 }
        let start = (x: startX, y: piece.box.y)
        var x = start.x, y = start.y, dx = 1, dy = 0
        var corners: [SIMD2<Double>] = []
        repeat {
            // The four pixels around the corner (x, y), seen along the direction: ahead left and ahead right.
            let leftAhead = isInside(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2)
            let rightAhead = isInside(x + (dx - dy - 1) / 2, y + (dy + dx - 1) / 2)
            // 8-connected: at a diagonal pair the walk turns left, into the pixel that touches at the corner.
            if leftAhead {
                corners.append(SIMD2(Double(x), Double(y)))
                (dx, dy) = (dy, -dx)
            } else if !rightAhead {
                corners.append(SIMD2(Double(x), Double(y)))
                (dx, dy) = (-dy, dx)
            }
            x += dx
            y += dy
        } while x != start.x || y != start.y || (dx, dy) != (0, -1)
        if corners.first != SIMD2(Double(start.x), Double(start.y)) {
            corners.insert(SIMD2(Double(start.x), Double(start.y)), at: 0)
        }
        self.init(tolerance > 0 ? Polygon.simplified(corners, tolerance: tolerance) : corners)
    }

    /// Douglas and Peucker on a ring, cut at its first corner and the one farthest from it.
    static func simplified(_ ring: [SIMD2<Double>], tolerance: Double) -> [SIMD2<Double>] {
        guard ring.count > 4 else { return ring }
        func square(_ v: SIMD2<Double>) -> Double { v.x * v.x + v.y * v.y }
        var far = 0
        for i in ring.indices where square(ring[i] - ring[0]) > square(ring[far] - ring[0]) { far = i }
        let closed = ring + [ring[0]]
        var isKept = [Bool](repeating: false, count: closed.count)
        isKept[0] = true
        isKept[far] = true
        var stack = [(0, far), (far, closed.count - 1)]
        while let (first, last) = stack.popLast() {
            guard last > first + 1 else { continue }
            let line = closed[last] - closed[first], length = square(line).squareRoot()
            var worst = first, distance = -1.0
            for i in first + 1..<last {
                let v = closed[i] - closed[first]
                let d = length > 0 ? abs(v.x * line.y - v.y * line.x) / length : square(v).squareRoot()
                if d > distance { (worst, distance) = (i, d) }
            }
            guard distance > tolerance else { continue }
            isKept[worst] = true
            stack.append((first, worst))
            stack.append((worst, last))
        }
        return closed.indices.dropLast().filter { isKept[$0] }.map { closed[$0] }
    }
}
