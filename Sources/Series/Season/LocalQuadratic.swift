/// What a weighted quadratic fitted near one place says there, as sums over the data: `value = Σ values[i]·y[start +
/// i]`, and the same for the slope. It depends on where the data lie and on their weights, not on what was measured.
struct LocalQuadratic {
    let start: Int
    let values: [Double]
    let slopes: [Double]

    /// Singular values below this share of the largest are dropped: a pseudo-inverse. Source: the loess of Cleveland
    /// and Grosse.
    private static let tolerance = 100 * Double.ulpOfOne

    /// - Parameters:
    ///   - x: ascending, all different.
    ///   - weights: of the data, beside the tricube weight of the distance.
    ///   - count: how many of the nearest data take part; 3 or more.
    init(at place: Double, x: [Double], weights: [Double]?, count: Int) {
        start = Self.nearest(count, to: place, in: x)
        let reach = max(place - x[start], x[start + count - 1] - place)
        var root = [Double](repeating: 0, count: count)
        var line = root
        var square = root
        for i in 0..<count {
            let offset = x[start + i] - place
            let share = abs(offset) / reach
            let tricube = 1 - share * share * share
            let weight = (max(0, tricube * tricube * tricube) * (weights?[start + i] ?? 1)).squareRoot()
            root[i] = weight
            line[i] = weight * offset
            square[i] = weight * offset * offset
        }
        var (a, b, c) = (root, line, square)
        let norms = [Self.normalize(&a), Self.normalize(&b), Self.normalize(&c)]
        let inverse = Self.pseudoInverse(Self.orthogonalize(&a, &b, &c))
        let (v0, v1, v2) = (inverse[0][0] / norms[0], inverse[0][1] / norms[0], inverse[0][2] / norms[0])
        let (s0, s1, s2) = (inverse[1][0] / norms[1], inverse[1][1] / norms[1], inverse[1][2] / norms[1])
        for i in 0..<count {
            let weight = root[i]
            line[i] = (v0 * a[i] + v1 * b[i] + v2 * c[i]) * weight
            square[i] = (s0 * a[i] + s1 * b[i] + s2 * c[i]) * weight
        }
        values = line
        slopes = square
    }

    func value(_ y: [Double]) -> Double { sum(values, y) }
    func slope(_ y: [Double]) -> Double { sum(slopes, y) }

    /// What the datum at `index` adds to the value and to the slope.
    func share(of index: Int) -> (value: Double, slope: Double) {
        let i = index - start
        return i >= 0 && i < values.count ? (values[i], slopes[i]) : (0, 0)
    }

    private func sum(_ factors: [Double], _ y: [Double]) -> Double {
        var total = 0.0
        for i in 0..<factors.count { total += factors[i] * y[start + i] }
        return total
    }

    /// The first of the `count` data nearest to the place.
    private static func nearest(_ count: Int, to place: Double, in x: [Double]) -> Int {
        // The window slides right as long as the datum it gains is nearer than the one it loses.
        var low = 0
        var high = x.count - count
        while low < high {
            let middle = (low + high) / 2
            if place - x[middle] > x[middle + count] - place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var total = 0.0
        for i in 0..<a.count { total += a[i] * b[i] }
        return total
    }

    /// Scales a column to length 1 and returns what its length was; 1 where it is all zero.
    private static func normalize(_ column: inout [Double]) -> Double {
        let norm = dot(column, column).squareRoot()
        guard norm > 0 else { return 1 }
        for i in 0..<column.count { column[i] /= norm }
        return norm
    }

    /// Replaces the columns by orthonormal ones and returns the triangle that leads back (modified Gram-Schmidt, done
    /// twice).
    private static func orthogonalize(_ a: inout [Double], _ b: inout [Double], _ c: inout [Double]) -> [[Double]] {
        let first = finish(&a)
        let ab = subtract(a, from: &b)
        let second = finish(&b)
        let ac = subtract(a, from: &c)
        let bc = subtract(b, from: &c)
        let again = (subtract(a, from: &c), subtract(b, from: &c))
        let third = finish(&c)
        return [[first, ab, ac + again.0], [0, second, bc + again.1], [0, 0, third]]
    }

    /// Takes the part along a unit column away and returns its length.
    private static func subtract(_ unit: [Double], from column: inout [Double]) -> Double {
        let part = dot(unit, column)
        for i in 0..<column.count { column[i] -= part * unit[i] }
        return part
    }

    /// Scales to length 1, or to zero what is only rounding.
    private static func finish(_ column: inout [Double]) -> Double {
        let norm = dot(column, column).squareRoot()
        for i in 0..<column.count { column[i] = norm > tolerance ? column[i] / norm : 0 }
        return norm
    }

    /// Of a 3×3 matrix, by one-sided Jacobi rotations.
    private static func pseudoInverse(_ matrix: [[Double]]) -> [[Double]] {
        var a = matrix
        var v: [[Double]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        for _ in 0..<30 {
            var turned = false
            for (p, q) in [(0, 1), (0, 2), (1, 2)] {
                var (alpha, beta, gamma) = (0.0, 0.0, 0.0)
                for i in 0..<3 {
                    alpha += a[i][p] * a[i][p]
                    beta += a[i][q] * a[i][q]
                    gamma += a[i][p] * a[i][q]
                }
                guard abs(gamma) > 1e-16 * (alpha * beta).squareRoot(), gamma != 0 else { continue }
                turned = true
                let zeta = (beta - alpha) / (2 * gamma)
                let t = (zeta >= 0 ? 1 : -1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
                let c = 1 / (1 + t * t).squareRoot()
                for i in 0..<3 {
                    (a[i][p], a[i][q]) = (c * (a[i][p] - t * a[i][q]), c * (t * a[i][p] + a[i][q]))
                    (v[i][p], v[i][q]) = (c * (v[i][p] - t * v[i][q]), c * (t * v[i][p] + v[i][q]))
                }
            }
            if !turned { break }
        }
        let squares = (0..<3).map { s in (0..<3).reduce(0.0) { $0 + a[$1][s] * a[$1][s] } }
        let least = (squares.max() ?? 0).squareRoot() * tolerance
        return (0..<3).map { j in
            (0..<3).map { k in
                (0..<3).reduce(0.0) { $0 + (squares[$1].squareRoot() > least ? v[j][$1] * a[k][$1] / squares[$1] : 0) }
            }
        }
    }
}
