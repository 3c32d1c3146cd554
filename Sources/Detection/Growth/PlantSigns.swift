import Analysis
import Kernels
import Pixels

/// Shares of a plot's pixels that look like living plants, blossom, ripe fruit or yellow leaves.
struct PlantSigns: Sendable, Equatable {
    var vegetationCover: Double
    var bloom: Double
    var ripeColour: Double
    /// Of the leaves, the share that is yellow; `nil` below ``fewestLeaves``.
    var yellowing: Double?

    /// Share of leaf pixels below which their colour is not judged.
    static let fewestLeaves = 0.05

    init(of image: RGBImage, inside: Mask, kernels: KernelSet) {
        let vegetation = Mask(vegetationIn: image, kernels: kernels)
        var count = 0, plants = 0, blossom = 0, ripe = 0, yellow = 0, green = 0
        for i in inside.bytes.indices where inside.bytes[i] != 0 {
            count += 1
            let r = Int(image.bytes[3 * i]), g = Int(image.bytes[3 * i + 1]), b = Int(image.bytes[3 * i + 2])
            if vegetation.bytes[i] != 0 { plants += 1 }
            switch PlantSigns.colour(r, g, b) {
            case .blossom: blossom += 1
            case .ripe: ripe += 1
            case .yellow: yellow += 1
            case .green: green += 1
            case .other: break
            }
        }
        let n = Double(max(count, 1))
        vegetationCover = Double(plants) / n
        bloom = Double(blossom) / n
        ripeColour = Double(ripe) / n
        let leaves = yellow + green
        yellowing = Double(leaves) / n < PlantSigns.fewestLeaves ? nil : Double(yellow) / Double(leaves)
    }

    enum Colour { case blossom, ripe, yellow, green, other }

    /// - Note: rules on ratios, so that they hold in sun and shade; a single pixel may err, a share is steadier.
    static func colour(_ r: Int, _ g: Int, _ b: Int) -> Colour {
        let high = max(r, g, b), low = min(r, g, b)
        guard high > 30 else { return .other }
        // White to pink: bright, little colour, and what there is of it towards red.
        if low > 150, r * 100 >= g * 100, (high - low) * 100 < high * 30, b * 100 >= g * 92 { return .blossom }
        // Orange to red: far from green and with hardly any blue.
        if r * 100 > g * 128, r > 90, b * 100 < r * 42 { return .ripe }
        // Yellow leaves: red has caught up with green, blue has not.
        if b * 100 < g * 62, r * 100 >= g * 96, r * 100 <= g * 125 { return .yellow }
        if g * 100 > r * 104, g * 100 > b * 110 { return .green }
        return .other
    }
}
