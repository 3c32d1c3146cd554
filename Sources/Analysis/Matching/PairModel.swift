/// What kind of movement takes one picture to another, simplest first.
public enum PairModel: String, Sendable, CaseIterable, Codable {
    case translation, euclidean, affine, homography

    /// How many pairs of points fix it.
    var leastPairs: Int {
        switch self {
        case .translation: 1
        case .euclidean: 2
        case .affine: 3
        case .homography: 4
        }
    }

    /// The least-squares fit; `nil` where the points do not fix it.
    func fit(_ from: [SIMD2<Double>], _ to: [SIMD2<Double>]) -> Homography? {
        guard from.count >= leastPairs, from.count == to.count else { return nil }
        if self == .homography { return Homography(from: from, to: to) }
        let n = Double(from.count)
        let p = from.reduce(SIMD2<Double>.zero, +) / n, q = to.reduce(SIMD2<Double>.zero, +) / n
        switch self {
        case .translation:
            return Homography([1, 0, q.x - p.x, 0, 1, q.y - p.y, 0, 0, 1])
        case .euclidean:
            var along = 0.0, across = 0.0
            for (a, b) in zip(from, to) {
                let u = a - p, v = b - q
                along += u.x * v.x + u.y * v.y
                across += u.x * v.y - u.y * v.x
            }
            let length = (along * along + across * across).squareRoot()
            guard length > 0 else { return nil }
            let c = along / length, s = across / length
            return Homography([c, -s, q.x - c * p.x + s * p.y, s, c, q.y - s * p.x - c * p.y, 0, 0, 1])
        case .affine, .homography:
            var xx = 0.0, xy = 0.0, yy = 0.0, ax = 0.0, ay = 0.0, bx = 0.0, by = 0.0
            for (a, b) in zip(from, to) {
                let u = a - p, v = b - q
                xx += u.x * u.x
                xy += u.x * u.y
                yy += u.y * u.y
                ax += u.x * v.x
                ay += u.y * v.x
                bx += u.x * v.y
                by += u.y * v.y
            }
            let determinant = xx * yy - xy * xy
            guard determinant > 1e-9 * (xx + yy) * (xx + yy) else { return nil }
            let m0 = (ax * yy - ay * xy) / determinant, m1 = (ay * xx - ax * xy) / determinant
            let m3 = (bx * yy - by * xy) / determinant, m4 = (by * xx - bx * xy) / determinant
            return Homography([m0, m1, q.x - m0 * p.x - m1 * p.y, m3, m4, q.y - m3 * p.x - m4 * p.y, 0, 0, 1])
        }
    }
}
