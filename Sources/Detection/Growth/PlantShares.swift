/// How much of a plot, or of a block of its pixels, is plants and what of them, each 0…1.
///
/// The classes of the model: ground (all that is no plant), leaves of the crop, grass and weeds, blossom, ripe fruit.
public struct PlantShares: Sendable, Equatable {
    /// Leaves and green fruit of what is grown.
    public var leaf = 0.0
    /// Grass and weeds below it.
    public var weed = 0.0
    public var blossom = 0.0
    public var ripe = 0.0

    public init() {}

    /// Living plants of any kind.
    public var plants: Double { leaf + weed + blossom + ripe }
    /// The crop's own canopy.
    public var canopy: Double { leaf + blossom + ripe }

    /// Ground, leaf, weed, blossom, ripe: the order of the model's outputs.
    static let classCount = 5

    /// - Parameters:
    ///   - sums: of the five classes, weighted by pixels.
    ///   - pixels: the sum of the weights.
    init(sums: [Double], pixels: Double) {
        leaf = sums[1] / pixels
        weed = sums[2] / pixels
        blossom = sums[3] / pixels
        ripe = sums[4] / pixels
    }
}
