import Pixels

/// One plot's pixels in a camera's frame.
public struct PlotArea: Sendable {
    public let mask: Mask
    /// The smallest rectangle that holds the plot.
    public let bounds: Region
    public let pixelCount: Int
    let blocks: PlotBlocks

    public init(mask: Mask) {
        self.mask = mask
        bounds = mask.bounds
        pixelCount = mask.count
        blocks = PlotBlocks(of: mask, in: bounds)
    }
}

/// How much of a plot lies in each block of 2 × 2 pixels.
struct PlotBlocks: Sendable {
    /// The rectangle of blocks that holds the plot.
    let region: Region
    /// The plot's pixels in each block of the region, 0 to 4, row by row.
    let pixels: [UInt8]
    /// Blocks that hold a pixel of the plot.
    let count: Int

    /// - Parameter bounds: of the mask.
    init(of mask: Mask, in bounds: Region) {
        let x = bounds.x / 2, y = bounds.y / 2
        let region = Region(x: x, y: y, width: (bounds.maxX + 1) / 2 - x, height: (bounds.maxY + 1) / 2 - y)
        self.region = region
        var pixels = [UInt8](repeating: 0, count: region.area), count = 0
        mask.bytes.withUnsafeBufferPointer { inside in
            for row in 0..<(bounds.isEmpty ? 0 : region.height) {
                let upper = 2 * (region.y + row) * mask.width, out = row * region.width
                let isLast = 2 * (region.y + row) + 1 == mask.height, lower = isLast ? upper : upper + mask.width
                for k in 0..<region.width {
                    let left = 2 &* (region.x &+ k), right = left &+ 1
                    var found = inside[upper &+ left] & 1
                    if right < mask.width { found &+= inside[upper &+ right] & 1 }
                    if !isLast {
                        found &+= inside[lower &+ left] & 1
                        if right < mask.width { found &+= inside[lower &+ right] & 1 }
                    }
                    pixels[out &+ k] = found
                    count &+= found > 0 ? 1 : 0
                }
            }
        }
        self.pixels = pixels
        self.count = count
    }

    subscript(x: Int, y: Int) -> UInt8 { pixels[(y - region.y) * region.width + x - region.x] }
}
