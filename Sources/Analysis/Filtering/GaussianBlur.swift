import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Plane where Sample == Float {
    /// The plane convolved with a Gaussian of standard deviation `sigma`, cut off at 3 sigma.
    ///
    /// - Border: the edge sample is repeated.
    /// - Complexity: O(pixels × sigma); two allocations of the plane's size.
    public func blurred(sigma: Float) -> Plane<Float> {
        precondition(sigma >= 0, "a standard deviation is not negative")
        let radius = Int((3 * sigma).rounded(.up))
        guard radius > 0, width > 0, height > 0 else { return self }
        var kernel = (-radius...radius).map { exp(-Float($0 * $0) / (2 * sigma * sigma)) }
        let total = kernel.reduce(0, +)
        for i in kernel.indices { kernel[i] /= total }
        return convolved(with: kernel, radius: radius)
    }

    /// The plane convolved with `kernel` along both axes.
    private func convolved(with kernel: [Float], radius: Int) -> Plane<Float> {
        let width = width, height = height
        var padded = [Float](repeating: 0, count: width + 2 * radius)
        var across = [Float](repeating: 0, count: width * height)
        var result = [Float](repeating: 0, count: width * height)
        samples.withUnsafeBufferPointer { source in
            across.withUnsafeMutableBufferPointer { across in
                padded.withUnsafeMutableBufferPointer { padded in
                    for y in 0..<height {
                        let base = y * width
                        for i in 0..<padded.count {
                            padded[i] = source[base + Swift.min(Swift.max(i - radius, 0), width - 1)]
                        }
                        for (k, weight) in kernel.enumerated() {
                            var x = 0
                            while x < width {
                                across[base &+ x] += weight * padded[x &+ k]
                                x &+= 1
                            }
                        }
                    }
                }
            }
        }
        across.withUnsafeBufferPointer { across in
            result.withUnsafeMutableBufferPointer { result in
                for y in 0..<height {
                    for (k, weight) in kernel.enumerated() {
                        let from = Swift.min(Swift.max(y + k - radius, 0), height - 1) * width, to = y * width
                        var x = 0
                        while x < width {
                            result[to &+ x] += weight * across[from &+ x]
                            x &+= 1
                        }
                    }
                }
            }
        }
        return Plane(width: width, height: height, samples: result)
    }
}
