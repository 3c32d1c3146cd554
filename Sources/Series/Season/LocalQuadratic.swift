/// What a weighted quadratic fitted near one place says there, as sums over the data: `value = Σ values[i]·y[start + i]`, and the same
/// for the slope. It depends on where the data lie and on their weights, not on what was measured.
struct LocalQuadratic {
    let start: Int
    let values: [Double]
    let slopes: [Double]

    /// Singular values below this share of the largest are dropped: a pseudo-inverse. Source: the loess of Cleveland and Grosse.
    private static let tolerance = 100 * Double.ulpOfOne

    /// - Parameters:
    ///   - x: ascending, all different.
    ///   - weights: of the data, beside the tricube weight of the distance.
    ///   - count: how many of the nearest data take part; 3 or more.
    init(at place: Double, x: [Double], weights: [Double]?, count: Int) {
        start = Self.nearest(count, to: place, in: x)
        let reach = max(place - x[start], x[start + count - 1] - place)
        var root = [Double](repeating: 0, count: count)
        var columns = [[Double]](repeating: [Double](repeating: 0, count: count), count: 3)
        for i in 0..<count {
            let offset = x[start + i] - place
            let share = abs(offset) / reach
            let tricube = 1 - share * share * share
            root[i] = (max(0, tricube * tricube * tricube) * (weights?[start + i] ?? 1)).squareRoot()
            columns[0][i] = root[i]
            columns[1][i] = root[i] * offset
            columns[2][i] = root[i] * offset * offset
        }
        var norms = [1.0, 1, 1]
        for j in 0..<3 {
            let norm = Self.dot(columns[j], columns[j]).squareRoot()
            guard norm > 0 else { continue }
            norms[j] = norm
            for i in 0..<count { columns[j][i] /= norm }
        }
        let triangle = Self.orthogonalize(&columns)
        let inverse = Self.pseudoInverse(triangle)
        var values = [Double](repeating: 0, count: count)
        var slopes = values
        for i in 0..<count {
            let (a, b, c) = (columns[0][i], columns[1][i], columns[2][i])
            values[i] = (inverse[0][0] * a + inverse[0][1] * b + inverse[0][2] * c) / norms[0] * root[i]
            slopes[i] = (inverse[1][0] * a + inverse[1][1] * b + inverse[1][2] * c) / norms[1] * root[i]
        }
        self.values = values
        self.slopes = slopes
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

    /// Replaces the columns by orthonormal ones and returns the triangle that leads back (modified Gram-Schmidt, done twice).
    private static func orthogonalize(_ columns: inout [[Double]]) -> [[Double]] {
        var triangle = [[Double]](repeating: [0, 0, 0], count: 3)
        for j in 0..<3 {
            for _ in 0..<2 {
                for k in 0..<j {
                    let part = dot(columns[k], columns[j])
                    triangle[k][j] += part
                    for i in 0..<columns[j].count { columns[j][i] -= part * columns[k][i] }
                }
            }
            let norm = dot(columns[j], columns[j]).squareRoot()
            triangle[j][j] = norm
            for i in 0..<columns[j].count { columns[j][i] = norm > tolerance ? columns[j][i] / norm : 0 }
        }
        return triangle
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
