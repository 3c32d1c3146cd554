import Kernels

/// What a changed region is: the weights of `models/regions.txt`.
public struct RegionModel: Sendable {
    let network: Perceptron

    /// Reads weights as `scripts/train-regions` writes them.
    public init(text: String) throws(PlantModelFault) {
        network = try Perceptron(
            text: text, inputs: RegionMeasures.names.count, outputs: RegionLikelihood.Kind.allCases.count,
            training: "scripts/train-regions")
    }

    /// - Complexity: O(weights).
    func likelihood(of measures: RegionMeasures, kernels: KernelSet) -> RegionLikelihood {
        likelihood(of: measures.values, kernels: kernels)
    }

    /// - Parameter values: by ``RegionMeasures/names``.
    func likelihood(of values: [Float], kernels: KernelSet) -> RegionLikelihood {
        let lanes = Perceptron.lanes, classes = RegionLikelihood.Kind.allCases.count
        var features = [Float](repeating: 0, count: values.count * lanes)
        for (k, value) in values.enumerated() { features[k * lanes] = value }
        var scratch = Perceptron.Scratch(for: network)
        var shares = [Float](repeating: 0, count: classes * lanes)
        network.shares(features.span, &scratch, into: &shares, kernels: kernels)
        return RegionLikelihood(shares: (0..<classes).map { Double(shares[$0 * lanes]) })
    }
}
