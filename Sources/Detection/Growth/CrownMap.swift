import Village

/// Where on an orchard's plot the crowns stand, learnt from the camera's own pictures.
///
/// In one picture the plant model often takes shaded leaves for grass and lush grass for leaves. Crowns stand still while
/// light, grass and mowing change, so that over many days the share of leaves in what the model calls plants tells the
/// squares of crowns from those of grass. The canopy of a picture is then the plants that lie in the squares of crowns.
/// Where the model was told the crop, that share needs no such decision: of a square's plants it is what is crop, so
/// that weeds between rows narrower than a square are left out.
///
/// - Note: on the rendered orchard, with a plant model that saw no plots, the area under the ROC curve of the squares
///   is 0.91 to 0.98 by plot over a year, and 0.78 to 0.95 in one picture.
public struct CrownMap: Sendable, Equatable {
    public let grid: CrownGrid
    /// For each square the share of crop and of grass in the pictures learnt from, summed up and slowly forgotten.
    private var canopy: [Float]
    private var weeds: [Float]
    /// Pictures with leaves that were learnt from.
    private(set) var looks = 0
    private var lastDay: Int?

    /// Pictures with leaves, each of another day, from which the map counts.
    static let fewestLooks = 3
    /// Share of plants from which a picture has leaves.
    static let leastPlants = 0.15
    /// Share of plants below which there is so little canopy that nothing has to be told apart.
    static let fewPlants = 0.06
    /// Rank among the plot's plants of the share of leaves that its crowns have, and how far below that a square is
    /// surely crown and surely grass. How easily a crop's leaves are told is a matter of the crop: on the rendered
    /// orchard crowns have 0.69 (tea) to 0.93 by plot, grass 0.2 to 0.4. Chosen on another seed of it.
    static let crownRank: Float = 0.7
    static let crownFall: Float = 0.20
    static let grassFall: Float = 0.35
    /// The least that this share of leaves can be, so that a meadow has no crowns.
    static let leastCrown: Float = 0.70
    /// What a square is taken for before anything was seen of it, what crowns are, and how many pictures that counts for.
    static let prior: Float = 0.62
    static let crownPrior: Float = 0.8
    static let priorLooks: Float = 1
    /// Days after which a picture counts half: trees grow, are grafted and felled.
    static let halfLife = 180.0

    public init(grid: CrownGrid) {
        self.grid = grid
        canopy = [Float](repeating: 0, count: grid.count)
        weeds = canopy
    }

    /// Takes what a picture shows; of each day the first counts.
    ///
    /// - Precondition: the cells are of this grid.
    public mutating func learn(_ cells: PlantCells, on day: Day) {
        precondition(cells.grid == grid, "a map learns from its own grid")
        guard lastDay != day.number else { return }
        let kept = Float(CrownMap.remains(afterDays: lastDay.map { day.number - $0 } ?? 0))
        lastDay = max(day.number, lastDay ?? day.number)
        if cells.plants >= CrownMap.leastPlants { looks += 1 }
        for (i, sum) in cells.sums.enumerated() {
            let (leaf, weed) = sum.x > 0 ? (sum.z / sum.x, sum.w / sum.x) : (0, 0)
            canopy[i] = CrownMap.storable(canopy[i] * kept + leaf)
            weeds[i] = CrownMap.storable(weeds[i] * kept + weed)
        }
    }

    private static func remains(afterDays days: Int) -> Double {
        // 2^(−days / half-life) without Foundation: days are few between pictures.
        var share = 1.0
        for _ in 0..<min(max(days, 0), 3650) { share *= 1 - 0.693_147 / halfLife }
        return share
    }

    /// For each square the share of leaves in its plants.
    private var leafShares: [Float] {
        canopy.indices.map { i in
            (canopy[i] + CrownMap.prior * CrownMap.priorLooks) / (canopy[i] + weeds[i] + CrownMap.priorLooks)
        }
    }

    /// The share of leaves that the plot's crowns have.
    private func crownShare(_ shares: [Float]) -> Float {
        let order = shares.indices.sorted { (shares[$0], $0) < (shares[$1], $1) }
        let all = order.reduce(Float(0)) { $0 + canopy[$1] + weeds[$1] }
        var below: Float = 0, found = CrownMap.crownPrior
        for i in order {
            below += canopy[i] + weeds[i]
            guard below >= CrownMap.crownRank * all else { continue }
            found = shares[i]
            break
        }
        let mean = all / Float(max(shares.count, 1))
        let own = (mean * found + CrownMap.priorLooks * CrownMap.crownPrior) / (mean + CrownMap.priorLooks)
        return max(own, CrownMap.leastCrown)
    }

    /// How surely each square is crown, 0 to 1, told from its share of leaves against that of the plot's crowns.
    private func crownOdds(_ shares: [Float]) -> [Float] {
        let grass = crownShare(shares) - CrownMap.grassFall, span = CrownMap.grassFall - CrownMap.crownFall
        return shares.map { min(max(($0 - grass) / span, 0), 1) }
    }

    /// The crop's own canopy in a picture, share of the plot.
    public func canopy(in cells: PlantCells) -> Measured {
        precondition(cells.grid == grid, "a map reads its own grid")
        let shares = cells.isCropKnown ? leafShares : crownOdds(leafShares)
        var pixels: Float = 0, found: Float = 0
        for (i, sum) in cells.sums.enumerated() where sum.x > 0 {
            pixels += sum.x
            found += sum.y * shares[i]
        }
        guard pixels > 0 else { return .absent(reason: "the plot has no pixels in this picture") }
        guard looks >= CrownMap.fewestLooks || cells.plants < CrownMap.fewPlants else {
            return .absent(
                reason:
                    "where the crowns stand is being learnt: \(looks) of \(CrownMap.fewestLooks) days with leaves seen")
        }
        return .value(Double(found / pixels))
    }
}

extension CrownMap: Codable {
    private enum Key: String, CodingKey { case grid, canopy, weeds, looks, lastDay }

    public init(from decoder: any Decoder) throws {
        let map = try decoder.container(keyedBy: Key.self)
        grid = try map.decode(CrownGrid.self, forKey: .grid)
        looks = try map.decode(Int.self, forKey: .looks)
        lastDay = try map.decodeIfPresent(Int.self, forKey: .lastDay)
        canopy = try map.decode([UInt32].self, forKey: .canopy).map { Float($0) / CrownMap.scale }
        weeds = try map.decode([UInt32].self, forKey: .weeds).map { Float($0) / CrownMap.scale }
        guard grid.side > 0, canopy.count == grid.count, weeds.count == grid.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .canopy, in: map, debugDescription: "the squares are not as many as the grid has")
        }
    }

    /// As whole numbers, which are a third as long as fractions in JSON.
    public func encode(to encoder: any Encoder) throws {
        var map = encoder.container(keyedBy: Key.self)
        try map.encode(grid, forKey: .grid)
        try map.encode(looks, forKey: .looks)
        try map.encodeIfPresent(lastDay, forKey: .lastDay)
        func whole(_ values: [Float]) -> [UInt32] { values.map { UInt32(($0 * CrownMap.scale).rounded()) } }
        try map.encode(whole(canopy), forKey: .canopy)
        try map.encode(whole(weeds), forKey: .weeds)
    }

    /// Units of what is stored; forgetting holds the sums below 260.
    private static let scale: Float = 1000

    /// A sum as it comes back from the store, so that a run that was cut goes on as if it never had been.
    private static func storable(_ sum: Float) -> Float { (sum * scale).rounded() / scale }
}
