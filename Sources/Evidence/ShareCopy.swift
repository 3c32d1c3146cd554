import Decoding
import Pixels

/// A copy of a picture for others: re-encoded, so that nothing hidden in the file comes along, and with everything that
/// moved made unrecognisable, as people and vehicles do.
///
/// What moved is what differs from most of the other pictures of the same place. Too much rather than too little is
/// covered; what stood still in all of them is not, so somebody has to look before a copy is handed out.
public struct ShareCopy: Sendable {
    /// Grey levels by which a pixel must differ from the median of the others, brightness matched. Ours.
    public static let difference = 22
    /// Fewer other pictures than this do not tell what moved; then everything is covered.
    public static let fewestOthers = 3
    /// Blocks along the longer side: a head in a village picture is smaller than one.
    public static let blocksAlong = 48
    /// libjpeg's scale.
    public static let quality = 85

    /// JPEG without any metadata.
    public let bytes: [UInt8]
    /// Share of the picture that was covered, 0…1.
    public let coveredShare: Double

    /// - Parameters:
    ///   - image: as it was taken, orientation applied.
    ///   - others: pictures of the same place in the same frame and size, from other times.
    ///   - near: those from about the same time; inside `works` only these count, as works go on from day to day.
    ///   - works: where something was built.
    public init(of image: RGBImage, others: [RGBImage], near: [RGBImage] = [], works: Mask? = nil)
        throws(EncodingFailure)
    {
        var covered = Self.moved(in: image, against: others)
        if let works, works.size == image.size {
            let inside = Self.moved(in: image, against: near.count >= Self.fewestOthers ? near : others)
            covered = covered.subtracting(works).union(inside.intersection(works))
        }
        let blocked = Self.blocks(covered)
        coveredShare = Double(blocked.count) / Double(max(image.size.area, 1))
        bytes = try Encoder.jpeg(Self.mosaic(image, blocked), quality: Self.quality)
    }

    /// Pixels that differ from the median of the others by light or by colour.
    static func moved(in image: RGBImage, against others: [RGBImage]) -> Mask {
        let others = others.filter { $0.size == image.size }
        guard others.count >= fewestOthers else {
            return Mask(width: image.width, height: image.height, inside: true)
        }
        let gains = others.map { gain(of: $0, to: image) }
        var moved = Mask(width: image.width, height: image.height, inside: false)
        var values = [Int](repeating: 0, count: others.count)
        for pixel in 0..<image.size.area {
            for channel in 0..<3 {
                let index = 3 * pixel + channel
                for (number, other) in others.enumerated() {
                    values[number] = min(255, Int(other.bytes[index]) * gains[number][channel] / 256)
                }
                values.sort()
                if abs(Int(image.bytes[index]) - values[values.count / 2]) > difference {
                    moved.bytes[pixel] = 255
                    break
                }
            }
        }
        return moved
    }

    /// Per channel, the ratio of the mean of `target` to that of `image`, in 256ths.
    private static func gain(of image: RGBImage, to target: RGBImage) -> [Int] {
        var sums = [0, 0, 0], wanted = [0, 0, 0]
        for pixel in 0..<image.size.area {
            for channel in 0..<3 {
                sums[channel] += Int(image.bytes[3 * pixel + channel])
                wanted[channel] += Int(target.bytes[3 * pixel + channel])
            }
        }
        return (0..<3).map { sums[$0] > 0 ? wanted[$0] * 256 / sums[$0] : 256 }
    }

    private static func blockSize(_ size: Size) -> Int { max(8, max(size.width, size.height) / blocksAlong) }

    /// Every block that something moved in, and its neighbours; a lone pixel is noise.
    static func blocks(_ moved: Mask) -> Mask {
        let side = blockSize(moved.size)
        let across = (moved.width + side - 1) / side, down = (moved.height + side - 1) / side
        var isHit = [Bool](repeating: false, count: across * down)
        for row in 0..<down {
            for column in 0..<across {
                var count = 0
                for y in (row * side)..<min((row + 1) * side, moved.height) {
                    for x in (column * side)..<min((column + 1) * side, moved.width) where moved[x, y] { count += 1 }
                }
                isHit[row * across + column] = count * 50 > side * side
            }
        }
        var covered = Mask(width: moved.width, height: moved.height, inside: false)
        for y in 0..<moved.height {
            for x in 0..<moved.width {
                let row = y / side, column = x / side
                covered[x, y] = (max(0, row - 1)...min(down - 1, row + 1)).contains { r in
                    (max(0, column - 1)...min(across - 1, column + 1)).contains { c in isHit[r * across + c] }
                }
            }
        }
        return covered
    }

    /// Each block of the covered part as its mean colour.
    static func mosaic(_ image: RGBImage, _ covered: Mask) -> RGBImage {
        var result = image
        let side = blockSize(image.size)
        for top in stride(from: 0, to: image.height, by: side) {
            for left in stride(from: 0, to: image.width, by: side) where covered[left, top] {
                let bottom = min(top + side, image.height), right = min(left + side, image.width)
                let count = (bottom - top) * (right - left)
                for channel in 0..<3 {
                    var sum = 0
                    for y in top..<bottom {
                        for x in left..<right { sum += Int(image.bytes[3 * (y * image.width + x) + channel]) }
                    }
                    let mean = UInt8(sum / count)
                    for y in top..<bottom {
                        for x in left..<right { result.bytes[3 * (y * image.width + x) + channel] = mean }
                    }
                }
            }
        }
        return result
    }
}
