import Foundation

/// A small perceptron: features → shares of classes.
///
/// Features are taken against mean and spread, held within ``clip``, and go through layers with rectifiers; the last
/// layer's outputs become shares by the softmax.
struct Perceptron: Sendable {
    struct Layer: Sendable {
        var inputs: Int
        var outputs: Int
        /// Weight of input k for output j is `weights[j * inputs + k]`.
        var weights: [Float]
        var biases: [Float]
    }

    /// Subtracted from each feature.
    let mean: [Float]
    /// Multiplied with it then.
    let scale: [Float]
    let layers: [Layer]

    var inputs: Int { mean.count }
    var outputs: Int { layers.last?.outputs ?? 0 }

    /// Standard deviations within which a feature is held: a picture unlike all others gives no wild answer.
    static let clip: Float = 4
    /// Blocks that are told at once.
    static let lanes = 16

    /// Room for the values between the layers, so that nothing is allocated for each block.
    struct Scratch {
        var near: [Float]
        var far: [Float]

        init(for model: Perceptron) {
            let most = max(model.inputs, model.layers.map(\.outputs).max() ?? 0) * Perceptron.lanes
            near = [Float](repeating: 0, count: most)
            far = near
        }
    }

    /// Shares of the classes for ``lanes`` blocks.
    ///
    /// - Parameter features: feature k of block l is `features[k * lanes + l]`.
    /// - Returns: in the first `outputs * lanes` values of the buffer: class j of block l at `j * lanes + l`.
    /// - Complexity: O(weights); no allocation.
    func shares(_ features: UnsafePointer<Float>, _ scratch: inout Scratch, into out: UnsafeMutablePointer<Float>) {
        let lanes = Perceptron.lanes
        scratch.near.withUnsafeMutableBufferPointer { near in
            scratch.far.withUnsafeMutableBufferPointer { far in
                guard var from = near.baseAddress, var to = far.baseAddress else { return }
                for k in 0..<mean.count {
                    let middle = mean[k], factor = scale[k]
                    for l in 0..<lanes {
                        let value = (features[k * lanes + l] - middle) * factor
                        let high = value < Perceptron.clip ? value : Perceptron.clip
                        from[k * lanes + l] = high > -Perceptron.clip ? high : -Perceptron.clip
                    }
                }
                for (n, layer) in layers.enumerated() {
                    Perceptron.apply(layer, from, to, isLast: n == layers.count - 1)
                    swap(&from, &to)
                }
                Perceptron.softmax(from, count: outputs, into: out)
            }
        }
    }

    private typealias Lanes = SIMD16<Float>

    private static func apply(
        _ layer: Layer, _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, isLast: Bool
    ) {
        let input = UnsafeRawPointer(from), output = UnsafeMutableRawPointer(to)
        let stride = MemoryLayout<Lanes>.stride
        layer.weights.withUnsafeBufferPointer { weights in
            for j in 0..<layer.outputs {
                var sum = Lanes(repeating: layer.biases[j])
                for k in 0..<layer.inputs {
                    let weight = weights[j &* layer.inputs &+ k]
                    sum += input.loadUnaligned(fromByteOffset: k &* stride, as: Lanes.self) * weight
                }
                output.storeBytes(of: sum, toByteOffset: j &* stride, as: Lanes.self)
            }
        }
        guard !isLast else { return }
        for i in 0..<layer.outputs * lanes { to[i] = to[i] > 0 ? to[i] : 0 }
    }

    private static func softmax(
        _ values: UnsafePointer<Float>, count: Int, into out: UnsafeMutablePointer<Float>
    ) {
        for l in 0..<lanes {
            var highest = values[l]
            for j in 1..<count { highest = max(highest, values[j * lanes + l]) }
            var total: Float = 0
            for j in 0..<count {
                let power = exp(values[j * lanes + l] - highest)
                out[j * lanes + l] = power
                total += power
            }
            for j in 0..<count { out[j * lanes + l] /= total }
        }
    }
}
