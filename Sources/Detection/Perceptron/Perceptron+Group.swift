import Kernels

extension Perceptron {
    /// Added to a variance before its root is taken, as the training does, for which a root has no slope at 0.
    static let leastVariance: Float = 1e-4

    /// The network as it tells the inputs of one group: what its layers see of the group is added to their biases.
    ///
    /// - Parameters:
    ///   - group: features of the group's blocks, or of so many that their means are the group's; feature k of block l
    ///     is `group[(l / lanes * inputs + k) * lanes + l % lanes]`.
    ///   - count: the blocks; the lanes that are left over are not looked at.
    /// - Complexity: O(blocks · weights); memory O(blocks · widest layer).
    func adapted(to group: Span<Float>, count: Int, kernels: KernelSet) -> Perceptron {
        guard count > 0, let last = layers.lastIndex(where: { !$0.context.isEmpty }) else { return self }
        let lanes = Perceptron.lanes, groups = (count + lanes - 1) / lanes
        var adapted = self
        var values = [Float](repeating: 0, count: groups * inputs * lanes)
        group.withUnsafeBufferPointer { group in
            values.withUnsafeMutableBufferPointer { values in
                for first in stride(from: 0, to: values.count, by: inputs * lanes) {
                    let range = first..<first + inputs * lanes
                    normalize(
                        UnsafeBufferPointer(rebasing: group[range]),
                        into: UnsafeMutableBufferPointer(rebasing: values[range]))
                }
            }
        }
        for k in 0...last {
            adapted.layers[k].see(values, count: count)
            if k < last { values = adapted.layers[k].outputs(of: values, kernels: kernels) }
        }
        return adapted
    }
}

extension Perceptron.Layer {
    /// Adds what the context makes of the inputs' means and deviations to the biases.
    fileprivate mutating func see(_ values: [Float], count: Int) {
        guard !context.isEmpty else { return }
        let seen = statistics(of: values, count: count)
        for j in 0..<outputs {
            var sum = biases[j]
            for (k, value) in seen.enumerated() { sum += context[j * seen.count + k] * value }
            biases[j] = sum
        }
    }

    /// Means of the inputs over `count` blocks, then their deviations.
    private func statistics(of values: [Float], count: Int) -> [Float] {
        let lanes = Perceptron.lanes, whole = count / lanes, share = 1 / Float(count)
        var means = [Float](repeating: 0, count: inputs), deviations = means
        values.withUnsafeBytes { bytes in
            for k in 0..<inputs {
                var sums = SIMD16<Float>.zero, squares = SIMD16<Float>.zero
                for group in 0..<whole {
                    let at = (group &* inputs &+ k) &* lanes
                    let value = bytes.loadUnaligned(
                        fromByteOffset: at &* MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
                    sums += value
                    squares += value * value
                }
                for lane in 0..<count - whole * lanes {
                    let value = values[(whole * inputs + k) * lanes + lane]
                    sums[lane] += value
                    squares[lane] += value * value
                }
                let mean = sums.sum() * share, variance = squares.sum() * share - mean * mean
                means[k] = mean
                deviations[k] = ((variance > 0 ? variance : 0) + Perceptron.leastVariance).squareRoot()
            }
        }
        return means + deviations
    }

    /// Rectified outputs for groups of ``Perceptron/lanes`` blocks, one after the other.
    fileprivate func outputs(of values: [Float], kernels: KernelSet) -> [Float] {
        let lanes = Perceptron.lanes, groups = values.count / (inputs * lanes)
        var found = [Float](repeating: 0, count: groups * outputs * lanes)
        values.withUnsafeBufferPointer { values in
            found.withUnsafeMutableBufferPointer { found in
                for group in 0..<groups {
                    let near = UnsafeBufferPointer(
                        rebasing: values[group * inputs * lanes..<(group + 1) * inputs * lanes])
                    var far = UnsafeMutableBufferPointer(
                        rebasing: found[group * outputs * lanes..<(group + 1) * outputs * lanes]
                    ).mutableSpan
                    kernels.denseLayer(weights.span, biases.span, true, near.span, &far)
                }
            }
        }
        return found
    }
}
