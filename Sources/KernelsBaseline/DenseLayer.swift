/// The outputs of one layer for 16 lanes; see `Kernels.DenseLayer`.
@inline(never) public func denseLayer(
    _ weights: UnsafePointer<Float>, _ biases: UnsafePointer<Float>, _ inputs: Int, _ outputs: Int,
    _ isRectified: Bool, _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>
) {
    // Four outputs at once: their sums do not wait for each other.
    var j = 0
    while j &+ 4 <= outputs {
        let first = weights + j &* inputs, second = first + inputs, third = second + inputs, fourth = third + inputs
        var a = SIMD16<Float>(repeating: biases[j]), b = SIMD16<Float>(repeating: biases[j &+ 1])
        var c = SIMD16<Float>(repeating: biases[j &+ 2]), d = SIMD16<Float>(repeating: biases[j &+ 3])
        var k = 0
        while k < inputs {
            let input = lanes(from, k)
            a += input * first[k]
            b += input * second[k]
            c += input * third[k]
            d += input * fourth[k]
            k &+= 1
        }
        put(a, to, j)
        put(b, to, j &+ 1)
        put(c, to, j &+ 2)
        put(d, to, j &+ 3)
        j &+= 4
    }
    while j < outputs {
        var sum = SIMD16<Float>(repeating: biases[j])
        var k = 0
        while k < inputs {
            sum += lanes(from, k) * weights[j &* inputs &+ k]
            k &+= 1
        }
        put(sum, to, j)
        j &+= 1
    }
    guard isRectified else { return }
    var i = 0
    while i < 16 &* outputs {
        to[i] = to[i] > 0 ? to[i] : 0
        i &+= 1
    }
}

@inline(__always) private func lanes(_ from: UnsafePointer<Float>, _ k: Int) -> SIMD16<Float> {
    UnsafeRawPointer(from + 16 &* k).loadUnaligned(as: SIMD16<Float>.self)
}

@inline(__always) private func put(_ values: SIMD16<Float>, _ to: UnsafeMutablePointer<Float>, _ j: Int) {
    UnsafeMutableRawPointer(to + 16 &* j).storeBytes(of: values, as: SIMD16<Float>.self)
}
