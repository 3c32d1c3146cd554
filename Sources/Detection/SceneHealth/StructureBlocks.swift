import Pixels

/// A picture cut into blocks, to ask which of them still show what the reference shows.
struct StructureBlocks: Sendable {
    static let edge = 16

    let columns: Int
    let rows: Int
    let luminance: Plane<UInt8>
    /// Standard deviation of luminance in each block.
    let deviations: [Double]

    init(of luminance: Plane<UInt8>) {
        columns = luminance.width / StructureBlocks.edge
        rows = luminance.height / StructureBlocks.edge
        self.luminance = luminance
        var deviations: [Double] = []
        for row in 0..<rows {
            for column in 0..<columns {
                deviations.append(StructureBlocks.moments(luminance, luminance, column, row).covariance.squareRoot())
            }
        }
        self.deviations = deviations
    }

    private static func moments(_ a: Plane<UInt8>, _ b: Plane<UInt8>, _ column: Int, _ row: Int) -> (
        covariance: Double, count: Double
    ) {
        var sumA = 0, sumB = 0, product = 0
        for y in row * edge..<(row + 1) * edge {
            for x in column * edge..<(column + 1) * edge {
                let (p, q) = (Int(a.samples[y * a.width + x]), Int(b.samples[y * b.width + x]))
                sumA += p
                sumB += q
                product += p * q
            }
        }
        let n = Double(edge * edge)
        return (max(Double(product) / n - Double(sumA) / n * Double(sumB) / n, -.infinity), n)
    }

    struct Comparison: Sendable, Equatable {
        /// Of the reference's textured blocks, the share that became flat.
        var lostShare: Double
        /// Of all blocks that are textured in either, the share that no longer shows the reference.
        var foreignShare: Double
    }

    func compare(with reference: StructureBlocks, parameters: SceneHealthParameters) -> Comparison? {
        guard columns == reference.columns, rows == reference.rows, columns * rows > 0 else { return nil }
        var textured = 0, lost = 0, foreign = 0, either = 0
        for row in 0..<rows {
            for column in 0..<columns {
                let k = row * columns + column
                let was = reference.deviations[k], now = deviations[k]
                if max(was, now) >= parameters.blockDeviation {
                    either += 1
                    let covariance = StructureBlocks.moments(luminance, reference.luminance, column, row).covariance
                    if covariance / max(was * now, 1) < parameters.foreignCorrelation { foreign += 1 }
                }
                guard was >= parameters.blockDeviation else { continue }
                textured += 1
                if now < was * parameters.lostDeviationRatio { lost += 1 }
            }
        }
        guard textured > 0, either > 0 else { return nil }
        return Comparison(lostShare: Double(lost) / Double(textured), foreignShare: Double(foreign) / Double(either))
    }
}
