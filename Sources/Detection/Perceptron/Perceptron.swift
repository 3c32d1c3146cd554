import Foundation
import Kernels

/// A small perceptron: features → shares of classes.
///
/// Features are taken against mean and spread, held within ``clip``, and go through layers with rectifiers; the last
/// layer's outputs become shares by the softmax. A layer with a context also sees what the whole group of inputs is
/// like, say all blocks of a plot; ``adapted(to:count:kernels:)`` gives the network for a group.
struct Perceptron: Sendable {
    struct Layer: Sendable {
        var inputs: Int
        var outputs: Int
        /// Weight of input k for output j is `weights[j * inputs + k]`.
        var weights: [Float]
        var biases: [Float]
        /// Weights of the means, then of the deviations, of the inputs over their group: weight of value k for output j
        /// is `context[j * 2 * inputs + k]`. Empty where the layer sees each input alone.
        var context: [Float] = []
    }

    /// Subtracted from each feature.
    let mean: [Float]
    /// Multiplied with it then.
    let scale: [Float]
    var layers: [Layer]
    /// What is added to the biases of each layer but the last where it is known of what kind a group is: by the kind's
    /// name, one layer's numbers after the other's. Empty where no kinds were learnt.
    var kinds: [String: [Float]] = [:]

    var inputs: Int { mean.count }
    var outputs: Int { layers.last?.outputs ?? 0 }

    /// Standard deviations within which a feature is held: a picture unlike all others gives no wild answer.
    static let clip: Float = 4
    /// Blocks that are told at once.
    static let lanes = DenseLayer.lanes

    /// Room for the values between the layers, so that nothing is allocated for each block.
    struct Scratch {
        fileprivate var near: [Float]
        fileprivate var far: [Float]

        init(for model: Perceptron) {
            let most = max(model.inputs, model.layers.map(\.outputs).max() ?? 0) * Perceptron.lanes
            near = [Float](repeating: 0, count: most)
            far = near
        }
    }

    /// The network as it tells groups of a kind; as it tells any where the kind is `nil` or was not learnt.
    func known(as kind: String?) -> Perceptron {
        guard let kind, let added = kinds[kind] else { return self }
        var known = self
        var at = 0
        for k in layers.indices.dropLast() {
            for j in 0..<layers[k].outputs { known.layers[k].biases[j] += added[at + j] }
            at += layers[k].outputs
        }
        return known
    }

    /// Shares of the classes for ``lanes`` blocks.
    ///
    /// - Parameters:
    ///   - features: feature k of block l is `features[k * lanes + l]`.
    ///   - out: gets class j of block l at `j * lanes + l`.
    /// - Complexity: O(weights); no allocation.
    func shares(_ features: Span<Float>, _ scratch: inout Scratch, into out: inout [Float], kernels: KernelSet) {
        let lanes = Perceptron.lanes
        features.withUnsafeBufferPointer { features in
            scratch.near.withUnsafeMutableBufferPointer { normalize(features, into: $0) }
        }
        for (n, layer) in layers.enumerated() {
            let isLast = n == layers.count - 1
            scratch.near.withUnsafeBufferPointer { near in
                scratch.far.withUnsafeMutableBufferPointer { far in
                    let inputs = UnsafeBufferPointer(rebasing: near[..<(layer.inputs * lanes)])
                    var outputs = UnsafeMutableBufferPointer(rebasing: far[..<(layer.outputs * lanes)]).mutableSpan
                    kernels.denseLayer(layer.weights.span, layer.biases.span, !isLast, inputs.span, &outputs)
                }
            }
            swap(&scratch.near, &scratch.far)
        }
        Perceptron.softmax(scratch.near, count: outputs, into: &out)
    }

    /// Features of ``lanes`` blocks against mean and spread, held within ``clip``.
    func normalize(_ features: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>) {
        for k in 0..<inputs {
            let middle = mean[k], factor = scale[k]
            var i = k &* Perceptron.lanes
            let end = i &+ Perceptron.lanes
            while i < end {
                let value = (features[i] - middle) * factor
                let high = value < Perceptron.clip ? value : Perceptron.clip
                out[i] = high > -Perceptron.clip ? high : -Perceptron.clip
                i &+= 1
            }
        }
    }

    private static func softmax(_ values: [Float], count: Int, into out: inout [Float]) {
        values.withUnsafeBufferPointer { values in
            out.withUnsafeMutableBufferPointer { out in
                for l in 0..<lanes {
                    var highest = values[l]
                    for j in 1..<count { highest = max(highest, values[j &* lanes &+ l]) }
                    var total: Float = 0
                    for j in 0..<count {
                        let power = exp(values[j &* lanes &+ l] - highest)
                        out[j &* lanes &+ l] = power
                        total += power
                    }
                    for j in 0..<count { out[j &* lanes &+ l] /= total }
                }
            }
        }
    }
}
