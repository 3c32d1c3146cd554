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
        let size = features.size
        var likely = [Float](repeating: 0, count: size.area)
        var gathered = Gathered(network)
        likely.withUnsafeMutableBufferPointer { likely in
            features.forEachDifference { place, found in
                gathered.add(found, of: place)
                if gathered.isFull { gathered.tell(network, into: likely, kernels: kernels) }
            }
            gathered.tell(network, into: likely, kernels: kernels)
        }
        return Plane(width: size.width, height: size.height, samples: likely)
    }

    /// Pixels until there are enough of them to be told at once.
    private struct Gathered {
        private var scratch: Perceptron.Scratch
        private var values = [Float](repeating: 0, count: PenFeatures.count * Perceptron.lanes)
        private var shares = [Float](repeating: 0, count: PenModel.classes * Perceptron.lanes)
        private var places = [Int](repeating: 0, count: Perceptron.lanes)
        private var filled = 0

        init(_ network: Perceptron) { scratch = Perceptron.Scratch(for: network) }

        var isFull: Bool { filled == Perceptron.lanes }

        mutating func add(_ found: UnsafeBufferPointer<Float>, of place: Int) {
            let lane = filled
            values.withUnsafeMutableBufferPointer { values in
                for k in 0..<PenFeatures.count { values[k &* Perceptron.lanes &+ lane] = found[k] }
            }
            places[lane] = place
            filled += 1
        }

        mutating func tell(
            _ network: Perceptron, into likely: UnsafeMutableBufferPointer<Float>, kernels: KernelSet
        ) {
            guard filled > 0 else { return }
            let features = values
            network.shares(features.span, &scratch, into: &shares, kernels: kernels)
            for l in 0..<filled { likely[places[l]] = shares[Perceptron.lanes + l] }
            filled = 0
        }
    }
}
