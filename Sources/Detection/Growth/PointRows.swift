import Pixels

/// A plot in blocks of 2 × 2 pixels, the resolution of colour in a JPEG, each with its surroundings.
///
/// - Shape: block (x, y) holds pixels (2x, 2y) to (2x + 1, 2y + 1) of the picture; it is inside where the first of them
///   is. An odd last row or column of the picture is left out. Of a plot with more than ``mostBlocks`` squares spread
///   evenly are looked at, each with surroundings of its own: more don't make a share surer.
struct PointRows {
    /// Channel means in grey levels above the plot's darkest.
    struct Colour {
        var red: Float, green: Float, blue: Float

        var sum: Float { red + green + blue }
        var redness: Float { (red - green) / (sum + LeafPoints.darkness) }
        var blueness: Float { blue / (sum + LeafPoints.darkness) }
    }

    struct Block {
        var colour: Colour
        /// The mean over the square around it.
        var surroundings: Colour
        /// Standard deviations of the light of blocks around it by which its lightest pixel is lighter than they.
        var outstanding: Float
    }

    private let image: RGBImage
    private let mask: Mask
    private let tiles: [Region]
    /// Sums over a block's four pixels that the plot's darkest hundredth lies below.
    private var dark: SIMD4<Int32> = .zero
    /// Blocks inside.
    private(set) var count = 0
    /// Half of the blocks inside have a sum of channels above the darkest level at or below it.
    private(set) var medianLight: Float = 0

    /// Blocks from which a plot is looked at in squares, and the side of such a square.
    static let mostBlocks = 16384
    static let side = 32

    init(of image: RGBImage, inside mask: Mask, bounds: Region) {
        self.image = image
        self.mask = mask
        let x = bounds.x / 2, y = bounds.y / 2
        tiles = PointRows.tiles(
            of: Region(
                x: x, y: y, width: max(min((bounds.maxX + 1) / 2, image.width / 2) - x, 0),
                height: max(min((bounds.maxY + 1) / 2, image.height / 2) - y, 0)))
        findLevels()
    }

    private static func tiles(of region: Region) -> [Region] {
        guard region.width * region.height > mostBlocks else { return [region] }
        let columns = max(region.width / side, 1), rows = max(region.height / side, 1)
        let step = max(columns * rows * side * side / mostBlocks, 1)
        var tiles: [Region] = []
        for row in 0..<rows {
            // Steps of the golden ratio from row to row spread the chosen squares evenly.
            let offset = row * 618 * step / 1000
            for column in 0..<columns where (column + offset).isMultiple(of: step) {
                let left = region.x + region.width * column / columns, top = region.y + region.height * row / rows
                tiles.append(
                    Region(x: left, y: top, width: min(side, region.width), height: min(side, region.height)))
            }
        }
        return tiles
    }

    private func isInside(_ x: Int, _ y: Int) -> Bool { mask.bytes[2 * y * mask.width + 2 * x] != 0 }

    /// Sums of the block's channels, and its lightest pixel in quarters of a grey level.
    private func sums(_ x: Int, _ y: Int) -> SIMD4<Int32> {
        let upper = 3 * (2 * y * image.width + 2 * x), lower = upper + 3 * image.width
        var sum = SIMD4<Int32>.zero, lightest: Int32 = 0
        for k in 0..<4 {
            let i = (k < 2 ? upper : lower) + 3 * (k & 1)
            let r = Int32(image.bytes[i]), g = Int32(image.bytes[i + 1]), b = Int32(image.bytes[i + 2])
            sum &+= SIMD4(r, g, b, 0)
            lightest = max(lightest, 77 &* r &+ 150 &* g &+ 29 &* b)
        }
        sum.w = lightest >> 6
        return sum
    }

    private mutating func findLevels() {
        var histograms = [[Int]](repeating: [Int](repeating: 0, count: 1021), count: 3)
        var totals = [Int](repeating: 0, count: 3061)
        for tile in tiles {
            for y in tile.y..<tile.maxY {
                for x in tile.x..<tile.maxX where isInside(x, y) {
                    let sum = sums(x, y)
                    for k in 0..<3 { histograms[k][Int(sum[k])] += 1 }
                    totals[Int(sum.x &+ sum.y &+ sum.z)] += 1
                    count += 1
                }
            }
        }
        func level(_ histogram: [Int], _ rank: Double) -> Int32 {
            var below = 0
            for (value, found) in histogram.enumerated() {
                below += found
                if Double(below) > rank * Double(count) { return Int32(value) }
            }
            return 0
        }
        dark = SIMD4(
            level(histograms[0], LeafPoints.darkRank), level(histograms[1], LeafPoints.darkRank),
            level(histograms[2], LeafPoints.darkRank), 0)
        medianLight = Float(level(totals, 0.5) - dark.wrappedSum()) / 4
    }

    /// Every block inside, row by row.
    func forEach(_ body: (Block) -> Void) { for tile in tiles { forEach(in: tile, body) } }

    /// Sums over the square are kept by column and moved down a row at a time, then along the row.
    private func forEach(in region: Region, _ body: (Block) -> Void) {
        let width = region.width, reach = LeafPoints.reach
        guard width > 0, region.height > 0 else { return }
        var columns = [Column](repeating: Column(), count: width)
        func add(_ y: Int, _ sign: Int32) {
            guard y >= 0, y < region.height else { return }
            for x in 0..<width {
                let sum = sums(region.x + x, region.y + y)
                let light = (77 &* sum.x &+ 150 &* sum.y &+ 29 &* sum.z) >> 8
                columns[x].add(clearOfDark(sum), light, sign)
            }
        }
        for y in 0..<min(reach, region.height) { add(y, 1) }
        for y in 0..<region.height {
            add(y + reach, 1)
            add(y - reach - 1, -1)
            let height = min(y + reach, region.height - 1) - max(y - reach, 0) + 1
            var square = Column()
            for x in 0..<min(reach, width) { square.add(columns[x], 1) }
            for x in 0..<width {
                if x + reach < width { square.add(columns[x + reach], 1) }
                if x - reach - 1 >= 0 { square.add(columns[x - reach - 1], -1) }
                guard isInside(region.x + x, region.y + y) else { continue }
                let blocks = height * (min(x + reach, width - 1) - max(x - reach, 0) + 1)
                body(block(sums(region.x + x, region.y + y), square, blocks: Float(blocks)))
            }
        }
    }

    private func clearOfDark(_ sum: SIMD4<Int32>) -> SIMD4<Int32> {
        pointwiseMax(SIMD4(sum.x, sum.y, sum.z, 0) &- dark, .zero)
    }

    private func block(_ sum: SIMD4<Int32>, _ square: Column, blocks: Float) -> Block {
        let own = clearOfDark(sum)
        let mean = Float(square.light) / blocks
        let variance = Float(square.lightSquared) / blocks - mean * mean
        // A quarter of a grey level is the unit; a flat surface is given a deviation of one level.
        let deviation = max(variance, 16).squareRoot()
        return Block(
            colour: Colour(red: Float(own.x) / 4, green: Float(own.y) / 4, blue: Float(own.z) / 4),
            surroundings: Colour(
                red: Float(square.channels.x) / (4 * blocks), green: Float(square.channels.y) / (4 * blocks),
                blue: Float(square.channels.z) / (4 * blocks)),
            outstanding: (Float(sum.w) - mean) / deviation)
    }

    /// Sums over blocks: channels above the darkest level, light and its square in quarters of a grey level.
    private struct Column {
        var channels: SIMD4<Int32> = .zero
        var light: Int32 = 0
        var lightSquared: Int32 = 0

        mutating func add(_ own: SIMD4<Int32>, _ level: Int32, _ sign: Int32) {
            channels &+= own &* sign
            light &+= sign &* level
            lightSquared &+= sign &* level &* level
        }

        mutating func add(_ other: Column, _ sign: Int32) {
            channels &+= other.channels &* sign
            light &+= sign &* other.light
            lightSquared &+= sign &* other.lightSquared
        }
    }
}
