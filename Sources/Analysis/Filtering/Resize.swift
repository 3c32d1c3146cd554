import Kernels
import Pixels

extension Plane where Sample == UInt8 {
    /// Every `factor` × `factor` block averaged to one sample, rounded half up.
    ///
    /// - Border: columns and rows that do not fill a block at the right and bottom are dropped.
    /// - Precondition: `factor >= 1`.
    /// - Complexity: O(pixels); two allocations.
    public func downscaled(by factor: Int) -> Plane<UInt8> {
        let bytes = Resize.boxes(samples, width: width, height: height, channels: 1, factor: factor)
        return Plane(width: width / factor, height: height / factor, samples: bytes)
    }

    /// The plane at a smaller size, every sample the mean of the area it covers.
    ///
    /// - Precondition: `size` is not larger than the plane and not empty.
    public func resized(to size: Size) -> Plane<UInt8> {
        Plane(
            width: size.width, height: size.height,
            samples: Resize.areas(samples, from: self.size, to: size, channels: 1))
    }
}

extension RGBImage {
    /// Every `factor` × `factor` block averaged to one pixel, rounded half up.
    ///
    /// - Border: columns and rows that do not fill a block at the right and bottom are dropped.
    /// - Precondition: `factor >= 1`.
    /// - Exactness: the same bytes for every `KernelSet`.
    public func downscaled(by factor: Int, kernels: KernelSet = .best) -> RGBImage {
        let bytes =
            BoxMeans.factors.contains(factor)
            ? Resize.means(of: self, factor: factor, kernels: kernels)
            : Resize.boxes(bytes, width: width, height: height, channels: 3, factor: factor)
        return RGBImage(width: width / factor, height: height / factor, bytes: bytes)
    }

    /// The image at another size: along an axis that shrinks every pixel is the mean of what it covers, along one that
    /// grows it lies between the nearest two.
    ///
    /// - Border: the outermost pixels go on beyond it.
    /// - Precondition: `size` is not empty.
    public func resized(to size: Size) -> RGBImage {
        RGBImage(
            width: size.width, height: size.height, bytes: Resize.areas(bytes, from: self.size, to: size, channels: 3))
    }
}

extension Mask {
    /// Inside where at least half of the `factor` × `factor` block is inside.
    ///
    /// - Border: columns and rows that do not fill a block at the right and bottom are dropped.
    public func downscaled(by factor: Int) -> Mask {
        let small = Mask(width: width / factor, height: height / factor, inside: false)
        // Most cameras ignore nothing.
        guard count > 0 else { return small }
        let means = Resize.boxes(bytes, width: width, height: height, channels: 1, factor: factor)
        return Mask(width: small.width, height: small.height, bytes: means.map { $0 >= 128 ? 255 : 0 })
    }
}

enum Resize {
    static func means(of image: RGBImage, factor: Int, kernels: KernelSet) -> [UInt8] {
        let rowBytes = 3 * image.width, outBytes = image.width / factor * 3, height = image.height / factor
        return [UInt8](unsafeUninitializedCapacity: outBytes * height) { out, initialized in
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: max(rowBytes, 1)) { room in
                var work = UnsafeMutableBufferPointer(rebasing: room[..<rowBytes]).mutableSpan
                for y in 0..<height {
                    var row = UnsafeMutableBufferPointer(rebasing: out[y * outBytes..<(y + 1) * outBytes]).mutableSpan
                    let from = y * factor * rowBytes
                    kernels.boxMeans(
                        image.bytes.span.extracting(from..<from + factor * rowBytes), factor, &work, &row)
                }
            }
            initialized = outBytes * height
        }
    }

    static func boxes(_ bytes: [UInt8], width: Int, height: Int, channels: Int, factor: Int) -> [UInt8] {
        precondition(factor >= 1, "a scale factor is at least 1")
        if factor == 1 { return bytes }
        let blockBytes = factor * width * channels
        return bytes.withUnsafeBufferPointer { bytes in
            boxes(width, height, channels, factor) {
                UnsafeBufferPointer(rebasing: bytes[$0 * blockBytes..<($0 + 1) * blockBytes])
            }
        }
    }

    /// - Parameter rows: the `factor` rows behind row y of the result.
    @inline(__always) private static func boxes(
        _ width: Int, _ height: Int, _ channels: Int, _ factor: Int, rows: (Int) -> UnsafeBufferPointer<UInt8>
    ) -> [UInt8] {
        factor <= 8
            ? boxes(width, height, channels, factor, UInt16.self, rows: rows)
            : boxes(width, height, channels, factor, UInt32.self, rows: rows)
    }

    @inline(__always) private static func boxes<Sum: FixedWidthInteger & UnsignedInteger>(
        _ width: Int, _ height: Int, _ channels: Int, _ factor: Int, _: Sum.Type,
        rows: (Int) -> UnsafeBufferPointer<UInt8>
    ) -> [UInt8] {
        let outWidth = width / factor, outHeight = height / factor, rowBytes = width * channels
        let used = outWidth * factor * channels, area = UInt64(factor * factor), half = Sum(area / 2)
        // A sum s is below 2^8 · area, and the reciprocal too large by less than area / 2^(bits + shift): with blocks of
        // 64 samples in 16 bits and of 65,536 in 32 the product errs by less than one in `area`, so it is exact.
        precondition(area <= 1 << 16, "a block holds at most 65,536 samples")
        let shift = UInt64(area.bitWidth - (area - 1).leadingZeroBitCount - 1)
        let reciprocal = ((1 << (UInt64(Sum.bitWidth) + shift)) + area - 1) / area
        var columns = [Sum](repeating: 0, count: rowBytes), sums = columns
        return [UInt8](unsafeUninitializedCapacity: outWidth * outHeight * channels) { out, initialized in
            columns.withUnsafeMutableBufferPointer { columns in
                sums.withUnsafeMutableBufferPointer { sums in
                    for y in 0..<outHeight {
                        addRows(rows(y), count: factor, rowBytes, columns)
                        _ = sums.update(fromContentsOf: columns)
                        for k in 1..<factor { addShifted(columns, by: k * channels, used, sums) }
                        divide(sums, used, half, Sum(truncatingIfNeeded: reciprocal), Sum(shift))
                        let first = y &* outWidth &* channels
                        if channels == 3 {
                            pick(sums, every: factor, 3, outWidth, out, first)
                        } else {
                            pick(sums, every: factor, channels, outWidth, out, first)
                        }
                    }
                }
            }
            initialized = outWidth * outHeight * channels
        }
    }

    @inline(__always) private static func addRows<Sum: FixedWidthInteger & UnsignedInteger>(
        _ bytes: UnsafeBufferPointer<UInt8>, count: Int, _ rowBytes: Int, _ columns: UnsafeMutableBufferPointer<Sum>
    ) {
        var row = 2, i = 0
        // Blocks have two rows at least.
        var a = 0, b = rowBytes
        while i < rowBytes {
            columns[i] = Sum(truncatingIfNeeded: bytes[a &+ i]) &+ Sum(truncatingIfNeeded: bytes[b &+ i])
            i &+= 1
        }
        while row < count {
            // The last row of an odd number stands alone.
            let isPair = row + 1 < count
            a = row &* rowBytes
            b = isPair ? a &+ rowBytes : a
            i = 0
            if isPair {
                while i < rowBytes {
                    columns[i] &+= Sum(truncatingIfNeeded: bytes[a &+ i]) &+ Sum(truncatingIfNeeded: bytes[b &+ i])
                    i &+= 1
                }
            } else {
                while i < rowBytes {
                    columns[i] &+= Sum(truncatingIfNeeded: bytes[a &+ i])
                    i &+= 1
                }
            }
            row += 2
        }
    }

    /// Every sum, of whole blocks and of shifted ones alike, becomes its rounded mean: cheaper than picking first.
    @inline(__always) private static func divide<Sum: FixedWidthInteger & UnsignedInteger>(
        _ sums: UnsafeMutableBufferPointer<Sum>, _ count: Int, _ half: Sum, _ reciprocal: Sum, _ shift: Sum
    ) {
        var i = 0
        while i < count {
            sums[i] = (sums[i] &+ half).multipliedFullWidth(by: reciprocal).high &>> shift
            i &+= 1
        }
    }

    @inline(__always) private static func pick<Sum: FixedWidthInteger & UnsignedInteger>(
        _ sums: UnsafeMutableBufferPointer<Sum>, every factor: Int, _ channels: Int, _ count: Int,
        _ out: UnsafeMutableBufferPointer<UInt8>, _ first: Int
    ) {
        var x = 0, from = 0, to = first
        while x < count {
            for channel in 0..<channels { out[to &+ channel] = UInt8(truncatingIfNeeded: sums[from &+ channel]) }
            from &+= factor &* channels
            to &+= channels
            x &+= 1
        }
    }

    @inline(__always) private static func addShifted<Sum: FixedWidthInteger & UnsignedInteger>(
        _ columns: UnsafeMutableBufferPointer<Sum>, by shift: Int, _ used: Int, _ sums: UnsafeMutableBufferPointer<Sum>
    ) {
        var i = 0
        while i < used &- shift {
            sums[i] &+= columns[i &+ shift]
            i &+= 1
        }
    }

    /// Of which of `from` input samples, and with which weights, each of `count` output samples is made.
    private static func spans(_ count: Int, from: Int) -> [(first: Int, weights: [Float])] {
        (0..<count).map { i in
            if count > from {
                let place = (Double(i) + 0.5) * Double(from) / Double(count) - 0.5
                let inside = min(max(place, 0), Double(from - 1)), first = min(Int(inside), max(from - 2, 0))
                let further = Float(inside - Double(first))
                return (first, from > 1 ? [1 - further, further] : [1])
            }
            let low = Double(i) * Double(from) / Double(count), high = Double(i + 1) * Double(from) / Double(count)
            let first = Int(low), end = min(from, Int(high.rounded(.up)))
            let weights = (first..<end).map { Float((min(high, Double($0 + 1)) - max(low, Double($0))) / (high - low)) }
            return (first, weights)
        }
    }

    static func areas(_ bytes: [UInt8], from: Size, to: Size, channels: Int) -> [UInt8] {
        precondition(to.width > 0 && to.height > 0, "an image has pixels")
        if from == to { return bytes }
        let columns = spans(to.width, from: from.width), rows = spans(to.height, from: from.height)
        var result = [UInt8](repeating: 0, count: to.width * to.height * channels)
        var line = [Float](repeating: 0, count: from.width * channels)
        for y in 0..<to.height {
            for i in line.indices { line[i] = 0 }
            for (offset, weight) in rows[y].weights.enumerated() {
                let base = (rows[y].first + offset) * from.width * channels
                for i in line.indices { line[i] += weight * Float(bytes[base + i]) }
            }
            for x in 0..<to.width {
                for channel in 0..<channels {
                    var sum: Float = 0
                    for (offset, weight) in columns[x].weights.enumerated() {
                        sum += weight * line[(columns[x].first + offset) * channels + channel]
                    }
                    result[(y * to.width + x) * channels + channel] = UInt8(min(max(sum + 0.5, 0), 255))
                }
            }
        }
        return result
    }
}
