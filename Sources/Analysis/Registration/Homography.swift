/// A plane seen from two places: (x, y, 1) goes to M·(x, y, 1), divided by the third coordinate.
public struct Homography: Sendable, Equatable {
    /// The 3 × 3 matrix, row by row.
    public var matrix: [Double]

    /// - Precondition: 9 elements.
    public init(_ matrix: [Double]) {
        precondition(matrix.count == 9, "a homography has 9 elements")
        self.matrix = matrix
    }

    public static let identity = Homography([1, 0, 0, 0, 1, 0, 0, 0, 1])

    /// Where a point goes; not a number on the line that goes to infinity.
    @inlinable public func point(_ p: SIMD2<Double>) -> SIMD2<Double> {
        let w = matrix[6] * p.x + matrix[7] * p.y + matrix[8]
        guard w != 0 else { return SIMD2(.nan, .nan) }
        return SIMD2(
            (matrix[0] * p.x + matrix[1] * p.y + matrix[2]) / w, (matrix[3] * p.x + matrix[4] * p.y + matrix[5]) / w)
    }

    /// First `first`, then this one.
    public func after(_ first: Homography) -> Homography {
        var product = [Double](repeating: 0, count: 9)
        for row in 0..<3 {
            for column in 0..<3 {
                for k in 0..<3 { product[3 * row + column] += matrix[3 * row + k] * first.matrix[3 * k + column] }
            }
        }
        return Homography(product)
    }

    /// The way back; `nil` where the matrix has none.
    public var inverse: Homography? {
        let m = matrix
        let c0 = m[4] * m[8] - m[5] * m[7], c1 = m[5] * m[6] - m[3] * m[8], c2 = m[3] * m[7] - m[4] * m[6]
        let determinant = m[0] * c0 + m[1] * c1 + m[2] * c2
        guard determinant != 0, determinant.isFinite else { return nil }
        return Homography(
            [
                c0, m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
                c1, m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
                c2, m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
            ].map { $0 / determinant })
    }

    /// The homography that takes `from[i]` to `to[i]`, in the least-squares sense of the normalised direct linear
    /// transform (Hartley 1997); exact for 4 pairs.
    ///
    /// - Returns: `nil` for fewer than 4 pairs or where they do not fix one: three of four on a line, points that
    ///   coincide.
    public init?(from: [SIMD2<Double>], to: [SIMD2<Double>]) {
        guard from.count >= 4, from.count == to.count, let a = Homography.normalizer(from),
            let b = Homography.normalizer(to),
            let back = b.inverse
        else { return nil }
        var normal = [Double](repeating: 0, count: 81)
        for (p, q) in zip(from.map(a.point), to.map(b.point)) {
            let rows: [[Double]] = [
                [p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y, -q.x],
                [0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y, -q.y],
            ]
            for row in rows {
                for i in 0..<9 {
                    for j in 0..<9 { normal[9 * i + j] += row[i] * row[j] }
                }
            }
        }
        let (values, vectors) = SymmetricEigenvectors.of(normal, size: 9)
        // One direction without error; a second one means that the points do not fix the plane.
        guard values[1] > 1e-9 * values[8] else { return nil }
        let found = back.after(Homography((0..<9).map { vectors[9 * $0] })).after(a)
        let scale = found.matrix[8]
        guard abs(scale) > 1e-12, found.inverse != nil else { return nil }
        self.init(found.matrix.map { $0 / scale })
    }

    /// Moves the points' mean to 0 and their mean distance from it to √2.
    private static func normalizer(_ points: [SIMD2<Double>]) -> Homography? {
        let mean = points.reduce(SIMD2<Double>.zero, +) / Double(points.count)
        let distance =
            points.reduce(0.0) { sum, p in
                let d = p - mean
                return sum + (d.x * d.x + d.y * d.y).squareRoot()
            } / Double(points.count)
        guard distance > 0, distance.isFinite else { return nil }
        let scale = 2.0.squareRoot() / distance
        return Homography([scale, 0, -scale * mean.x, 0, scale, -scale * mean.y, 0, 0, 1])
    }
}
