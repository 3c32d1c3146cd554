/// The model that most pairs of points agree on.
struct Consensus: Sendable {
    /// Samples drawn: 3000 find 4 good pairs of 4 with 99 % where 20 % of the pairs are good.
    static let samples = 3000

    let from: [SIMD2<Double>]
    let to: [SIMD2<Double>]
    let tolerance: Double

    init(_ from: [SIMD2<Double>], _ to: [SIMD2<Double>], tolerance: Double) {
        self.from = from
        self.to = to
        self.tolerance = tolerance
    }

    func best(_ model: PairModel) -> (homography: Homography, inliers: [Int])? {
        let n = model.leastPairs
        guard from.count > n else { return nil }
        var state: UInt64 = 0x5DEE_CE66_D1CE_4E5B
        func draw() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(from.count))
        }
        var best: (homography: Homography, cost: Double)?
        for _ in 0..<(model == .homography || model == .affine ? Consensus.samples : Consensus.samples / 5) {
            var chosen: [Int] = []
            while chosen.count < n {
                let i = draw()
                if chosen.contains(i) { break }
                chosen.append(i)
            }
            guard chosen.count == n, let candidate = minimal(model, chosen), isPlausible(candidate) else { continue }
            let cost = cost(candidate, below: best?.cost ?? .infinity)
            if cost < best?.cost ?? .infinity { best = (candidate, cost) }
        }
        guard var current = best?.homography else { return nil }
        // Refit on those that fit, until the same ones do.
        var inliers = inliers(current)
        for _ in 0..<12 {
            guard inliers.count > n, let refit = model.fit(inliers.map { from[$0] }, inliers.map { to[$0] }) else {
                break
            }
            let next = self.inliers(refit)
            if next.count < inliers.count { break }
            current = refit
            if next == inliers { break }
            inliers = next
        }
        return (current, self.inliers(current))
    }

    /// The model through the fewest pairs; the homography by solving 8 equations, not by eigenvectors.
    private func minimal(_ model: PairModel, _ chosen: [Int]) -> Homography? {
        guard model == .homography else { return model.fit(chosen.map { from[$0] }, chosen.map { to[$0] }) }
        var rows: [[Double]] = []
        for i in chosen {
            let p = from[i], q = to[i]
            rows.append([p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y, q.x])
            rows.append([0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y, q.y])
        }
        for column in 0..<8 {
            guard let pivot = (column..<8).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
                abs(rows[pivot][column]) > 1e-9
            else { return nil }
            rows.swapAt(column, pivot)
            for row in 0..<8 where row != column {
                let factor = rows[row][column] / rows[column][column]
                guard factor != 0 else { continue }
                for k in column..<9 { rows[row][k] -= factor * rows[column][k] }
            }
        }
        return Homography((0..<8).map { rows[$0][8] / rows[$0][$0] } + [1])
    }

    /// No mirror image, and no area grown or shrunk by more than 16 in the middle of the points.
    private func isPlausible(_ homography: Homography) -> Bool {
        let m = homography.matrix, middle = from[0]
        let w = m[6] * middle.x + m[7] * middle.y + m[8]
        guard w > 0 else { return false }
        let q = homography.point(middle)
        let a = (m[0] - m[6] * q.x) / w, b = (m[1] - m[7] * q.x) / w, c = (m[3] - m[6] * q.y) / w,
            d = (m[4] - m[7] * q.y) / w
        let area = a * d - b * c
        return area > 1.0 / 16 && area < 16
    }

    private func distanceSquared(_ homography: Homography, _ i: Int) -> Double {
        let d = homography.point(from[i]) - to[i]
        return d.x * d.x + d.y * d.y
    }

    /// Sum of squared distances, cut off at the tolerance (MSAC; Torr and Zisserman 2000).
    private func cost(_ homography: Homography, below limit: Double) -> Double {
        let m = homography.matrix, cut = tolerance * tolerance
        var total = 0.0
        for i in from.indices {
            let p = from[i]
            let w = m[6] * p.x + m[7] * p.y + m[8]
            let dx = (m[0] * p.x + m[1] * p.y + m[2]) / w - to[i].x, dy = (m[3] * p.x + m[4] * p.y + m[5]) / w - to[i].y
            let square = dx * dx + dy * dy
            total += square < cut ? square : cut
            if total >= limit { return .infinity }
        }
        return total
    }

    private func inliers(_ homography: Homography) -> [Int] {
        from.indices.filter { distanceSquared(homography, $0) < tolerance * tolerance }
    }
}
