import Pixels
import Village

/// How much of a plot lies in each block of a picture, for means from a picture that was reduced to one pixel a block.
public struct BlockShares: Sendable {
    /// The blocks that hold the plot; of the reduced picture.
    public let bounds: Region
    /// The plot's pixels in each block of the bounds, row by row.
    private let pixels: [Int32]
    public let pixelCount: Int

    /// - Parameters:
    ///   - mask: of the picture as it is.
    ///   - side: of a block, in pixels. Blocks that the picture holds in part, at its right and bottom, are left out.
    public init(of mask: Mask, side: Int) {
        let size = Size(width: mask.width / side, height: mask.height / side)
        let inside = mask.bounds
        let left = inside.x / side, top = inside.y / side
        let right = min((inside.maxX + side - 1) / side, size.width)
        let bottom = min((inside.maxY + side - 1) / side, size.height)
        let bounds = Region(x: left, y: top, width: max(right - left, 0), height: max(bottom - top, 0))
        var pixels = [Int32](repeating: 0, count: bounds.area)
        mask.bytes.withUnsafeBufferPointer { bytes in
            pixels.withUnsafeMutableBufferPointer { pixels in
                for y in bounds.y * side..<bounds.maxY * side {
                    var share = (y / side - bounds.y) * bounds.width, x = y * mask.width + bounds.x * side
                    let end = x + bounds.width * side
                    while x < end {
                        let blockEnd = x &+ side
                        var inside: Int32 = 0
                        while x < blockEnd {
                            inside &+= Int32(bytes[x] & 1)
                            x &+= 1
                        }
                        pixels[share] &+= inside
                        share &+= 1
                    }
                }
            }
        }
        self.bounds = bounds
        self.pixels = pixels
        pixelCount = pixels.reduce(0) { $0 + Int($1) }
    }

    /// The mean colour of the plot's pixels, each with its block's colour; `nil` where there are none.
    ///
    /// - Parameters:
    ///   - image: a part of the reduced picture that holds the bounds.
    ///   - origin: of the part in the reduced picture.
    public func mean(of image: RGBImage, from origin: Region) -> MeanColor? {
        precondition(
            origin.contains(bounds) && image.size == Size(width: origin.width, height: origin.height),
            "the picture holds the plot's blocks")
        guard pixelCount > 0 else { return nil }
        var sums = SIMD3<Int>(repeating: 0), k = 0
        for y in bounds.y..<bounds.maxY {
            for x in bounds.x..<bounds.maxX {
                let colour = image[x - origin.x, y - origin.y], weight = Int(pixels[k])
                sums &+= weight &* SIMD3(Int(colour.red), Int(colour.green), Int(colour.blue))
                k += 1
            }
        }
        let mean = SIMD3<Double>(sums) / Double(pixelCount)
        return MeanColor(red: mean.x, green: mean.y, blue: mean.z)
    }
}
