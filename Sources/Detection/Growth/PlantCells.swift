/// What the plant model said of one picture in each square of a plot.
public struct PlantCells: Sendable, Equatable {
    public let grid: CrownGrid
    /// Whether the model was told the plot's crop, and so tells the crop's leaves from weeds without bias.
    let isCropKnown: Bool
    /// For each square sums over its pixels that were looked at, in this order: pixels, plants, leaves, blossom and
    /// fruit of the crop, grass and weeds.
    var sums: [SIMD4<Float>]

    init(grid: CrownGrid, isCropKnown: Bool = false) {
        self.grid = grid
        self.isCropKnown = isCropKnown
        sums = [SIMD4<Float>](repeating: .zero, count: grid.count)
    }

    /// Plants of any kind, share of the plot.
    public var plants: Double {
        let all = sums.reduce(SIMD4<Float>.zero, +)
        return all.x > 0 ? Double(all.y / all.x) : 0
    }
}
