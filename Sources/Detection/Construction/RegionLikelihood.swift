/// What a changed region is likely to be.
public struct RegionLikelihood: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// Walls, columns, slabs, roofs.
        case structure
        /// Bare ground, a pit, what was dug out.
        case soil
        /// Bricks, sand, rebar in a heap.
        case material
        case vegetation
        case vehicle
        case person
        /// Tarpaulin, tent, awning, drying mat, banner.
        case sheet
        case water
        /// What was there before in another light: shadow, wet ground, snow.
        case shadow
        /// Crates, pots, washing, straw.
        case thing
        /// A place that something left.
        case gone

        /// Whether builders make it.
        var isWorks: Bool { self == .structure || self == .soil || self == .material }

        /// Whether it is set down or parked and leaves again.
        var isPassing: Bool { self == .vehicle || self == .person || self == .sheet || self == .thing }
    }

    /// By ``Kind/allCases``; they add up to 1.
    public private(set) var shares: [Double]

    /// - Precondition: one share for each kind.
    init(shares: [Double]) {
        precondition(shares.count == Kind.allCases.count, "one share for each kind")
        self.shares = shares
    }

    public subscript(kind: Kind) -> Double {
        Kind.allCases.firstIndex(of: kind).flatMap { shares.indices.contains($0) ? shares[$0] : nil } ?? 0
    }

    /// How likely it belongs to works.
    var works: Double { Kind.allCases.reduce(0) { $1.isWorks ? $0 + self[$1] : $0 } }

    /// How likely it is something that leaves again.
    var passing: Double { Kind.allCases.reduce(0) { $1.isPassing ? $0 + self[$1] : $0 } }

    var likeliest: (kind: Kind, share: Double) {
        let best = Kind.allCases.max { self[$0] < self[$1] } ?? .structure
        return (best, self[best])
    }

    /// Where other light, shade that moves on, is so much less likely than the picture alone says.
    func lessShadow(_ factor: Double) -> RegionLikelihood {
        let weighed = zip(Kind.allCases, shares).map { $0 == .shadow ? factor * $1 : $1 }
        let sum = weighed.reduce(0, +)
        return sum > 0 ? RegionLikelihood(shares: weighed.map { $0 / sum }) : self
    }

    /// With `weight` of another look in it, from 0 (as it was) to 1 (that look alone).
    func moved(toward other: RegionLikelihood, by weight: Double) -> RegionLikelihood {
        RegionLikelihood(shares: Kind.allCases.map { self[$0] + weight * (other[$0] - self[$0]) })
    }
}
