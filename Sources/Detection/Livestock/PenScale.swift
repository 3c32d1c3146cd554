import Analysis
import Pixels

/// How many pixels a metre has, upright, at a place on the ground of a picture.
public struct PenScale: Sendable {
    private let ground: GroundPlane?
    /// Pixels a metre along columns without ground points: a line over y.
    private let line: (slope: Double, offset: Double)?

    public init(ground: GroundPlane) {
        self.ground = ground
        line = nil
    }

    /// From animals of known area that were seen: pixels a metre = √(pixels ÷ m²), a line over y by Theil and Sen.
    ///
    /// - Returns: `nil` for too few animals.
    public init?(animals: [(y: Double, pixelsPerMetre: Double)], needed: Int) {
        guard animals.count >= needed else { return nil }
        ground = nil
        var slopes: [Double] = []
        for (k, a) in animals.enumerated() {
            for b in animals[..<k] where abs(a.y - b.y) > 8 {
                slopes.append((a.pixelsPerMetre - b.pixelsPerMetre) / (a.y - b.y))
            }
        }
        slopes.sort()
        let slope = slopes.isEmpty ? 0 : max(slopes[slopes.count / 2], 0)
        let offsets = animals.map { $0.pixelsPerMetre - slope * $0.y }.sorted()
        line = (slope, offsets[offsets.count / 2])
    }

    public func pixelsPerMetre(at p: SIMD2<Double>) -> Double? {
        if let ground {
            let d = ground.metres.point(p + SIMD2(0.5, 0)) - ground.metres.point(p - SIMD2(0.5, 0))
            let metres = (d.x * d.x + d.y * d.y).squareRoot()
            return metres > 0 && metres.isFinite ? 1 / metres : nil
        }
        guard let line else { return nil }
        let value = line.slope * p.y + line.offset
        return value > 1 ? value : nil
    }

    /// In metres with ground points, else in animal lengths as far as the line tells.
    func place(_ p: SIMD2<Double>) -> SIMD2<Double> {
        if let ground { return ground.metres.point(p) }
        return p / (pixelsPerMetre(at: p) ?? 1)
    }
}
