/// Batcher's odd–even merge sort as a list of comparisons: sorts many short lists side by side without a branch.
struct SortingNetwork: Sendable {
    /// Pairs (low, high): afterwards the smaller value stands at `low`.
    let comparisons: [(low: Int, high: Int)]

    init(count: Int) {
        var comparisons: [(low: Int, high: Int)] = []
        var p = 1
        while p < count {
            var k = p
            while k >= 1 {
                for j in stride(from: k % p, to: max(count - k, k % p), by: 2 * k) {
                    for i in 0..<min(k, count - j - k) where (i + j) / (2 * p) == (i + j + k) / (2 * p) {
                        comparisons.append((i + j, i + j + k))
                    }
                }
                k /= 2
            }
            p *= 2
        }
        self.comparisons = comparisons
    }

    /// Sorts `width` lists at once: value k of list x is `rows[k * width + x]`.
    func sort(_ rows: UnsafeMutablePointer<UInt8>, width: Int) {
        for (low, high) in comparisons {
            let a = rows + low * width, b = rows + high * width
            var x = 0
            while x < width {
                let u = a[x], v = b[x]
                a[x] = min(u, v)
                b[x] = max(u, v)
                x &+= 1
            }
        }
    }
}
