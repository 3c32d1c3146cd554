/// One layer of a perceptron for ``lanes`` inputs at once: output j is bias j plus Σₖ weight · input k, added in the
/// order of k, and where `isRectified` not below 0.
///
/// - Exactness: bit-exact: products and sums are rounded one by one, never fused. Every set returns the same numbers.
public enum DenseLayer {
    public static let lanes = 16

    /// - Shape: the weight of input k for output j is `weights[j * n + k]`; input k of lane l is
    ///   `inputs[k * lanes + l]`, and so the outputs.
    /// - Precondition: `inputs.count == lanes * n`, `weights.count == n * m`, `biases.count == m`,
    ///   `outputs.count == lanes * m`.
    /// - Complexity: O(weights); no allocation.
    public typealias Layer =
        @Sendable (
            _ weights: Span<Float>, _ biases: Span<Float>, _ isRectified: Bool, _ inputs: Span<Float>,
            _ outputs: inout MutableSpan<Float>
        ) -> Void

    static let reference: Layer = { weights, biases, isRectified, inputs, outputs in
        let n = DenseLayer.inputs(weights, biases, inputs, outputs)
        for j in biases.indices {
            for l in 0..<lanes {
                var sum = biases[j]
                for k in 0..<n { sum += inputs[k * lanes + l] * weights[j * n + k] }
                outputs[j * lanes + l] = isRectified && !(sum > 0) ? 0 : sum
            }
        }
    }

    private static func inputs(
        _ weights: Span<Float>, _ biases: Span<Float>, _ inputs: Span<Float>, _ outputs: borrowing MutableSpan<Float>
    ) -> Int {
        let n = inputs.count / lanes
        precondition(inputs.count == n * lanes && outputs.count == biases.count * lanes, "a vector a value")
        precondition(weights.count == n * biases.count, "a weight for each input of each output")
        return n
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<Float>, UnsafePointer<Float>, Int, Int, Bool, UnsafePointer<Float>,
            UnsafeMutablePointer<Float>
        ) -> Void

    static func layer(_ vector: @escaping Vector) -> Layer {
        { weights, biases, isRectified, inputs, outputs in
            let n = DenseLayer.inputs(weights, biases, inputs, outputs)
            outputs.withUnsafeMutableBufferPointer { outputs in
                weights.withUnsafeBufferPointer { weights in
                    biases.withUnsafeBufferPointer { all in
                        inputs.withUnsafeBufferPointer { inputs in
                            guard let weights = weights.baseAddress, let biases = all.baseAddress,
                                let inputs = inputs.baseAddress, let outputs = outputs.baseAddress
                            else { return }
                            vector(weights, biases, n, all.count, isRectified, inputs, outputs)
                        }
                    }
                }
            }
        }
    }
}
