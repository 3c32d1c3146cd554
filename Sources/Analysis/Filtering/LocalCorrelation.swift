import Pixels

/// How alike two planes are around every pixel: the zero-mean normalised cross-correlation over a (2·radius + 1)² window,
/// with the standard deviation of each plane there.
///
/// Light that scales or lifts the levels of the whole window leaves the correlation as it is; new structure does not.
///
/// - Border: the window is cut off at the edge of the plane.
/// - Complexity: O(pixels), whatever the radius.
public struct LocalCorrelation: Sendable {
    /// −1…1; 0 where either deviation is below 1e-3, where there is nothing to compare.
    public let correlation: Plane<Float>
    public let firstDeviation: Plane<Float>
    public let secondDeviation: Plane<Float>
    public let firstMean: Plane<Float>
    public let secondMean: Plane<Float>

    public init(of first: Plane<Float>, with second: Plane<Float>, radius: Int) {
        precondition(first.size == second.size, "planes of one size")
        let count = first.samples.count
        // Products are taken about the planes' own means, so that the differences below keep their digits.
        let a = LocalCorrelation.centred(first), b = LocalCorrelation.centred(second)
        func products(_ p: Plane<Float>, _ q: Plane<Float>) -> Plane<Float> {
            var result = p
            for i in 0..<count { result.samples[i] = p.samples[i] * q.samples[i] }
            return result.boxMean(radius: radius)
        }
        let meanA = a.plane.boxMean(radius: radius), meanB = b.plane.boxMean(radius: radius)
        let aa = products(a.plane, a.plane), bb = products(b.plane, b.plane), ab = products(a.plane, b.plane)
        var correlation = first, deviationA = first, deviationB = first, levelsA = meanA, levelsB = meanB
        for i in 0..<count {
            let ma = meanA.samples[i], mb = meanB.samples[i]
            let va = max(aa.samples[i] - ma * ma, 0).squareRoot(), vb = max(bb.samples[i] - mb * mb, 0).squareRoot()
            deviationA.samples[i] = va
            deviationB.samples[i] = vb
            correlation.samples[i] = va < 1e-3 || vb < 1e-3 ? 0 : min(max((ab.samples[i] - ma * mb) / (va * vb), -1), 1)
            levelsA.samples[i] = ma + a.mean
            levelsB.samples[i] = mb + b.mean
        }
        self.correlation = correlation
        firstDeviation = deviationA
        secondDeviation = deviationB
        firstMean = levelsA
        secondMean = levelsB
    }

    private static func centred(_ plane: Plane<Float>) -> (plane: Plane<Float>, mean: Float) {
        guard !plane.samples.isEmpty else { return (plane, 0) }
        let mean = Float(plane.samples.reduce(0.0) { $0 + Double($1) } / Double(plane.samples.count))
        var result = plane
        for i in result.samples.indices { result.samples[i] -= mean }
        return (result, mean)
    }
}
