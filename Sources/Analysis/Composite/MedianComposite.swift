import Pixels

/// The median over time of pictures of one scene: what stands most of the time, without those who pass.
///
/// - Exactness: exact; for an even number of values the lower of the two middle ones, so that every value was really
///   seen.
public struct MedianComposite: Sendable {
    /// The most pictures one composite takes.
    public static let limit = 31

    /// Per pixel and channel the median of the valid values; black where there is none.
    public let image: RGBImage
    /// Per pixel how many pictures were valid.
    public let support: Plane<UInt8>

    /// - Parameters:
    ///   - images: 1 to `limit` pictures of one size.
    ///   - valid: for every picture where it counts; `nil` everywhere.
    /// - Complexity: O(pixels × pictures); memory for the results only.
    public init(images: [RGBImage], valid: [Mask?]) {
        precondition(
            (1...MedianComposite.limit).contains(images.count) && valid.count == images.count,
            "1 to 31 images, each with its mask")
        let size = images[0].size
        precondition(
            images.allSatisfy { $0.size == size } && valid.allSatisfy { $0.map { $0.size == size } ?? true },
            "images of one size")
        let width = size.width, rowBytes = 3 * size.width, n = images.count
        var bytes = [UInt8](repeating: 0, count: 3 * size.area), support = [UInt8](repeating: 0, count: size.area)
        let network = SortingNetwork(count: n)
        // Row by row the values of all pictures, 255 where not valid, so that they sort to the end.
        var rows = [UInt8](repeating: 0, count: n * rowBytes)
        rows.withUnsafeMutableBufferPointer { rows in
            bytes.withUnsafeMutableBufferPointer { bytes in
                guard let rows = rows.baseAddress, let bytes = bytes.baseAddress else { return }
                for y in 0..<size.height {
                    let pixels = y * width..<(y + 1) * width
                    for k in 0..<n {
                        MedianComposite.fill(rows + k * rowBytes, images[k], valid[k], pixels, &support)
                    }
                    network.sort(rows, width: rowBytes)
                    MedianComposite.pick(rows, pixels, support, into: bytes + 3 * pixels.lowerBound)
                }
            }
        }
        image = RGBImage(width: size.width, height: size.height, bytes: bytes)
        self.support = Plane(width: size.width, height: size.height, samples: support)
    }

    private static func fill(
        _ row: UnsafeMutablePointer<UInt8>, _ image: RGBImage, _ valid: Mask?, _ pixels: Range<Int>,
        _ support: inout [UInt8]
    ) {
        image.bytes.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            row.update(from: base + 3 * pixels.lowerBound, count: 3 * pixels.count)
        }
        blank(row, valid, pixels)
        support.withUnsafeMutableBufferPointer { support in
            guard let valid else {
                for i in pixels { support[i] &+= 1 }
                return
            }
            valid.bytes.withUnsafeBufferPointer { valid in
                for i in pixels { support[i] &+= valid[i] & 1 }
            }
        }
    }

    /// Sets what is not valid to 255.
    private static func blank(_ row: UnsafeMutablePointer<UInt8>, _ valid: Mask?, _ pixels: Range<Int>) {
        guard let valid else { return }
        valid.bytes.withUnsafeBufferPointer { valid in
            var i = 0
            while i < pixels.count {
                let outside = ~valid[pixels.lowerBound &+ i]
                row[3 &* i] |= outside
                row[3 &* i &+ 1] |= outside
                row[3 &* i &+ 2] |= outside
                i &+= 1
            }
        }
    }

    /// The lower middle one of each list's first `support` values; pixels without support are left out.
    private static func pick(
        _ rows: UnsafeMutablePointer<UInt8>, _ pixels: Range<Int>, _ support: [UInt8],
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let rowBytes = 3 * pixels.count
        support.withUnsafeBufferPointer { support in
            var x = 0
            while x < pixels.count {
                let seen = Int(support[pixels.lowerBound &+ x])
                if seen > 0 {
                    let row = rows + ((seen &- 1) / 2) &* rowBytes
                    out[3 &* x] = row[3 &* x]
                    out[3 &* x &+ 1] = row[3 &* x &+ 1]
                    out[3 &* x &+ 2] = row[3 &* x &+ 2]
                }
                x &+= 1
            }
        }
    }
}
