/// When a pixel counts as green, in whole numbers, all three:
/// `8·(10G − 7R − 3B) > level + slope·(R + G + B)`, `64·R < redRatio·G`, `64·B < blueRatio·G`.
///
/// The index, 2G − 1.4R − 0.6B times five, lies between excess green 2G − R − B (Woebbecke et al. 1995) and excess
/// green minus excess red (Meyer and Neto 2008); its limit rises with the brightness, so that shade keeps its leaves
/// and bright soil stays out. The two ratios are the form of Canopeo's rule (Patrignani and Ochsner 2015): they keep
/// blue roofs and yellow walls out.
public struct GreenRule: Sendable, Hashable {
    /// The part of the limit that does not depend on the light, in 1/40 of a grey level of the index: −4000…8000.
    public var level: Int16
    /// The limit's rise with R + G + B, in 1/40: 0…20.
    public var slope: Int16
    /// Greatest R/G, in 64ths: 0…128.
    public var redRatio: Int16
    /// Greatest B/G, in 64ths: 0…128.
    public var blueRatio: Int16

    /// - Precondition: every value lies in its range, so that no vector lane overflows.
    public init(level: Int16, slope: Int16, redRatio: Int16, blueRatio: Int16) {
        precondition((-4000...8000).contains(level) && (0...20).contains(slope), "level or slope out of range")
        precondition((0...128).contains(redRatio) && (0...128).contains(blueRatio), "ratios are 64ths from 0 to 128")
        self.level = level
        self.slope = slope
        self.redRatio = redRatio
        self.blueRatio = blueRatio
    }

    /// Living plants of any kind, from yellow-green to blue-green, in sun and shade.
    ///
    /// Index above 19 at R + G + B = 300 (15 to 20 is best for every single picture of the canopy-cover set), R below
    /// 1.09·G, B below 1.03·G.
    public static let livingPlants = GreenRule(level: 460, slope: 1, redRatio: 70, blueRatio: 66)
}
