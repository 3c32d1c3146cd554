import Pixels

/// Blossoms and fruit among leaves, too small in the picture to have a colour of their own: points a pixel or two wide
/// that pull the colour of the block they lie in.
///
/// Each block is taken against the blocks around it, less the plot's darkest level, so that neither sun nor haze nor
/// shade makes a point. White blossom: of the blocks in the colour of leaves, those that stand out by their light have
/// more blue than the moderately light ones; what they have more, weighted by how far they stand out, grows with the
/// share of blossom. Ripe fruit: blocks redder and less blue than the green around them; what they have more, against
/// what pure ripe fruit would have, is the share of fruit in them, so that blur and chroma subsampling don't change
/// their sum.
///
/// - Note: shares are estimates that may be off by a factor of two; crisp points, as a sharp lens draws them near by,
///   count for more. Glossy leaves in the sun look like some
///   blossom (up to 0.03 in a summer forest), so that only a rise within weeks means blossom. Fruit that is not orange
///   or red, or in the shade of leaves, is not counted.
struct LeafPoints: Equatable {
    /// Of the plot, the share in white blossom; 0 also where less than ``leastLeaves`` of it looks like leaves.
    private(set) var blossom = 0.0
    /// Of the plot, the share in ripe fruit that hangs among green leaves.
    private(set) var ripe = 0.0

    /// Blocks from the middle of the surroundings to their edge: further than a point reaches, less than a tree.
    static let reach = 7
    /// Added to sums of channels before they divide, in grey levels: colour means little in the dark.
    static let darkness: Float = 10
    /// Rank of the light that counts as the plot's darkest: what haze adds to every pixel.
    static let darkRank = 0.01

    // Chosen on seed 1 of the rendered orchard; on seed 3, unseen, the three citrus plots reach 0.027 to 0.059 where 0.045
    // to 0.050 is true, and at most 0.006 out of bloom.

    /// Of the plot, the least share of leaf-coloured blocks for blossom to be among leaves.
    static let leastLeaves = 0.3
    /// Ranks of standing out between which blocks are moderately light.
    static let moderate = 0.50...0.85
    /// Standard deviations beyond which standing out weighs no more.
    static let mostDeviations: Float = 4
    /// The index that leaves have without blossom, and the share of blossom for each unit above it.
    static let blossomFloor = 0.006
    static let blossomScale = 2.3
    /// How much redder and less blue than its surroundings a block must be to hold fruit, as a share of its light.
    static let ripeFloor: Float = 0.05
    /// The same of nothing but ripe fruit: R − G − B over their sum, of oranges in the sun.
    static let ripeColour: Float = 0.425
    /// Most blue in the light of a block that holds fruit, and most redness of the surroundings, so that yellow
    /// leaves are none.
    static let mostBlue: Float = 0.16
    static let mostRedness: Float = 0.03
    /// Light of a block that holds fruit against the plot's median; below, hue means little.
    static let leastLight: Float = 0.3
    /// Fruit that is found against fruit that is there, with the floor and the shade of leaves between them.
    static let ripeScale = 2.1

    /// - Parameters:
    ///   - mask: has the picture's size; `bounds` are its bounds.
    /// - Border: surroundings end at the bounds.
    /// - Complexity: O(area of the bounds), at most twice ``PointRows/mostBlocks`` blocks; memory for as many.
    init(of image: RGBImage, inside mask: Mask, bounds: Region) {
        let rows = PointRows(of: image, inside: mask, bounds: bounds)
        guard rows.count > 0 else { return }
        var histogram = OutstandingBlocks()
        var ripeSum: Float = 0
        rows.forEach { block in
            ripeSum += LeafPoints.ripeShare(block, medianLight: rows.medianLight)
            histogram.add(block)
        }
        ripe = min(LeafPoints.ripeScale * Double(ripeSum) / Double(rows.count), 1)
        if let index = histogram.index {
            blossom = min(max(LeafPoints.blossomScale * (index - LeafPoints.blossomFloor), 0), 1)
        }
    }

    private static func ripeShare(_ block: PointRows.Block, medianLight: Float) -> Float {
        let own = block.colour
        guard own.blueness <= mostBlue, own.sum >= leastLight * medianLight else { return 0 }
        let around = block.surroundings
        guard around.redness <= mostRedness else { return 0 }
        let usual = around.redness - around.blueness
        let more = own.redness - own.blueness - usual
        return min(max((more - ripeFloor) / max(ripeColour - usual, 0.1), 0), 1)
    }

    /// Gathers the blocks in the colour of leaves by how far they stand out by their light.
    private struct OutstandingBlocks {
        private static let steps = 100, lowest: Float = -5, highest: Float = 10
        private struct Bin {
            var all: Int32 = 0
            var leaves: Int32 = 0
            var blue = 0.0
        }
        private var bins = [Bin](repeating: Bin(), count: Int(highest - lowest) * steps)
        private var count = 0, leafCount = 0
        private var weight = 0.0, weightedBlue = 0.0

        mutating func add(_ block: PointRows.Block) {
            let z = min(max(block.outstanding, Self.lowest), Self.highest - 0.001)
            let bin = Int((z - Self.lowest) * Float(Self.steps))
            bins[bin].all &+= 1
            count += 1
            let own = block.colour
            guard own.red <= own.green, own.blue < own.green else { return }
            let blueness = Double(own.blueness)
            bins[bin].leaves &+= 1
            bins[bin].blue += blueness
            leafCount += 1
            let excess = Double(min(max(z, 0), LeafPoints.mostDeviations))
            weight += excess * excess
            weightedBlue += excess * excess * blueness
        }

        /// The mean over all blocks of the squared deviation times the blue above that of moderately light leaves.
        var index: Double? {
            guard count > 0, Double(leafCount) >= LeafPoints.leastLeaves * Double(count) else { return nil }
            var below = 0, found = 0, sum = 0.0
            for bin in bins {
                let rank = Double(below) / Double(count)
                if LeafPoints.moderate.contains(rank) {
                    found += Int(bin.leaves)
                    sum += bin.blue
                }
                below += Int(bin.all)
            }
            guard found > 0 else { return nil }
            return (weightedBlue - weight * sum / Double(found)) / Double(count)
        }
    }
}
