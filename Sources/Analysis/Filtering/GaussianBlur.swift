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
        // The last rows convolved along themselves, row y at `y % kernel.count`.
        var across = [Float](repeating: 0, count: kernel.count * width)
        var padded = [Float](repeating: 0, count: width + 2 * radius)
        let result = [Float](unsafeUninitializedCapacity: width * height) { result, initialized in
            initialized = width * height
            samples.withUnsafeBufferPointer { source in
                across.withUnsafeMutableBufferPointer { across in
                    padded.withUnsafeMutableBufferPointer { padded in
                        kernel.withUnsafeBufferPointer { kernel in
                            guard let source = source.baseAddress, let across = across.baseAddress,
                                let padded = padded.baseAddress, let kernel = kernel.baseAddress,
                                let result = result.baseAddress
                            else { return }
                            let taps = Taps(kernel: kernel, radius: radius, width: width)
                            withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: taps.count) { rows in
                                var ready = 0
                                for y in 0..<height {
                                    while ready < Swift.min(y + radius + 1, height) {
                                        let row = across + ready % taps.count * width
                                        taps.fill(padded, from: source + ready * width)
                                        for k in 0..<taps.count { rows[k] = UnsafePointer(padded + k) }
                                        taps.add(rows, to: row)
                                        ready += 1
                                    }
                                    for k in 0..<taps.count {
                                        let from = Swift.min(Swift.max(y + k - radius, 0), height - 1)
                                        rows[k] = UnsafePointer(across + from % taps.count * width)
                                    }
                                    taps.add(rows, to: result + y * width)
                                }
                            }
                        }
                    }
                }
            }
        }
        return Plane(width: width, height: height, samples: result)
    }
}

/// The weights of a convolution along one axis.
private struct Taps {
    let kernel: UnsafePointer<Float>
    let radius: Int
    let width: Int
    var count: Int { 2 * radius + 1 }

    /// A row with its edge samples repeated.
    func fill(_ padded: UnsafeMutablePointer<Float>, from row: UnsafePointer<Float>) {
        padded.update(repeating: row[0], count: radius)
        (padded + radius).update(from: row, count: width)
        (padded + radius + width).update(repeating: row[width - 1], count: radius)
    }

    /// The weighted sum of as many rows.
    func add(_ rows: UnsafeMutableBufferPointer<UnsafePointer<Float>>, to out: UnsafeMutablePointer<Float>) {
        var x = 0
        while x &+ 16 <= width {
            var sum = SIMD16<Float>.zero
            var k = 0
            while k < count {
                sum += UnsafeRawPointer(rows[k] + x).loadUnaligned(as: SIMD16<Float>.self) * kernel[k]
                k &+= 1
            }
            UnsafeMutableRawPointer(out + x).storeBytes(of: sum, as: SIMD16<Float>.self)
            x &+= 16
        }
        while x < width {
            var sum: Float = 0
            for k in 0..<count { sum += kernel[k] * rows[k][x] }
            out[x] = sum
            x &+= 1
        }
    }
}
