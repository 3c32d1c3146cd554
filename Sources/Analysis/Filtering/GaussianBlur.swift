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

    @inline(__always) private func eight(_ samples: UnsafeBufferPointer<Float>, _ i: Int) -> SIMD8<Float> {
        UnsafeRawBufferPointer(samples).loadUnaligned(fromByteOffset: 4 &* i, as: SIMD8<Float>.self)
    }

    @inline(__always) private func store(
        _ eight: SIMD8<Float>, _ samples: UnsafeMutableBufferPointer<Float>, _ i: Int
    ) { UnsafeMutableRawBufferPointer(samples).storeBytes(of: eight, toByteOffset: 4 &* i, as: SIMD8<Float>.self) }

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
                        kernel.withUnsafeBufferPointer { kernel in
                            var x = 0
                            while x &+ 8 <= width {
                                var sum = SIMD8<Float>.zero
                                for k in kernel.indices {
                                    sum += kernel[k] * eight(UnsafeBufferPointer(padded), x &+ k)
                                }
                                store(sum, across, base &+ x)
                                x &+= 8
                            }
                            while x < width {
                                for k in kernel.indices { across[base &+ x] += kernel[k] * padded[x &+ k] }
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
                    let to = y * width
                    kernel.withUnsafeBufferPointer { kernel in
                        func row(_ k: Int) -> Int { Swift.min(Swift.max(y &+ k &- radius, 0), height &- 1) &* width }
                        var x = 0
                        while x &+ 8 <= width {
                            var sum = SIMD8<Float>.zero
                            for k in kernel.indices { sum += kernel[k] * eight(across, row(k) &+ x) }
                            store(sum, result, to &+ x)
                            x &+= 8
                        }
                        while x < width {
                            for k in kernel.indices { result[to &+ x] += kernel[k] * across[row(k) &+ x] }
                            x &+= 1
                        }
                    }
                }
            }
        }
        return Plane(width: width, height: height, samples: result)
    }
}
