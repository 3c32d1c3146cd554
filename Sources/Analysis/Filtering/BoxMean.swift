import Kernels
import Pixels

extension Plane where Sample == Float {
    /// The mean over the (2·radius + 1)² window around every sample, of the part that lies in the plane.
    ///
    /// - Complexity: O(pixels), whatever the radius; running sums in `Double`, down the columns and along each row.
    public func boxMean(radius: Int, kernels: KernelSet = .best) -> Plane<Float> {
        precondition(radius >= 0, "a radius is not negative")
        guard radius > 0, width > 0, height > 0 else { return self }
        let width = width, height = height, zeros = [Float](repeating: 0, count: width)
        let means = [Float](unsafeUninitializedCapacity: width * height) { result, initialized in
            initialized = width * height
            withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width + WindowMeans.rows * (width + 1)) {
                room in
                samples.withUnsafeBufferPointer { source in
                    zeros.withUnsafeBufferPointer { zeros in
                        guard let source = source.baseAddress, let zeros = zeros.baseAddress,
                            let room = room.baseAddress, let result = result.baseAddress
                        else { return }
                        let box = BoxRows(
                            source: source, zeros: zeros, width: width, height: height, radius: radius,
                            columns: room, inverses: room + width, sums: room + 2 * width)
                        box.fill(result, kernels: kernels)
                    }
                }
            }
        }
        return Plane(width: width, height: height, samples: means)
    }
}

/// The buffers of one box mean.
private struct BoxRows {
    let source: UnsafePointer<Float>
    /// Stands for rows outside the plane.
    let zeros: UnsafePointer<Float>
    let width: Int
    let height: Int
    let radius: Int
    let columns: UnsafeMutablePointer<Double>
    /// Of the samples of a row that each window takes in.
    let inverses: UnsafeMutablePointer<Double>
    let sums: UnsafeMutablePointer<Double>

    private func row(_ y: Int) -> UnsafePointer<Float> { (0..<height).contains(y) ? source + y * width : zeros }

    func fill(_ result: UnsafeMutablePointer<Float>, kernels: KernelSet) {
        columns.update(repeating: 0, count: width)
        for x in 0..<width { inverses[x] = 1 / Double(min(x + radius, width - 1) - max(x - radius, 0) + 1) }
        for y in 0..<min(radius, height) {
            let row = row(y)
            for x in 0..<width { columns[x] += Double(row[x]) }
        }
        let four = WindowMeans.rows
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: 2 * four) { rows in
            guard let first = rows.baseAddress else { return }
            for y in stride(from: 0, to: height, by: four) {
                var shares = SIMD4<Double>()
                for k in 0..<four {
                    rows[k] = row(y + k + radius)
                    rows[four + k] = row(y + k - radius - 1)
                    if y + k < height {
                        shares[k] = 1 / Double(min(y + k + radius, height - 1) - max(y + k - radius, 0) + 1)
                    }
                }
                kernels.windowMeans(
                    WindowMeans.Buffers(rows: first, columns: columns, sums: sums, inverses: inverses), width, radius,
                    shares, min(four, height - y), result + y * width)
            }
        }
    }
}
