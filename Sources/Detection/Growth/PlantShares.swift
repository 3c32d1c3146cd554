/// How much of a pixel is plant, blossom or ripe fruit, each 0…1, by colour ratios.
///
/// A pixel at the edge of a leaf mixes leaf and ground, and so do its neighbours, because pictures keep colour at half
/// their sharpness: counting it whole or not at all makes grass with soil between it look closed. Between what is
/// surely ground and surely leaf a pixel counts in part.
///
/// - Note: ratios, so that sun, shade and exposure change little. Shaded soil that leaves around it light green is
///   still taken for leaf, and orange leaves for soil, which on red ground has their colour.
struct PlantShares: Sendable, Equatable {
    /// Living leaf, green or yellow.
    var leaf: Float
    var blossom: Float
    var ripe: Float

    /// A value that grows from 0 to 1 between two limits; falls where `one < zero`.
    struct Ramp: Sendable {
        var zero: Float
        var one: Float

        func callAsFunction(_ value: Float) -> Float { min(max((value - zero) / (one - zero), 0), 1) }
    }

    // MARK: Limits
    //
    // Set once, for the pictures of the canopy-cover set, the forest of PhenoCam's dukehw and the rendered orchard
    // together; their ground is brown, grey and red soil, straw, and bare wood.

    /// Weight of red against blue in what green must exceed; 0.5 is excess green (Woebbecke et al. 1995).
    static let redWeight: Float = 0.65
    /// Excess of green that noise makes in the dark, in grey levels.
    static let noise: Float = 6.4
    /// Excess of green beyond noise, as a share of R + G + B: ground below 0, leaf above 0.05.
    static let greenness = Ramp(zero: 0, one: 0.05)
    /// R / G of green leaves, falling: straw and soil lie above.
    static let greenRed = Ramp(zero: 1.13, one: 1.03)
    /// B / G of green leaves, falling: blue roofs and shaded walls lie above.
    static let greenBlue = Ramp(zero: 1.03, one: 0.97)
    /// (G − B) / (R − B), which is hue: 0.5 is 30°, orange, as soil is; 1 is 60°, yellow. Yellow leaves lie at 0.8.
    static let yellowness = Ramp(zero: 0.66, one: 0.80)
    /// B / max(R, G): yellow leaves have less blue than straw.
    static let yellowBlue = Ramp(zero: 0.54, one: 0.42)
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
    /// R / G of orange fruit: yellow leaves lie at 1.0 to 1.1.
    static let redness = Ramp(zero: 1.08, one: 1.28)
    /// Greatest B / G of orange fruit.
    static let orangeBlue: Float = 0.62
    /// Least luminance of orange fruit against the plot's darker quarter: it shines out of the leaves, soil seldom.
    static let orangeBrightness: Float = 1.3

    /// - Parameter lowerQuarter: luminance that a quarter of the plot's pixels lie below, in grey levels.
    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, lowerQuarter: Float) {
        let r = Float(red), g = max(Float(green), 1), b = Float(blue)
        let luminance = Float(PlantShares.luminance(red, green, blue))
        let excess = g - PlantShares.redWeight * r - (1 - PlantShares.redWeight) * b - PlantShares.noise
        let green =
            PlantShares.greenness(excess / (r + g + b)) * PlantShares.greenRed(r / g) * PlantShares.greenBlue(b / g)
        var yellow: Float = 0
        if r > b, luminance > PlantShares.darkest {
            yellow = PlantShares.yellowness((g - b) / (r - b)) * PlantShares.yellowBlue(b / max(r, g))
        }
        leaf = max(green, yellow)
        let against = luminance / max(lowerQuarter, 1)
        let pink = r >= g ? PlantShares.pinkness((r + b) / (2 * g)) * PlantShares.pinkBlue(b / g) : 0
        var white: Float = 0
        if r > PlantShares.whiteRed * g {
            white = PlantShares.whiteness(b / g) * PlantShares.brightness(against) * PlantShares.paleness(min(r, g, b))
        }
        blossom = luminance > PlantShares.darkest ? max(pink, white) : 0
        let isOrange = b < PlantShares.orangeBlue * g && against > PlantShares.orangeBrightness
        let isRed = r > 1.28 * g && r > 90 && b < 0.42 * r
        ripe = isRed ? 1 : isOrange ? PlantShares.redness(r / g) : 0
    }

    /// Rec. 601 luminance in whole grey levels.
    static func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000
    }
}
