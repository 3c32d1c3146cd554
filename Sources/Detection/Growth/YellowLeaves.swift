import Pixels

/// How many of a plot's leaves have turned yellow, by colour ratios.
struct YellowLeaves: Sendable, Equatable {
    /// Of the leaves, the share that is yellow; `nil` below ``fewestLeaves``.
    var share: Double?

    /// Share of leaf pixels below which their colour is not judged.
    static let fewestLeaves = 0.05

    /// - Complexity: O(pixels), one pass; no allocation.
    init(of image: RGBImage, inside: Mask) {
        var count = 0, yellow = 0, green = 0
        for i in inside.bytes.indices where inside.bytes[i] != 0 {
            count += 1
            switch YellowLeaves.colour(
                Int(image.bytes[3 * i]), Int(image.bytes[3 * i + 1]), Int(image.bytes[3 * i + 2]))
            {
            case .yellow: yellow += 1
            case .green: green += 1
            case .other: break
            }
        }
        let leaves = yellow + green
        let isEnough = Double(leaves) >= YellowLeaves.fewestLeaves * Double(max(count, 1))
        share = isEnough ? Double(yellow) / Double(leaves) : nil
    }

    enum Colour { case yellow, green, other }

    /// - Note: rules on ratios, so that they hold in sun and shade; a single pixel may err, a share is steadier.
    static func colour(_ r: Int, _ g: Int, _ b: Int) -> Colour {
        guard max(r, g, b) > 30 else { return .other }
        // Ripe fruit is no yellow leaf: far from green and with hardly any blue.
        if RipeColour.holds(r, g, b) { return .other }
        // Yellow leaves: red has caught up with green, blue has not.
        if b * 100 < g * 62, r * 100 >= g * 96, r * 100 <= g * 125 { return .yellow }
        if g * 100 > r * 104, g * 100 > b * 110 { return .green }
        return .other
    }
}
