import Analysis
import Pixels

/// The middles of single fruits in a mask in which they may touch.
struct FruitSeeds {
    struct Seed {
        var centre: SIMD2<Double>
        /// Of the greatest disc within the mask.
        var radius: Double
    }

    let seeds: [Seed]

    /// Middles are maxima of the distance to the outside. Two are of one fruit where the way between them stays wide.
    ///
    /// - Parameters:
    ///   - smallest: least radius, pixels.
    ///   - neck: least share of the smaller radius that the way between two middles of one fruit has.
    init(in mask: Mask, smallest: Double, neck: Double) {
        let distance = Plane<Float>(distanceInside: mask)
        let width = mask.width, height = mask.height
        var tops: [(x: Int, y: Int, level: Float)] = []
        for y in 0..<height {
            for x in 0..<width {
                let level = distance[x, y]
                guard Double(level) >= smallest else { continue }
                var isTop = true
                for dy in max(0, y - 1)...min(height - 1, y + 1) where isTop {
                    for dx in max(0, x - 1)...min(width - 1, x + 1) where distance[dx, dy] > level { isTop = false }
                }
                if isTop { tops.append((x, y, level)) }
            }
        }
        tops.sort { ($0.level, $1.y, $1.x) > ($1.level, $0.y, $0.x) }
        var seeds: [Seed] = []
        for top in tops {
            let centre = SIMD2(Double(top.x) + 0.5, Double(top.y) + 0.5), radius = Double(top.level)
            let isNew = seeds.allSatisfy { other in
                let d = other.centre - centre, length = (d * d).sum().squareRoot()
                guard length < other.radius + 2 * radius else { return true }
                guard length > 0.6 * radius else { return false }
                var narrowest = radius
                for k in 1..<max(2, Int(length)) {
                    let p = centre + d * (Double(k) / length)
                    narrowest = min(narrowest, Double(distance[min(Int(p.x), width - 1), min(Int(p.y), height - 1)]))
                }
                return narrowest < neck * radius
            }
            if isNew { seeds.append(Seed(centre: centre, radius: radius)) }
        }
        self.seeds = seeds
    }
}
