import Pixels

/// The model on which the matching features of two pictures agree.
struct PairAgreement: Sendable {
    /// Farthest a pair that fits may lie from the model, in pixels of the size at which features are sought.
    static let tolerance = 3.0
    /// A simpler model is taken when it explains this share of the pairs that the best explains.
    static let nearlyAll = 0.9
    /// Least share of fitting pairs.
    static let leastShare = 0.12

    let model: PairModel
    let homography: Homography
    let from: [SIMD2<Double>]
    let to: [SIMD2<Double>]
    /// Indices of the pairs that fit.
    let inliers: [Int]

    /// - Returns: `nil` where fewer than `leastInliers` pairs, or too small a share of them, agree.
    init?(_ first: [Feature], _ second: [Feature], leastInliers: Int) {
        var from: [SIMD2<Double>] = [], to: [SIMD2<Double>] = []
        for match in FeatureMatching.pairs(first, second) {
            let p = first[match.first].position, q = second[match.second].position
            func isNear(_ u: SIMD2<Double>, _ v: SIMD2<Double>) -> Bool { abs(u.x - v.x) < 1.5 && abs(u.y - v.y) < 1.5 }
            // One pair per place: a corner found at two sizes or in two directions counts once.
            if zip(from, to).contains(where: { isNear($0, p) && isNear($1, q) }) { continue }
            from.append(p)
            to.append(q)
        }
        let consensus = Consensus(from, to, tolerance: PairAgreement.tolerance)
        let fits = PairModel.allCases.compactMap { model in
            consensus.best(model).map { (model: model, homography: $0.homography, inliers: $0.inliers) }
        }
        let most = fits.map(\.inliers.count).max() ?? 0
        guard let best = fits.first(where: { Double($0.inliers.count) >= PairAgreement.nearlyAll * Double(most) }),
            best.inliers.count >= leastInliers,
            Double(best.inliers.count) >= PairAgreement.leastShare * Double(from.count)
        else { return nil }
        model = best.model
        homography = best.homography
        inliers = best.inliers
        self.from = from
        self.to = to
    }

    /// Root mean square distance of the fitting pairs from the model, in pixels.
    var error: Double {
        let sum = inliers.reduce(0.0) { sum, i in
            let d = homography.point(from[i]) - to[i]
            return sum + d.x * d.x + d.y * d.y
        }
        return (sum / Double(inliers.count)).squareRoot()
    }
}
