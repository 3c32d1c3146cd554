import Kernels
import Pixels

/// Whether a pixel of a pen is an animal: the weights of `models/flock.txt`.
public struct PenModel: Sendable {
    let network: Perceptron

    /// Ground and animal.
    static let classes = 2

    /// Reads weights as `scripts/train-flock` writes them.
    public init(text: String) throws(PlantModelFault) {
        network = try Perceptron(
            text: text, inputs: PenFeatures.count, outputs: PenModel.classes, training: "scripts/train-flock")
    }

    /// How likely each pixel is an animal, 0…1; 0 where nothing differs from the empty pen.
    ///
    /// - Complexity: O(pixels) for the features, O(weights) for each pixel that differs.
    func animals(in features: PenFeatures, kernels: KernelSet) -> Plane<Float> {
        let size = features.size, lanes = Perceptron.lanes
        var result = Plane<Float>(width: size.width, height: size.height, repeating: 0)
        var scratch = Perceptron.Scratch(for: network)
        var values = [Float](repeating: 0, count: PenFeatures.count * lanes)
        var shares = [Float](repeating: 0, count: PenModel.classes * lanes)
        var places = [Int](repeating: 0, count: lanes)
        var filled = 0
        func tell() {
            guard filled > 0 else { return }
            network.shares(values.span, &scratch, into: &shares, kernels: kernels)
            for l in 0..<filled { result.samples[places[l]] = shares[lanes + l] }
            filled = 0
        }
        features.forEachDifference { place, found in
            for k in 0..<PenFeatures.count { values[k * lanes + filled] = found[k] }
            places[filled] = place
            filled += 1
            if filled == lanes { tell() }
        }
        tell()
        return result
    }
}
