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
        var across = samples
        var padded = [UInt8](repeating: .max, count: width + 2 * radius)
        samples.withUnsafeBufferPointer { source in
            across.withUnsafeMutableBufferPointer { across in
                padded.withUnsafeMutableBufferPointer { padded in
                    for y in 0..<height {
                        let base = y * width
                        for x in 0..<width { padded[radius + x] = source[base + x] }
                        for k in 0...2 * radius {
                            var x = 0
                            while x < width {
                                across[base &+ x] = Swift.min(across[base &+ x], padded[x &+ k])
                                x &+= 1
                            }
                        }
                    }
                }
            }
        }
        var result = across
        across.withUnsafeBufferPointer { across in
            result.withUnsafeMutableBufferPointer { result in
                for y in 0..<height {
                    for row in Swift.max(0, y - radius)...Swift.min(height - 1, y + radius) {
                        let from = row * width, to = y * width
                        var x = 0
                        while x < width {
                            result[to &+ x] = Swift.min(result[to &+ x], across[from &+ x])
                            x &+= 1
                        }
                    }
                }
            }
        }
        return Plane(width: width, height: height, samples: result)
    }
}
