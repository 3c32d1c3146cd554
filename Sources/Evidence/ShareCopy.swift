import Analysis
import Decoding
import Pixels

/// A copy of a picture for others: re-encoded, so that nothing hidden in the file comes along, and with everything that
/// moved made unrecognisable, as people and vehicles do.
///
/// What moved is what is unlike most of the other pictures of the same place. Too much rather than too little is
/// covered; what stood still in all of them is not, so somebody has to look before a copy is handed out.
public struct ShareCopy: Sendable {
    /// Pictures are compared at no more than twice this width. Pixels.
    private static let workingWidth = 640
    /// Half the side of the window that structure is compared in, working pixels.
    private static let radius = 3
    /// Correlation below which structure is another; contrast below which there is none. Ours, tried on the rendered
    /// market street.
    private static let alike: Float = 0.4
    private static let flat: Float = 0.06
    /// Difference of a colour's share, in 256ths of the sum of the three; sums at or below `darkest` have no colour.
    private static let colour = 14
    private static let darkest = 75
    /// Fewer other pictures than this do not tell what moved; then everything is covered.
    public static let fewestOthers = 3
    /// Blocks along the longer side: a head in a village picture is smaller than one.
    public static let blocksAlong = 64
    /// The works' margin as a part of the longer side.
    private static let growth = 32
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
            // The outline is that of the day it was noticed; what was built since stands around it.
            let works = works.dilated(by: .disc(radius: max(image.width, image.height) / Self.growth))
            let inside = Self.moved(in: image, against: near.count >= Self.fewestOthers ? near : others)
            covered = covered.subtracting(works).union(inside.intersection(works))
        }
        let blocked = Self.blocks(covered)
        coveredShare = Double(blocked.count) / Double(max(image.size.area, 1))
        bytes = try Encoder.jpeg(Self.mosaic(image, blocked), quality: Self.quality)
    }

    /// Pixels around which structure or colour is unlike that of most of the others.
    ///
    /// Structure is compared by local correlation and colour by its shares, so that neither more light nor less counts.
    static func moved(in image: RGBImage, against others: [RGBImage]) -> Mask {
        let others = others.filter { $0.size == image.size }
        guard others.count >= fewestOthers else {
            return Mask(width: image.width, height: image.height, inside: true)
        }
        let factor = max(1, max(image.width, image.height) / workingWidth)
        let small = image.downscaled(by: factor)
        let light = Plane<UInt8>(luminanceOf: small).floats
        var votes = [Int](repeating: 0, count: small.size.area)
        for other in others {
            let other = other.downscaled(by: factor)
            let likeness = LocalCorrelation(
                of: light, with: Plane<UInt8>(luminanceOf: other).floats, radius: radius)
            for pixel in votes.indices {
                let contrast = max(
                    likeness.firstDeviation.samples[pixel] / max(likeness.firstMean.samples[pixel], 8),
                    likeness.secondDeviation.samples[pixel] / max(likeness.secondMean.samples[pixel], 8))
                let isUnlike = contrast > flat && likeness.correlation.samples[pixel] < alike
                if isUnlike || colourDiffers(small, other, at: pixel) { votes[pixel] += 1 }
            }
        }
        var moved = Mask(width: image.width, height: image.height, inside: false)
        for y in 0..<image.height {
            let row = min(y / factor, small.height - 1) * small.width
            for x in 0..<image.width where 2 * votes[row + min(x / factor, small.width - 1)] > others.count {
                moved[x, y] = true
            }
        }
        return moved
    }

    /// Whether the shares of red and green differ; too dark a pixel has no colour.
    private static func colourDiffers(_ a: RGBImage, _ b: RGBImage, at pixel: Int) -> Bool {
        let i = 3 * pixel
        let sumA = Int(a.bytes[i]) + Int(a.bytes[i + 1]) + Int(a.bytes[i + 2])
        let sumB = Int(b.bytes[i]) + Int(b.bytes[i + 1]) + Int(b.bytes[i + 2])
        guard sumA > darkest, sumB > darkest else { return false }
        let red = Int(a.bytes[i]) * 256 / sumA - Int(b.bytes[i]) * 256 / sumB
        let green = Int(a.bytes[i + 1]) * 256 / sumA - Int(b.bytes[i + 1]) * 256 / sumB
        return max(abs(red), abs(green)) > colour
    }

    /// The picture with its content moved back: pixel (x, y) shows what was at (x + dx, y + dy); the border repeats.
    public static func shifted(_ image: RGBImage, dx: Double, dy: Double) -> RGBImage {
        let dx = Int(dx.rounded()), dy = Int(dy.rounded())
        guard dx != 0 || dy != 0, !image.bytes.isEmpty else { return image }
        var result = image
        for y in 0..<image.height {
            let row = min(max(y + dy, 0), image.height - 1) * image.width
            for x in 0..<image.width {
                let from = 3 * (row + min(max(x + dx, 0), image.width - 1)), to = 3 * (y * image.width + x)
                for channel in 0..<3 { result.bytes[to + channel] = image.bytes[from + channel] }
            }
        }
        return result
    }

    private static func blockSize(_ size: Size) -> Int { max(8, max(size.width, size.height) / blocksAlong) }

    /// Every block that something moved in; a lone pixel is noise.
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
            for x in 0..<moved.width { covered[x, y] = isHit[y / side * across + x / side] }
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
