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
}
