import Kernels
import Pixels

extension Plane where Sample == Float {
    /// Every level less the mean of the (2·radius + 1)² window around it, over √(variance there + noise²): what light
    /// scales or lifts drops out.
    ///
    /// - Units: levels are taken to the nearest eighth, so that the sums are whole numbers.
    /// - Border: the part of the window that lies in the plane.
    /// - Precondition: levels lie in 0…255; the radius in 1…8.
    /// - Complexity: O(pixels), whatever the radius.
    func locallyNormalized(radius: Int, noise: Float, kernels: KernelSet) -> Plane<Float> {
        precondition((1...8).contains(radius), "sums of squares of so many levels fit")
        let width = width, height = height
        let normalized = [Float](unsafeUninitializedCapacity: width * height) { out, initialized in
            initialized = width * height
            // Eighths of a level, their sums down the columns, sums of their squares, and both along the row.
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: width * height + 4 * (width + 1)) { room in
                guard let eighths = room.baseAddress, let out = out.baseAddress else { return }
                samples.withUnsafeBufferPointer { samples in
                    // At 2^20 the last place of a Float is an eighth.
                    let base = Float(1 << 20)
                    var i = 0
                    while i < width &* height {
                        eighths[i] = Int32(bitPattern: (samples[i] + base).bitPattern &- base.bitPattern)
                        i &+= 1
                    }
                }
                let windows = NormalizingWindows(
                    eighths: eighths, width: width, height: height, radius: radius, noise: noise,
                    kernels: kernels, sums: eighths + width * height)
                windows.fill(out)
            }
        }
        return Plane(width: width, height: height, samples: normalized)
    }
}

/// The buffers of one local normalisation.
private struct NormalizingWindows {
    let eighths: UnsafeMutablePointer<Int32>
    let width: Int
    let height: Int
    let radius: Int
    let noise: Float
    let kernels: KernelSet
    /// Column sums, column sums of squares, and both from the left on.
    let sums: UnsafeMutablePointer<Int32>

    func fill(_ out: UnsafeMutablePointer<Float>) {
        sums.update(repeating: 0, count: 4 * (width + 1))
        for y in 0..<min(radius, height) { add(y) }
        for y in 0..<height {
            if y + radius < height, y > radius {
                replace(y - radius - 1, by: y + radius)
            } else if y + radius < height {
                add(y + radius)
            } else if y > radius {
                takeOff(y - radius - 1)
            }
            accumulate()
            let rows = min(y + radius, height - 1) - max(y - radius, 0) + 1
            let inner = min(radius, width)..<max(min(radius, width), width - radius)
            for x in 0..<inner.lowerBound { write(y, x..<x + 1, rows, out) }
            write(y, inner, rows, out)
            for x in inner.upperBound..<width { write(y, x..<x + 1, rows, out) }
        }
    }

    private func add(_ y: Int) {
        let row = eighths + y * width, squares = sums + (width + 1)
        var x = 0
        while x < width {
            sums[x] &+= row[x]
            squares[x] &+= row[x] &* row[x]
            x &+= 1
        }
    }

    private func takeOff(_ y: Int) {
        let row = eighths + y * width, squares = sums + (width + 1)
        var x = 0
        while x < width {
            sums[x] &-= row[x]
            squares[x] &-= row[x] &* row[x]
            x &+= 1
        }
    }

    private func replace(_ old: Int, by new: Int) {
        let leaving = eighths + old * width, coming = eighths + new * width, squares = sums + (width + 1)
        var x = 0
        while x < width {
            let a = coming[x], b = leaving[x], more = a &- b
            sums[x] &+= more
            squares[x] &+= more &* (a &+ b)
            x &+= 1
        }
    }

    /// Modulo 2³²: differences, sums over a window, are below.
    private func accumulate() {
        let squares = sums + (width + 1), along = sums + 2 * (width + 1), squaresAlong = sums + 3 * (width + 1)
        var sum: Int32 = 0, square: Int32 = 0, x = 0
        while x < width {
            sum &+= sums[x]
            square &+= squares[x]
            x &+= 1
            along[x] = sum
            squaresAlong[x] = square
        }
    }

    /// Samples whose windows have the width of the first one's.
    private func write(_ y: Int, _ columns: Range<Int>, _ rows: Int, _ out: UnsafeMutablePointer<Float>) {
        guard !columns.isEmpty else { return }
        let low = max(columns.lowerBound - radius, 0), window = min(columns.lowerBound + radius + 1, width) - low
        let along = sums + (2 * (width + 1) + low), count = columns.count
        var row = UnsafeMutableBufferPointer(start: out + (y * width + columns.lowerBound), count: count).mutableSpan
        kernels.normalizedRow(
            UnsafeBufferPointer(start: eighths + (y * width + columns.lowerBound), count: count).span,
            UnsafeBufferPointer(start: along, count: count + window).span,
            UnsafeBufferPointer(start: along + (width + 1), count: count + window).span, window,
            1 / Float(rows * window), noise * noise, &row)
    }
}
