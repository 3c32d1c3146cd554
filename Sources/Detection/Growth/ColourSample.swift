import Pixels

/// The colours of a plot's pixels, of every pixel or, on a large plot, of some spread evenly.
struct ColourSample: Sendable {
    /// Red, green and blue of one pixel after the other.
    let bytes: [UInt8]
    var count: Int { bytes.count / 3 }

    /// A share of p taken from n pixels is off by √(p (1 − p) / n) if each were drawn by chance: at most 0.002 here,
    /// and less as they are spread evenly.
    static let mostPixels = 65_536

    /// - Complexity: O(pixels taken), and the rows between them are not read.
    init(of image: RGBImage, in area: PlotArea) {
        let bounds = area.bounds, sample = EvenSample(of: area.pixelCount, most: ColourSample.mostPixels)
        bytes = [UInt8](unsafeUninitializedCapacity: 3 * area.pixelCount) { out, initialized in
            var k = 0
            image.bytes.withUnsafeBufferPointer { pixels in
                area.mask.bytes.withUnsafeBufferPointer { inside in
                    for (row, first) in sample.rows(of: bounds.y..<bounds.maxY) {
                        var i = row * image.width + bounds.x + first
                        let end = row * image.width + bounds.maxX
                        while i < end {
                            if inside[i] != 0 {
                                out[k] = pixels[3 &* i]
                                out[k &+ 1] = pixels[3 &* i &+ 1]
                                out[k &+ 2] = pixels[3 &* i &+ 2]
                                k &+= 3
                            }
                            i &+= sample.across
                        }
                    }
                }
            }
            initialized = k
        }
    }

    /// Pixels that are handed on at once.
    private static let stretch = 2048

    /// Calls `body` with the reds, greens and blues of so many pixels after the other, and how many they are.
    func forEachStretch(
        _ body: (UnsafePointer<Int16>, UnsafePointer<Int16>, UnsafePointer<Int16>, Int) -> Void
    ) {
        let stretch = ColourSample.stretch
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: 3 * stretch) { room in
            guard let red = room.baseAddress else { return }
            let green = red + stretch, blue = green + stretch
            bytes.withUnsafeBufferPointer { bytes in
                for first in Swift.stride(from: 0, to: count, by: stretch) {
                    let length = min(stretch, count - first)
                    var i = 0, k = 3 &* first
                    while i < length {
                        red[i] = Int16(truncatingIfNeeded: bytes[k])
                        green[i] = Int16(truncatingIfNeeded: bytes[k &+ 1])
                        blue[i] = Int16(truncatingIfNeeded: bytes[k &+ 2])
                        i &+= 1
                        k &+= 3
                    }
                    body(red, green, blue, length)
                }
            }
        }
    }
}
