import Pixels

extension Plane where Sample == Float {
    /// The mean over the (2·radius + 1)² window around every sample, of the part that lies in the plane.
    ///
    /// - Complexity: O(pixels), whatever the radius; running sums in `Double`, down the columns and along each row.
    public func boxMean(radius: Int) -> Plane<Float> {
        precondition(radius >= 0, "a radius is not negative")
        guard radius > 0, width > 0, height > 0 else { return self }
        let width = width, height = height
        // Samples of the row that the window of each end sample takes in.
        let inverses = (0..<width).map { 1 / Double(Swift.min($0 + radius, width - 1) - Swift.max($0 - radius, 0) + 1) }
        var columns = [Double](repeating: 0, count: width)
        // Four rows at once: their running sums along the row do not wait for each other.
        var sums = [SIMD4<Double>](repeating: .zero, count: width + 1)
        let means = [Float](unsafeUninitializedCapacity: width * height) { result, initialized in
            samples.withUnsafeBufferPointer { source in
                columns.withUnsafeMutableBufferPointer { columns in
                    sums.withUnsafeMutableBufferPointer { sums in
                        inverses.withUnsafeBufferPointer { inverses in
                            let zeros = [Float](repeating: 0, count: width)
                            zeros.withUnsafeBufferPointer { zeros in
                                let box = BoxRows(
                                    source: source, zeros: zeros, width: width, height: height, radius: radius,
                                    columns: columns, sums: sums, inverses: inverses)
                                box.fill(result)
                            }
                        }
                    }
                }
            }
            initialized = width * height
        }
        return Plane(width: width, height: height, samples: means)
    }
}

/// The buffers of one box mean.
private struct BoxRows {
    let source: UnsafeBufferPointer<Float>
    /// Stands for rows outside the plane.
    let zeros: UnsafeBufferPointer<Float>
    let width: Int
    let height: Int
    let radius: Int
    let columns: UnsafeMutableBufferPointer<Double>
    let sums: UnsafeMutableBufferPointer<SIMD4<Double>>
    let inverses: UnsafeBufferPointer<Double>

    private func row(_ y: Int) -> UnsafePointer<Float> {
        guard let inside = source.baseAddress, let outside = zeros.baseAddress else {
            preconditionFailure("no samples")
        }
        return (0..<height).contains(y) ? inside + y * width : outside
    }

    func fill(_ result: UnsafeMutableBufferPointer<Float>) {
        for y in 0..<min(radius, height) { add(row(y)) }
        var y = 0
        while y < height {
            accumulate(from: y)
            let count = min(4, height - y)
            var rows = SIMD4<Double>(repeating: 0)
            for k in 0..<count { rows[k] = 1 / Double(min(y + k + radius, height - 1) - max(y + k - radius, 0) + 1) }
            write(from: y, count: count, rows, result)
            y += 4
        }
    }

    private func add(_ row: UnsafePointer<Float>) {
        var x = 0
        while x < width {
            columns[x] += Double(row[x])
            x &+= 1
        }
    }

    /// Moves the columns on by four rows and sums them along the row as they stand after each.
    private func accumulate(from y: Int) {
        let a = row(y + radius), b = row(y + 1 + radius), c = row(y + 2 + radius), d = row(y + 3 + radius)
        let e = row(y - radius - 1), f = row(y - radius), g = row(y + 1 - radius), h = row(y + 2 - radius)
        var sum = SIMD4<Double>.zero
        sums[0] = sum
        var x = 0
        while x < width {
            let first = columns[x] + Double(a[x]) - Double(e[x])
            let second = first + Double(b[x]) - Double(f[x])
            let third = second + Double(c[x]) - Double(g[x])
            let fourth = third + Double(d[x]) - Double(h[x])
            columns[x] = fourth
            sum += SIMD4(first, second, third, fourth)
            x &+= 1
            sums[x] = sum
        }
    }

    private func write(
        from y: Int, count: Int, _ rows: SIMD4<Double>, _ result: UnsafeMutableBufferPointer<Float>
    ) {
        var x = 0
        while x < width {
            let low = max(x &- radius, 0), high = min(x &+ radius &+ 1, width)
            let mean = (sums[high] - sums[low]) * (rows * inverses[x])
            let i = y &* width &+ x
            result[i] = Float(mean[0])
            if count > 1 { result[i &+ width] = Float(mean[1]) }
            if count > 2 { result[i &+ 2 &* width] = Float(mean[2]) }
            if count > 3 { result[i &+ 3 &* width] = Float(mean[3]) }
            x &+= 1
        }
    }
}
