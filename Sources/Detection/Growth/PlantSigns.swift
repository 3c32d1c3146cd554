import Pixels

/// Shares of a plot's pixels that look like living plants, blossom, ripe fruit or yellow leaves.
struct PlantSigns: Sendable, Equatable {
    /// Leaf alone: blossom is counted apart, because a white wall has its colour.
    var vegetationCover: Double
    var bloom: Double
    var ripeColour: Double
    /// Of the leaves, the share that is yellow; `nil` below ``fewestLeaves``.
    var yellowing: Double?

    /// Share of leaf pixels below which their colour is not judged.
    static let fewestLeaves = 0.05

    /// - Complexity: O(pixels), two passes; no allocation but one small table.
    init(of image: RGBImage, inside: Mask) {
        let lowerQuarter = PlantSigns.lowerQuarter(of: image, inside: inside)
        var count = 0, yellow = 0, green = 0
        var leaf = 0.0, blossom = 0.0, ripe = 0.0
        for i in inside.bytes.indices where inside.bytes[i] != 0 {
            count += 1
            let red = image.bytes[3 * i], middle = image.bytes[3 * i + 1], blue = image.bytes[3 * i + 2]
            let shares = PlantShares(red, middle, blue, lowerQuarter: lowerQuarter)
            leaf += Double(shares.leaf)
            blossom += Double(shares.blossom)
            ripe += Double(shares.ripe)
            switch PlantSigns.colour(Int(red), Int(middle), Int(blue)) {
            case .yellow: yellow += 1
            case .green: green += 1
            case .other: break
            }
        }
        let n = Double(max(count, 1))
        vegetationCover = leaf / n
        bloom = blossom / n
        ripeColour = ripe / n
        let leaves = yellow + green
        yellowing = Double(leaves) / n < PlantSigns.fewestLeaves ? nil : Double(yellow) / Double(leaves)
    }

    /// Luminance that a quarter of the inside pixels lie below, in grey levels.
    private static func lowerQuarter(of image: RGBImage, inside: Mask) -> Float {
        var histogram = [Int](repeating: 0, count: 256), count = 0
        for i in inside.bytes.indices where inside.bytes[i] != 0 {
            histogram[PlantShares.luminance(image.bytes[3 * i], image.bytes[3 * i + 1], image.bytes[3 * i + 2])] += 1
            count += 1
        }
        var below = 0
        for (level, found) in histogram.enumerated() {
            below += found
            if 4 * below >= count { return Float(level) }
        }
        return 0
    }

    enum Colour { case yellow, green, other }

    /// - Note: rules on ratios, so that they hold in sun and shade; a single pixel may err, a share is steadier.
    static func colour(_ r: Int, _ g: Int, _ b: Int) -> Colour {
        guard max(r, g, b) > 30 else { return .other }
        // Ripe fruit is no yellow leaf: far from green and with hardly any blue.
        if r * 100 > g * 128, r > 90, b * 100 < r * 42 { return .other }
        // Yellow leaves: red has caught up with green, blue has not.
        if b * 100 < g * 62, r * 100 >= g * 96, r * 100 <= g * 125 { return .yellow }
        if g * 100 > r * 104, g * 100 > b * 110 { return .green }
        return .other
    }
}
