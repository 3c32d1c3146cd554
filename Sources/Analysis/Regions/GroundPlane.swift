import Pixels

/// Flat ground as a camera sees it: pixels ↔ metres.
///
/// - Note: it holds for what lies on the ground; a wall or a roof leans away from the camera and covers more of it
///   than it stands on.
public struct GroundPlane: Sendable {
    /// From pixels to metres.
    public let metres: Homography
    /// Greatest distance, in metres, between a given ground point and where the homography puts its pixel; 0 for 4
    /// points.
    public let errorInMetres: Double

    /// - Returns: `nil` for fewer than 4 pairs, or where three of four lie on a line.
    public init?(pixels: [SIMD2<Double>], metres: [SIMD2<Double>]) {
        guard let homography = Homography(from: pixels, to: metres) else { return nil }
        self.metres = homography
        errorInMetres = zip(pixels, metres).reduce(0) { worst, pair in
            let d = homography.point(pair.0) - pair.1
            return max(worst, (d.x * d.x + d.y * d.y).squareRoot())
        }
    }

    /// The ground area inside an outline; `nil` where the outline crosses the horizon.
    public func areaInSquareMetres(of polygon: Polygon) -> Double? {
        let weights = polygon.vertices.map { metres.matrix[6] * $0.x + metres.matrix[7] * $0.y + metres.matrix[8] }
        guard weights.allSatisfy({ $0 > 0 }) || weights.allSatisfy({ $0 < 0 }) else { return nil }
        return Polygon(polygon.vertices.map(metres.point)).area
    }

    /// The ground area of a mask's pixels, each as its four corners' outline; `nil` where one crosses the horizon.
    ///
    /// - Complexity: O(pixels inside).
    public func areaInSquareMetres(of mask: Mask) -> Double? {
        var total = 0.0
        for y in 0..<mask.height {
            // Runs of inside pixels: lines stay lines, so a run's outline is the sum of its pixels' outlines.
            var x = 0
            while x < mask.width {
                guard mask[x, y] else {
                    x += 1
                    continue
                }
                let start = x
                while x < mask.width, mask[x, y] { x += 1 }
                let left = Double(start), right = Double(x), top = Double(y), bottom = Double(y + 1)
                let run = Polygon([SIMD2(left, top), SIMD2(right, top), SIMD2(right, bottom), SIMD2(left, bottom)])
                guard let area = areaInSquareMetres(of: run) else { return nil }
                total += area
            }
        }
        return total
    }
}
