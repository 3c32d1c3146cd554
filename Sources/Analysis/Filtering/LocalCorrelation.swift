import Pixels

/// How alike two planes are around every pixel: the zero-mean normalised cross-correlation over a (2·radius + 1)²
/// window, with the standard deviation of each plane there.
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
        let meanA = a.plane.boxMean(radius: radius), meanB = b.plane.boxMean(radius: radius)
        let aa = LocalCorrelation.product(a.plane, a.plane).boxMean(radius: radius),
            bb = LocalCorrelation.product(b.plane, b.plane).boxMean(radius: radius),
            ab = LocalCorrelation.product(a.plane, b.plane).boxMean(radius: radius)
        var correlation = meanA, deviationA = aa, deviationB = bb, levelsA = meanA, levelsB = meanB
        ab.samples.withUnsafeBufferPointer { ab in
            correlation.samples.withUnsafeMutableBufferPointer { correlation in
                deviationA.samples.withUnsafeMutableBufferPointer { deviationA in
                    deviationB.samples.withUnsafeMutableBufferPointer { deviationB in
                        levelsA.samples.withUnsafeMutableBufferPointer { levelsA in
                            levelsB.samples.withUnsafeMutableBufferPointer { levelsB in
                                var i = 0
                                while i < count {
                                    let ma = levelsA[i], mb = levelsB[i]
                                    let va = max(deviationA[i] - ma * ma, 0).squareRoot(),
                                        vb = max(deviationB[i] - mb * mb, 0).squareRoot()
                                    let ratio = (ab[i] - ma * mb) / (max(va, 1e-3) * max(vb, 1e-3))
                                    deviationA[i] = va
                                    deviationB[i] = vb
                                    correlation[i] = va < 1e-3 || vb < 1e-3 ? 0 : min(max(ratio, -1), 1)
                                    levelsA[i] = ma + a.mean
                                    levelsB[i] = mb + b.mean
                                    i &+= 1
                                }
                            }
                        }
                    }
                }
            }
        }
        self.correlation = correlation
        firstDeviation = deviationA
        secondDeviation = deviationB
        firstMean = levelsA
        secondMean = levelsB
    }

    private static func product(_ p: Plane<Float>, _ q: Plane<Float>) -> Plane<Float> {
        var result = p
        q.samples.withUnsafeBufferPointer { q in
            result.samples.withUnsafeMutableBufferPointer { result in
                var i = 0
                while i < result.count {
                    result[i] *= q[i]
                    i &+= 1
                }
            }
        }
        return result
    }

    private static func centred(_ plane: Plane<Float>) -> (plane: Plane<Float>, mean: Float) {
        guard !plane.samples.isEmpty else { return (plane, 0) }
        var result = plane
        let mean = result.samples.withUnsafeMutableBufferPointer { samples in
            var sum = 0.0
            for sample in samples { sum += Double(sample) }
            let mean = Float(sum / Double(samples.count))
            for i in samples.indices { samples[i] -= mean }
            return mean
        }
        return (result, mean)
    }
}
