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

        @inline(__always) var sum: Float { red + green + blue }
        @inline(__always) var redness: Float { (red - green) / (sum + LeafPoints.darkness) }
        @inline(__always) var blueness: Float { blue / (sum + LeafPoints.darkness) }
    }

    struct Block {
        var colour: Colour
        /// The sums over the square around it, four times, and its blocks.
        var square: SIMD4<Int32>
        var blocks: Float
        /// Standard deviations of the light of blocks around it by which its lightest pixel is lighter than they.
        var outstanding: Float

        /// The mean over the square around it.
        @inline(__always) var surroundings: Colour {
            Colour(
                red: Float(square.x) / (4 * blocks), green: Float(square.y) / (4 * blocks),
                blue: Float(square.z) / (4 * blocks))
        }
    }

    private let mask: Mask
    private let tiles: [Region]
    /// Of every block of the tiles, tile after tile: the sums of its channels over its four pixels, and its lightest
    /// pixel in quarters of a grey level.
    private let sums: [SIMD4<UInt16>]
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
        self.mask = mask
        let x = bounds.x / 2, y = bounds.y / 2
        let tiles = PointRows.tiles(
            of: Region(
                x: x, y: y, width: max(min((bounds.maxX + 1) / 2, image.width / 2) - x, 0),
                height: max(min((bounds.maxY + 1) / 2, image.height / 2) - y, 0)))
        self.tiles = tiles
        sums = PointRows.sums(of: image, tiles)
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

    private static func sums(of image: RGBImage, _ tiles: [Region]) -> [SIMD4<UInt16>] {
        let count = tiles.reduce(0) { $0 + $1.area }
        return [SIMD4<UInt16>](unsafeUninitializedCapacity: count) { out, initialized in
            image.bytes.withUnsafeBufferPointer { bytes in
                for tile in tiles {
                    for y in tile.y..<tile.maxY {
                        var i = 3 &* (2 &* y &* image.width &+ 2 &* tile.x)
                        for _ in 0..<tile.width {
                            out.initializeElement(at: initialized, to: sum(bytes, i, i &+ 3 &* image.width))
                            initialized &+= 1
                            i &+= 6
                        }
                    }
                }
            }
        }
    }

    /// Of the block whose two rows of pixels begin at these bytes.
    @inline(__always) private static func sum(
        _ bytes: UnsafeBufferPointer<UInt8>, _ upper: Int, _ lower: Int
    ) -> SIMD4<UInt16> {
        var red: Int32 = 0, green: Int32 = 0, blue: Int32 = 0, lightest: Int32 = 0
        @inline(__always) func add(_ i: Int) {
            let r = Int32(bytes[i]), g = Int32(bytes[i &+ 1]), b = Int32(bytes[i &+ 2])
            red &+= r
            green &+= g
            blue &+= b
            lightest = max(lightest, 77 &* r &+ 150 &* g &+ 29 &* b)
        }
        add(upper)
        add(upper &+ 3)
        add(lower)
        add(lower &+ 3)
        return SIMD4(truncatingIfNeeded: SIMD4(red, green, blue, lightest >> 6))
    }

    /// Calls `body` with the place in ``sums`` of every block inside.
    private func forEachInside(_ body: (Int) -> Void) {
        mask.bytes.withUnsafeBufferPointer { inside in
            var first = 0
            for tile in tiles {
                for y in tile.y..<tile.maxY {
                    let i = 2 &* y &* mask.width &+ 2 &* tile.x
                    for x in 0..<tile.width where inside[i &+ 2 &* x] != 0 { body(first &+ x) }
                    first &+= tile.width
                }
            }
        }
    }

    private mutating func findLevels() {
        // Of each channel, then of their sum.
        let channel = 1021
        var histogram = [Int](repeating: 0, count: 3 * channel + 3061), count = 0
        histogram.withUnsafeMutableBufferPointer { histogram in
            sums.withUnsafeBufferPointer { sums in
                forEachInside { i in
                    let red = Int(sums[i].x), green = Int(sums[i].y), blue = Int(sums[i].z)
                    histogram[red] &+= 1
                    histogram[channel &+ green] &+= 1
                    histogram[2 &* channel &+ blue] &+= 1
                    histogram[3 &* channel &+ red &+ green &+ blue] &+= 1
                    count &+= 1
                }
            }
        }
        self.count = count
        func level(_ bins: Range<Int>, _ rank: Double) -> Int32 {
            var below = 0
            for (value, bin) in bins.enumerated() {
                below += histogram[bin]
                if Double(below) > rank * Double(count) { return Int32(value) }
            }
            return 0
        }
        for k in 0..<3 { dark[k] = level(k * channel..<(k + 1) * channel, LeafPoints.darkRank) }
        medianLight = Float(level(3 * channel..<histogram.count, 0.5) - dark.wrappedSum()) / 4
    }

    /// Every block inside, row by row.
    func forEach(_ body: (Block) -> Void) {
        var room = Room(width: tiles.map(\.width).max() ?? 0)
        var first = 0
        for tile in tiles {
            forEach(in: tile, from: first, &room, body)
            first += tile.area
        }
    }

    /// What a block adds to the sums over squares: channels above the darkest level, light and its square in quarters
    /// of a grey level, and last, for the block itself, its lightest pixel.
    private typealias Terms = SIMD8<Int32>

    private struct Room {
        /// The rows that the squares around a row take in, and the one that they leave; row y is the one at y % rows.
        static let rows = 2 * (LeafPoints.reach + 1)
        var terms: [Terms]
        /// Sums over the height of the squares.
        var columns: [Terms]

        init(width: Int) {
            terms = [Terms](repeating: .zero, count: Room.rows * width)
            columns = [Terms](repeating: .zero, count: width)
        }
    }

    /// Sums over the square are kept by column and moved down a row at a time, then along the row.
    ///
    /// - Parameter first: the place in ``sums`` of the region's first block.
    private func forEach(in region: Region, from first: Int, _ room: inout Room, _ body: (Block) -> Void) {
        let width = region.width, height = region.height, reach = LeafPoints.reach
        guard width > 0, height > 0 else { return }
        sums.withUnsafeBufferPointer { sums in
            room.terms.withUnsafeMutableBufferPointer { terms in
                room.columns.withUnsafeMutableBufferPointer { columns in
                    mask.bytes.withUnsafeBufferPointer { inside in
                        func add(_ y: Int) {
                            let row = first &+ y &* width, at = y % Room.rows &* width
                            for x in 0..<width {
                                let own = PointRows.terms(sums[row &+ x], above: dark)
                                terms[at &+ x] = own
                                columns[x] &+= own
                            }
                        }
                        for x in 0..<width { columns[x] = .zero }
                        for y in 0..<min(reach, height) { add(y) }
                        for y in 0..<height {
                            if y + reach < height { add(y + reach) }
                            if y > reach {
                                let at = (y - reach - 1) % Room.rows &* width
                                for x in 0..<width { columns[x] &-= terms[at &+ x] }
                            }
                            let rows = min(y + reach, height - 1) - max(y - reach, 0) + 1
                            let at = y % Room.rows &* width
                            let pixel = 2 &* (region.y &+ y) &* mask.width &+ 2 &* region.x
                            var square = Terms.zero
                            for x in 0..<min(reach, width) { square &+= columns[x] }
                            for x in 0..<width {
                                if x &+ reach < width { square &+= columns[x &+ reach] }
                                if x > reach { square &-= columns[x &- reach &- 1] }
                                guard inside[pixel &+ 2 &* x] != 0 else { continue }
                                let blocks = rows &* (min(x &+ reach, width &- 1) &- max(x &- reach, 0) &+ 1)
                                body(PointRows.block(terms[at &+ x], square, blocks: Float(blocks)))
                            }
                        }
                    }
                }
            }
        }
    }

    @inline(__always) private static func terms(_ sum: SIMD4<UInt16>, above dark: SIMD4<Int32>) -> Terms {
        let own = SIMD4<Int32>(truncatingIfNeeded: sum)
        let clear = pointwiseMax(own &- dark, .zero)
        let light = (77 &* own.x &+ 150 &* own.y &+ 29 &* own.z) >> 8
        return Terms(clear.x, clear.y, clear.z, light, light &* light, own.w, 0, 0)
    }

    @inline(__always) private static func block(_ own: Terms, _ square: Terms, blocks: Float) -> Block {
        let mean = Float(square[3]) / blocks
        let variance = Float(square[4]) / blocks - mean * mean
        // A quarter of a grey level is the unit; a flat surface is given a deviation of one level.
        let deviation = max(variance, 16).squareRoot()
        return Block(
            colour: Colour(red: Float(own[0]) / 4, green: Float(own[1]) / 4, blue: Float(own[2]) / 4),
            square: square.lowHalf, blocks: blocks,
            outstanding: (Float(own[5]) - mean) / deviation)
    }
}
