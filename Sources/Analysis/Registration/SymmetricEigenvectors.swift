/// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations.
enum SymmetricEigenvectors {
    /// - Returns: eigenvalues in rising order; the vectors as columns in the same order.
    static func of(_ matrix: [Double], size n: Int) -> (values: [Double], vectors: [Double]) {
        var a = matrix
        var v = [Double](repeating: 0, count: n * n)
        for i in 0..<n { v[n * i + i] = 1 }
        for _ in 0..<60 {
            var off = 0.0
            for p in 0..<n {
                for q in p + 1..<n { off += a[n * p + q] * a[n * p + q] }
            }
            if off < 1e-30 { break }
            for p in 0..<n - 1 {
                for q in p + 1..<n where a[n * p + q] != 0 {
                    let theta = (a[n * q + q] - a[n * p + p]) / (2 * a[n * p + q])
                    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot(), s = t * c
                    for k in 0..<n {
                        let kp = a[n * k + p], kq = a[n * k + q]
                        a[n * k + p] = c * kp - s * kq
                        a[n * k + q] = s * kp + c * kq
                    }
                    for k in 0..<n {
                        let pk = a[n * p + k], qk = a[n * q + k]
                        a[n * p + k] = c * pk - s * qk
                        a[n * q + k] = s * pk + c * qk
                        let vp = v[n * k + p], vq = v[n * k + q]
                        v[n * k + p] = c * vp - s * vq
                        v[n * k + q] = s * vp + c * vq
                    }
                }
            }
        }
        let order = (0..<n).sorted { a[n * $0 + $0] < a[n * $1 + $1] }
        var vectors = [Double](repeating: 0, count: n * n)
        for (column, from) in order.enumerated() {
            for row in 0..<n { vectors[n * row + column] = v[n * row + from] }
        }
        return (order.map { a[n * $0 + $0] }, vectors)
    }
}
