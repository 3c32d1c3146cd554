/// The features of a block of pixels, and of the plot it lies in → what share of it is ground, leaf, weed, blossom,
/// ripe fruit: the weights of `models/plants.txt`.
public struct PlantModel: Sendable {
    let network: Perceptron

    /// Reads weights as `scripts/train-cover` writes them.
    public init(text: String) throws(PlantModelFault) {
        network = try Perceptron(
            text: text, inputs: PlantFeatures.count, outputs: PlantShares.classCount, seesGroups: true,
            training: "scripts/train-cover")
    }
}
