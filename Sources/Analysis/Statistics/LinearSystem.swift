/// A small system of linear equations.
public enum LinearSystem {
    /// The x with `matrix · x = right`, by Gauss's elimination with row exchange.
    ///
    /// - Parameter matrix: n × n, row by row; `right` has n elements.
    /// - Returns: `nil` where the rows do not fix x.
    /// - Complexity: O(n³).
    public static func solution(_ matrix: [Double], _ right: [Double]) -> [Double]? {
        let n = right.count
        precondition(matrix.count == n * n, "as many rows as columns and right sides")
        var a = matrix, b = right
        for k in 0..<n {
            var best = k
            for row in k..<n where abs(a[row * n + k]) > abs(a[best * n + k]) { best = row }
            guard abs(a[best * n + k]) > 1e-12, a[best * n + k].isFinite else { return nil }
            if best != k {
                for column in 0..<n { a.swapAt(k * n + column, best * n + column) }
                b.swapAt(k, best)
            }
            for row in k + 1..<max(k + 1, n) {
                let share = a[row * n + k] / a[k * n + k]
                guard share != 0 else { continue }
                for column in k..<n { a[row * n + column] -= share * a[k * n + column] }
                b[row] -= share * b[k]
            }
        }
        for k in stride(from: n - 1, through: 0, by: -1) {
            for column in k + 1..<max(k + 1, n) { b[k] -= a[k * n + column] * b[column] }
            b[k] /= a[k * n + k]
        }
        return b
    }
}
