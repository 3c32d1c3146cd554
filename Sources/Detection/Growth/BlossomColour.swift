/// How much of a plot is pink or white blossom by its colour alone, where it stands so thick that it hides the leaves.
///
/// Trees that bloom before their leaves come are a cloud of one colour, which tells better than texture; blossom among
/// leaves is left to the plant model.
enum BlossomColour {
    /// A value that grows from 0 to 1 between two limits.
    struct Ramp: Sendable {
        var zero: Float
        var one: Float

        func callAsFunction(_ value: Float) -> Float { min(max((value - zero) / (one - zero), 0), 1) }
    }

    // Limits set once, for the forest of PhenoCam's dukehw and the rendered orchard together.

    /// Luminance below which hue means nothing, in grey levels.
    static let darkest: Float = 20
    /// (R + B) / 2G: grey and soil lie at 1, peach blossom at 1.25 and above.
    static let pinkness = Ramp(zero: 1.08, one: 1.50)
    /// B / G of pink: bark, brick and brown leaves have less blue.
    static let pinkBlue = Ramp(zero: 0.85, one: 0.95)
    /// B / G of white; soil and straw have less blue.
    static let whiteness = Ramp(zero: 0.92, one: 1.00)
    /// Least R / G of white blossom; the sky's shine on water and plastic lies below.
    static let whiteRed: Float = 0.95
    /// The least of R, G and B in white blossom, in grey levels; grey bark and snow in shade lie below.
    static let paleness = Ramp(zero: 110, one: 140)
    /// Luminance of white blossom against the plot's darker quarter.
    static let brightness = Ramp(zero: 1.2, one: 1.7)

    /// - Complexity: O(pixels), one pass; memory for the pixels that may be blossom.
    static func share(of sample: ColourSample) -> Double {
        var levels = [Int](repeating: 0, count: 256)
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: sample.count + 1) { likely in
            var found = 0
            return sample.bytes.withUnsafeBufferPointer { bytes in
                levels.withUnsafeMutableBufferPointer { levels in
                    var i = 0
                    while i &+ 2 < bytes.count {
                        let red = bytes[i], green = bytes[i &+ 1], blue = bytes[i &+ 2]
                        levels[luminance(red, green, blue)] &+= 1
                        // Noted each time and kept where it counts: no branch on what is as good as chance.
                        likely[found] = Int32(truncatingIfNeeded: i)
                        found &+= isLikely(red, green, blue)
                        i &+= 3
                    }
                }
                let dark = lowerQuarter(levels, count: sample.count)
                var sum = 0.0
                for k in 0..<found {
                    let i = Int(likely[k])
                    sum += Double(blossom(bytes[i], bytes[i + 1], bytes[i + 2], lowerQuarter: dark))
                }
                return sum / Double(max(sample.count, 1))
            }
        }
    }

    /// 1 for a pixel that may be blossom at all: green has none in it, and so end most; 0 for others.
    @inline(__always) private static func isLikely(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        let isRed = Float(red) > whiteRed * Float(green), isBlue = 20 &* Int32(blue) > 17 &* Int32(green)
        return (isRed ? 1 : 0) & (isBlue ? 1 : 0)
    }

    /// - Precondition: the pixel is likely.
    private static func blossom(_ red: UInt8, _ green: UInt8, _ blue: UInt8, lowerQuarter: Float) -> Float {
        let light = Float(luminance(red, green, blue))
        guard light > darkest else { return 0 }
        let r = Float(red), g = max(Float(green), 1), b = Float(blue)
        let pink = r >= g ? pinkness((r + b) / (2 * g)) * pinkBlue(b / g) : 0
        let white = whiteness(b / g) * brightness(light / max(lowerQuarter, 1)) * paleness(min(r, g, b))
        return max(pink, white)
    }

    /// Luminance that a quarter of the pixels lie below, in grey levels.
    private static func lowerQuarter(_ levels: [Int], count: Int) -> Float {
        var below = 0
        for (level, found) in levels.enumerated() {
            below += found
            if 4 * below >= count { return Float(level) }
        }
        return 0
    }

    /// Rec. 601 luminance in whole grey levels.
    private static func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000
    }
}
