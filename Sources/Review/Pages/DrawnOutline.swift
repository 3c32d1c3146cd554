import Village

/// Corners as the drawing page sends them.
enum DrawnOutline {
    /// More than a hand draws.
    static let mostCorners = 1000

    struct Fault: Error, Equatable { var phrase: Phrase }

    /// - Parameter text: `120,300 640,280 …`; any mixture of commas, semicolons and blanks separates.
    static func read(_ text: String, width: Int, height: Int) -> Result<Outline, Fault> {
        let words = text.split { $0 == "," || $0 == ";" || $0.isWhitespace || $0 == "，" || $0 == "；" }
        let numbers = words.compactMap { word -> Double? in
            guard word.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 || $0 == 45 }) else { return nil }
            return Double(word)
        }
        guard numbers.count == words.count, numbers.count.isMultiple(of: 2), numbers.count <= 2 * mostCorners else {
            return .failure(Fault(phrase: .badNumbers))
        }
        let points = stride(from: 0, to: numbers.count, by: 2).map { SIMD2(numbers[$0], numbers[$0 + 1]) }
        guard points.count >= 3 else { return .failure(Fault(phrase: .fewCorners)) }
        let isInside = points.allSatisfy {
            $0.x >= 0 && $0.y >= 0 && $0.x <= Double(width) && $0.y <= Double(height)
        }
        guard isInside else { return .failure(Fault(phrase: .outsidePicture)) }
        guard !crossesItself(points) else { return .failure(Fault(phrase: .crossesItself)) }
        return .success(points)
    }

    /// Whether two sides that are not neighbours meet.
    ///
    /// - Complexity: O(n²) in corners.
    static func crossesItself(_ points: Outline) -> Bool {
        let count = points.count
        guard count > 3 else { return false }
        for i in 0..<count {
            for j in (i + 2)..<max(count, i + 2) where !(i == 0 && j == count - 1) {
                if cross(points[i], points[(i + 1) % count], points[j], points[(j + 1) % count]) { return true }
            }
        }
        return false
    }

    private static func cross(
        _ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>, _ d: SIMD2<Double>
    ) -> Bool {
        func side(_ p: SIMD2<Double>, _ q: SIMD2<Double>, _ r: SIMD2<Double>) -> Double {
            (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
        }
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }
}
