/// What the colour ratios of a plot's pixels say: how many of its leaves have turned yellow, and how much of it has the
/// full colour of ripe red and orange fruit.
///
/// The plant model knows fruit as points among leaves, a few pixels wide; seen from near, an apple is a plain surface
/// that it was not taught. There the colour alone tells.
struct PlantColours: Sendable, Equatable {
    /// Of the leaves, the share that is yellow; `nil` below ``fewestLeaves``.
    var yellowing: Double?
    /// Of the plot, the share in the colour of ripe fruit.
    var ripe: Double

    /// Share of leaf pixels below which their colour is not judged.
    static let fewestLeaves = 0.05

    /// - Complexity: O(pixels), one pass; no allocation.
    init(of sample: ColourSample) {
        var yellow = 0, green = 0, fruit = 0
        sample.bytes.withUnsafeBufferPointer { bytes in
            for i in stride(from: 0, to: bytes.count, by: 3) {
                switch PlantColours.colour(Int(bytes[i]), Int(bytes[i &+ 1]), Int(bytes[i &+ 2])) {
                case .yellow: yellow &+= 1
                case .green: green &+= 1
                case .ripe: fruit &+= 1
                case .other: break
                }
            }
        }
        let n = Double(max(sample.count, 1)), leaves = yellow + green
        yellowing = Double(leaves) >= PlantColours.fewestLeaves * n ? Double(yellow) / Double(leaves) : nil
        ripe = Double(fruit) / n
    }

    enum Colour { case yellow, green, ripe, other }

    /// - Note: rules on ratios, so that they hold in sun and shade; a single pixel may err, a share is steadier.
    static func colour(_ r: Int, _ g: Int, _ b: Int) -> Colour {
        // Hue means little in the dark.
        guard max(r, g, b) > 30 else { return .other }
        // Ripe fruit is no yellow leaf: far from green and with hardly any blue.
        if r * 100 > g * 128, r > 90, b * 100 < r * 42 { return .ripe }
        // Yellow leaves: red has caught up with green, blue has not.
        if b * 100 < g * 62, r * 100 >= g * 96, r * 100 <= g * 125 { return .yellow }
        if g * 100 > r * 104, g * 100 > b * 110 { return .green }
        return .other
    }
}
