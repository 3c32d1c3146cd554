/// The features of a block of pixels, and of the plot it lies in → what share of it is ground, leaf, weed, blossom,
/// ripe fruit: the weights of `models/plants.txt`.
public struct PlantModel: Sendable {
    let network: Perceptron

    /// Crops that it learnt to tell plants of better when it is told which one a plot is: names of files in
    /// `models/crops`, sorted. All others it sees as plots whose crop nobody stated.
    public var crops: [String] { network.kinds.keys.sorted() }

    /// Reads weights as `scripts/train-cover` writes them.
    public init(text: String) throws(PlantModelFault) {
        network = try Perceptron(
            text: text, inputs: PlantFeatures.count, outputs: PlantShares.classCount, seesGroups: true,
            training: "scripts/train-cover")
    }
}
