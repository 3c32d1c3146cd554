import Pixels

/// The median over time of pictures of one scene: what stands most of the time, without those who pass.
///
/// - Exactness: exact; for an even number of values the lower of the two middle ones, so that every value was really seen.
public struct MedianComposite: Sendable {
    /// The most pictures one composite takes.
    public static let limit = 31

    /// Per pixel and channel the median of the valid values; black where there is none.
    public let image: RGBImage
    /// Per pixel how many pictures were valid.
    public let support: Plane<UInt8>
    /// Per pixel the median absolute deviation of the channels from `image`, the greatest of the three; in grey levels.
    public let spread: Plane<UInt8>

    /// - Parameters:
    ///   - images: 1 to `limit` pictures of one size.
    ///   - valid: for every picture where it counts; `nil` everywhere.
    /// - Complexity: O(pixels × pictures); memory for the results only.
    public init(images: [RGBImage], valid: [Mask?]) {
        precondition((1...MedianComposite.limit).contains(images.count) && valid.count == images.count, "1 to 31 images, each with its mask")
        let size = images[0].size
        precondition(images.allSatisfy { $0.size == size } && valid.allSatisfy { $0.map { $0.size == size } ?? true }, "images of one size")
        let count = size.area
        var bytes = [UInt8](repeating: 0, count: 3 * count), support = [UInt8](repeating: 0, count: count), spread = support
        var values = [UInt8](repeating: 0, count: 3 * 32)
        for i in 0..<count {
            var n = 0
            for (k, image) in images.enumerated() {
                if let mask = valid[k], mask.bytes[i] == 0 { continue }
                values[n] = image.bytes[3 * i]
                values[32 + n] = image.bytes[3 * i + 1]
                values[64 + n] = image.bytes[3 * i + 2]
                n += 1
            }
            support[i] = UInt8(n)
            guard n > 0 else { continue }
            values.withUnsafeMutableBufferPointer { values in
                var widest: UInt8 = 0
                for channel in 0..<3 {
                    let start = 32 * channel
                    let middle = MedianComposite.median(values, start, n)
                    bytes[3 * i + channel] = middle
                    for k in start..<start + n { values[k] = max(values[k], middle) - min(values[k], middle) }
                    widest = max(widest, MedianComposite.median(values, start, n))
                }
                spread[i] = widest
            }
        }
        image = RGBImage(width: size.width, height: size.height, bytes: bytes)
        self.support = Plane(width: size.width, height: size.height, samples: support)
        self.spread = Plane(width: size.width, height: size.height, samples: spread)
    }

    /// Sorts `n` values from `start` and returns the lower middle one.
    @inline(__always) private static func median(_ values: UnsafeMutableBufferPointer<UInt8>, _ start: Int, _ n: Int) -> UInt8 {
        var k = start &+ 1
        while k < start &+ n {
            let value = values[k]
            var j = k
            while j > start, values[j &- 1] > value {
                values[j] = values[j &- 1]
                j &-= 1
            }
            values[j] = value
            k &+= 1
        }
        return values[start &+ (n &- 1) / 2]
    }
}
