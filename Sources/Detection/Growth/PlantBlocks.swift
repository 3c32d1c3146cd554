import Foundation
import Kernels
import Pixels

/// The picture in blocks of 2 × 2 pixels, the resolution of colour in a JPEG, as whole numbers whose sums are exact.
///
/// - Shape: block (x, y) holds pixels (2x, 2y) to (2x + 1, 2y + 1); an odd last row or column counts twice.
struct PlantBlocks {
    let image: RGBImage
    let size: Size
    private let kernels: KernelSet
    /// Room for two rows with their last pixel twice, where the width is odd.
    private var padded: [UInt8]

    init(of image: RGBImage, kernels: KernelSet) {
        self.image = image
        self.kernels = kernels
        size = Size(width: (image.width + 1) / 2, height: (image.height + 1) / 2)
        padded = [UInt8](repeating: 0, count: image.width.isMultiple(of: 2) ? 0 : 12 * size.width)
    }

    /// 256 log2(1 + v / 8) of a value v in quarters of a grey level. The floor of eight levels keeps noise in the dark
    /// small.
    static let logarithm: [Int16] = (0..<BlockColors.levels).map {
        Int16((256 * (log2(Double($0) / 4 + 8) - 3)).rounded())
    }

    /// The values of a row of blocks, by ``BlockColors``.
    ///
    /// - Parameter columns: the blocks wanted; `out` holds `BlockColors.count` planes of their number.
    mutating func row(_ y: Int, columns: Range<Int>, into out: inout MutableSpan<Int16>) {
        let width = image.width
        let upper = 3 * 2 * y * width, lower = 3 * min(2 * y + 1, image.height - 1) * width
        let from = 6 * columns.lowerBound, until = 6 * columns.upperBound
        guard until > 3 * width else {
            kernels.blockColors(
                image.bytes.span.extracting(upper + from..<upper + until),
                image.bytes.span.extracting(lower + from..<lower + until), PlantBlocks.logarithm.span, &out)
            return
        }
        let length = until - from, own = 3 * width - from
        for (k, start) in [upper, lower].enumerated() {
            padded.replaceSubrange(k * length..<k * length + own, with: image.bytes[start + from..<start + 3 * width])
            for channel in 0..<3 { padded[k * length + own + channel] = image.bytes[start + 3 * width - 3 + channel] }
        }
        kernels.blockColors(
            padded.span.extracting(0..<length), padded.span.extracting(length..<2 * length),
            PlantBlocks.logarithm.span, &out)
    }
}
