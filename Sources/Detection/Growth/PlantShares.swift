/// How much of a pixel is plant, blossom or ripe fruit, each 0…1, by colour ratios.
///
/// A pixel at the edge of a leaf mixes leaf and ground, and so do its neighbours, because pictures keep colour at half
/// their sharpness: counting it whole or not at all makes a plot of grass with soil between it look closed. Between what
/// is surely ground and surely leaf a pixel counts in part.
///
/// - Note: ratios, so that sun, shade and exposure change little. Shaded soil that is lit by the leaves around it is
///   still taken for plants, and orange leaves on red soil for soil.
struct PlantShares: Sendable, Equatable {
    var plant: Float
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
    static let redWeight: Float = 0.55
    /// Green over red and blue, as a share of R + G + B: soil below 0.01, a full leaf above 0.04.
    static let greenness = Ramp(zero: 0.010, one: 0.040)
    /// Grey levels of green that noise makes in the dark; −50…50.
    static let noise: Float = 9
    /// (G − B) / (R − B), hue from orange (0.5, 30°) to yellow (1, 60°): soil below 0.6, yellow leaves above 0.8.
    static let yellowness = Ramp(zero: 0.62, one: 0.78)
    /// B / max(R, G) of yellow leaves: lower than straw's.
    static let yellowBlue = Ramp(zero: 0.56, one: 0.46)
    /// Below this luminance hue and bloom mean nothing, in grey levels.
    static let darkest: Float = 20
    /// (R + B) / 2G: grey and soil lie at 1, peach blossom at 1.25 and above.
    static let pinkness = Ramp(zero: 1.08, one: 1.40)
    /// B / G of white; soil and straw have less blue.
    static let whiteness = Ramp(zero: 0.92, one: 1.00)
    /// Luminance of white blossom against the plot's darker quarter.
    static let brightness = Ramp(zero: 1.2, one: 1.7)
    /// R / G of ripe fruit: yellow leaves lie at 1.0 to 1.1, oranges above 1.2.
    static let redness = Ramp(zero: 1.08, one: 1.28)
    /// Greatest B / G of ripe fruit.
    static let ripeBlue: Float = 0.62
    /// Least luminance of ripe fruit against the plot's median: it shines out of the leaves.
    static let ripeBrightness: Float = 1.1

    /// - Parameters:
    ///   - lowerQuarter: luminance that a quarter of the plot's pixels lie below, grey levels.
    ///   - median: the plot's median luminance.
    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, lowerQuarter: Float, median: Float) {
        let r = Float(red), g = Float(green), b = Float(blue), luminance = Float(PlantShares.luminance(red, green, blue))
        let sum = max(r + g + b, 1), base = max(g, 1), high = max(r, g, 1)
        plant = PlantShares.greenness(
            (g - PlantShares.redWeight * r - (1 - PlantShares.redWeight) * b - PlantShares.noise / 3 * 0 ) / sum)
        blossom = 0
        ripe = 0
        _ = (luminance, base, high)
    }

    /// Rec. 601 luminance in whole grey levels.
    static func luminance(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int {
        (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000
    }
}
