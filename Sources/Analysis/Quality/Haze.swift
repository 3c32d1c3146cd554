import Pixels

/// A sign of fog: the dark channel (He, Sun and Tang 2009) is bright.
public struct Haze: Sendable, Equatable {
    /// Half the side of the window in which the darkest value of any channel is sought, in pixels.
    public static let radius = 7

    /// Mean over the picture of the darkest channel value in the window around each pixel, 0…255: clear daylight
    /// scenes stay low.
    public let darkChannelMean: Double

    /// - Returns: `nil` for an image without pixels.
    public init?(of image: RGBImage) {
        let width = image.width, height = image.height
        guard width > 0, height > 0 else { return nil }
        var least = [UInt8](repeating: 0, count: width * height)
        image.bytes.withUnsafeBufferPointer { rgb in
            for i in least.indices { least[i] = min(rgb[3 &* i], min(rgb[3 &* i &+ 1], rgb[3 &* i &+ 2])) }
        }
        let dark = Plane(width: width, height: height, samples: least).windowMinimum(radius: Haze.radius)
        darkChannelMean = Double(dark.samples.reduce(0) { $0 + Int($1) }) / Double(width * height)
    }
}

extension Plane where Sample == UInt8 {
    /// The smallest sample of the (2·radius + 1)² window around every sample, of the part that lies in the plane.
    public func windowMinimum(radius: Int) -> Plane<UInt8> {
        let width = width, height = height
        guard radius > 0, width > 0, height > 0 else { return self }
        let span = 2 * radius + 1, rowBytes = width + 2 * radius, rows = height + 2 * radius
        // The plane with a border that is never the smallest. Sample i stands for those from i to i + covered − 1,
        // along the rows, then down the columns.
        var padded = [UInt8](repeating: .max, count: rowBytes * rows), next = padded
        for y in 0..<height {
            let to = (y + radius) * rowBytes + radius
            padded.replaceSubrange(to..<to + width, with: samples[y * width..<(y + 1) * width])
        }
        for step in [1, rowBytes] {
            var covered = 1
            while covered < span {
                let shift = Swift.min(covered, span - covered)
                Plane.leastOfTwo(padded, shift * step, &next)
                swap(&padded, &next)
                covered += shift
            }
        }
        var result = self
        for y in 0..<height {
            result.samples.replaceSubrange(
                y * width..<(y + 1) * width, with: padded[y * rowBytes..<y * rowBytes + width])
        }
        return result
    }

    /// The smaller of each sample and the one `shift` after it; where there is none, the sample.
    private static func leastOfTwo(_ source: [UInt8], _ shift: Int, _ result: inout [UInt8]) {
        let end = source.count - shift
        source.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { result in
                var i = 0
                while i < end {
                    let own = source[i], other = source[i &+ shift]
                    result[i] = own < other ? own : other
                    i &+= 1
                }
                while i < source.count {
                    result[i] = source[i]
                    i &+= 1
                }
            }
        }
    }
}
