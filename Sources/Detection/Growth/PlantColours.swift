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

    /// - Complexity: O(pixels), one pass; no allocation on the heap.
    init(of sample: ColourSample) {
        var yellow = 0, green = 0, fruit = 0
        sample.forEachStretch { red, greens, blue, count in
            // Sums of short numbers, which a stretch is too short to overflow.
            var yellows: Int16 = 0, leaves: Int16 = 0, fruits: Int16 = 0
            var i = 0
            while i < count {
                let kinds = PlantColours.kinds(red[i], greens[i], blue[i])
                yellows &+= kinds.yellow
                leaves &+= kinds.green
                fruits &+= kinds.ripe
                i &+= 1
            }
            yellow += Int(yellows)
            green += Int(leaves)
            fruit += Int(fruits)
        }
        let n = Double(max(sample.count, 1)), leaves = yellow + green
        yellowing = Double(leaves) >= PlantColours.fewestLeaves * n ? Double(yellow) / Double(leaves) : nil
        ripe = Double(fruit) / n
    }

    /// 1 for the one kind that a pixel is of, 0 for the others; all 0 for any other colour.
    ///
    /// - Note: rules on ratios, so that they hold in sun and shade; a single pixel may err, a share is steadier. No
    ///   product of a byte and a factor here passes 2¹⁵.
    @inline(__always) static func kinds(_ r: Int16, _ g: Int16, _ b: Int16)
        -> (ripe: Int16, yellow: Int16, green: Int16)
    {
        // Hue means little in the dark.
        let isClear = bit(max(r, max(g, b)) > 30)
        // Ripe fruit is no yellow leaf: far from green and with hardly any blue.
        let ripe = isClear & bit(r &* 100 > g &* 128) & bit(r > 90) & bit(b &* 100 < r &* 42)
        // Yellow leaves: red has caught up with green, blue has not.
        let isYellow = bit(b &* 100 < g &* 62) & bit(r &* 100 >= g &* 96) & bit(r &* 100 <= g &* 125)
        let yellow = isClear & isYellow & ~ripe
        let green = isClear & bit(g &* 100 > r &* 104) & bit(g &* 100 > b &* 110) & ~(ripe | yellow)
        return (ripe, yellow, green)
    }

    @inline(__always) private static func bit(_ condition: Bool) -> Int16 { condition ? 1 : 0 }
}
