import Pixels

/// Which features of two pictures show the same spot.
enum FeatureMatching {
    /// A match must be this much nearer than the next best at another place (Lowe's ratio, of squared distances).
    static let ratio: Float = 0.72

    /// Pairs that are each other's nearest and clearly nearer than the next, best first.
    static func pairs(_ first: [Feature], _ second: [Feature]) -> [(first: Int, second: Int)] {
        let forward = nearest(first, second), backward = nearest(second, first)
        var pairs: [(first: Int, second: Int, quality: Float)] = []
        for (i, match) in forward.enumerated() {
            guard let match, match.ratio < ratio, backward[match.index]?.index == i else { continue }
            pairs.append((i, match.index, match.ratio))
        }
        return pairs.sorted { ($0.quality, $0.first) < ($1.quality, $1.first) }.map { ($0.first, $0.second) }
    }

    /// For every feature the nearest one among `others`, and how its squared distance compares with the next at
    /// another place.
    private static func nearest(_ features: [Feature], _ others: [Feature]) -> [(index: Int, ratio: Float)?] {
        let table = others.flatMap(\.descriptor)
        return table.withUnsafeBufferPointer { table in
            features.map { feature in
                feature.descriptor.withUnsafeBufferPointer { own in
                    guard let base = table.baseAddress, let own = own.baseAddress else { return nil }
                    var similarities = [Float](repeating: 0, count: others.count)
                    var best = -1
                    for k in others.indices {
                        similarities[k] = dot(own, base + 128 * k)
                        if best < 0 || similarities[k] > similarities[best] { best = k }
                    }
                    guard best >= 0 else { return nil }
                    var next: Float = 0
                    let place = others[best].position, apart = 4 * others[best].scale
                    for k in others.indices where similarities[k] > next {
                        let d = others[k].position - place
                        if d.x * d.x + d.y * d.y > apart * apart { next = similarities[k] }
                    }
                    return (best, (1 - similarities[best]) / max(1 - next, 1e-6))
                }
            }
        }
    }

    @inline(__always) static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>) -> Float {
        var sum = SIMD8<Float>()
        var i = 0
        while i < 128 {
            let u = UnsafeRawPointer(a + i).loadUnaligned(as: SIMD8<Float>.self),
                v = UnsafeRawPointer(b + i).loadUnaligned(as: SIMD8<Float>.self)
            sum += u * v
            i &+= 8
        }
        return sum.sum()
    }
}
