import Kernels

/// Every kernel set on the same rows, the reference first; each result is checked against the reference's.
struct KernelBenchmarks {
    struct Row: Encodable {
        var kernel: String
        var set: String
        var pixels: Int
        var nanosecondsPerPixel: Timing
    }

    /// A row of a 1080p picture, 32 KiB of RGB (stays in the first cache), a 12-megapixel picture (does not).
    static let lengths = [1920, 10_922, 12_000_000]
    static let repetitions = 9
    /// Pixels a repetition covers at least.
    static let pixelsARepetition = 2_000_000

    func run() throws -> [Row] {
        let sets = Array(KernelSet.all.reversed())
        return try KernelBenchmarks.lengths.flatMap { length in
            let data = PixelRows(count: length)
            return try KernelWork.all.filter { length <= $0.longest }.flatMap { kernel in
                let expected = kernel.result(.reference, data)
                for set in sets where kernel.result(set, data) != expected {
                    throw BenchmarkFailure(
                        "\(kernel.name) of \(set.name) differs from the reference at \(length) pixels")
                }
                let rounds = max(1, KernelBenchmarks.pixelsARepetition / length)
                let timings = try Timing.interleaved(
                    sets.map { set in { kernel.repeated(set, data, rounds) } },
                    repetitions: KernelBenchmarks.repetitions)
                return zip(sets, timings).map { set, timing in
                    Row(
                        kernel: kernel.name, set: set.name, pixels: length,
                        nanosecondsPerPixel: timing.divided(by: Double(rounds * length)))
                }
            }
        }
    }
}

/// Pixels that wander from one to the next, as a picture's do, and a mask of long runs, about half inside: always the
/// same.
struct PixelRows: Sendable {
    let rgb: [UInt8]
    let mask: [UInt8]

    init(count: Int) {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        // Independent values would flatter histograms (no bin twice in a row) and starve branches of any pattern.
        func wander() -> [UInt8] {
            var level = [128, 128, 128]
            return (0..<3 * count).map { i in
                level[i % 3] = min(255, max(0, level[i % 3] + Int(next() >> 32) % 17 - 8))
                return UInt8(level[i % 3])
            }
        }
        rgb = wander()
        var isInside = false, left = 0
        mask = (0..<count).map { _ in
            if left == 0 {
                isInside.toggle()
                left = 1 + Int(next() % 400)
            }
            left -= 1
            return isInside ? 255 : 0
        }
    }
}

/// One kernel: what it returns as bytes to compare, and its repeated work.
struct KernelWork: Sendable {
    let name: String
    let result: @Sendable (KernelSet, PixelRows) -> [UInt64]
    let repeated: @Sendable (KernelSet, PixelRows, Int) -> Void
    /// Pixels up to which making its floats, once for all rounds, does not count.
    var longest = Int.max

    static let all = [
        sums, histograms, green, luminance, bytes, blocks, blockSums, layer, means, normalized, changed, residuals,
        windows, products,
    ]

    private static let sums = KernelWork(
        name: "colorSums",
        result: { set, data in
            var s = ColorSums()
            set.colorSums(data.rgb.span, data.mask.span, &s)
            return [s.count, s.redGreen, s.greenBlue, s.blueRed, s.clipped]
        },
        repeated: { set, data, rounds in
            var s = ColorSums()
            for _ in 0..<rounds { set.colorSums(data.rgb.span, data.mask.span, &s) }
        })

    private static let histograms = KernelWork(
        name: "colorHistograms",
        result: { set, data in
            var histograms = ColorHistograms()
            var bins = histograms.bins.mutableSpan
            set.colorHistograms(data.rgb.span, data.mask.span, &bins)
            return histograms.bins.map(UInt64.init)
        },
        repeated: { set, data, rounds in
            var histograms = ColorHistograms()
            var bins = histograms.bins.mutableSpan
            for _ in 0..<rounds { set.colorHistograms(data.rgb.span, data.mask.span, &bins) }
        })

    private static let green = KernelWork(
        name: "greenMask",
        result: { set, data in
            var out = data.mask
            var span = out.mutableSpan
            let count = set.greenMask(data.rgb.span, .livingPlants, &span)
            return out.map(UInt64.init) + [UInt64(count)]
        },
        repeated: { set, data, rounds in
            var out = data.mask
            var span = out.mutableSpan
            for _ in 0..<rounds { _ = set.greenMask(data.rgb.span, .livingPlants, &span) }
        })

    private static let luminance = KernelWork(
        name: "luminance",
        result: { set, data in
            var out = data.mask
            var span = out.mutableSpan
            set.luminance(data.rgb.span, &span)
            return out.map(UInt64.init)
        },
        repeated: { set, data, rounds in
            var out = data.mask
            var span = out.mutableSpan
            for _ in 0..<rounds { set.luminance(data.rgb.span, &span) }
        })

    /// Of all three channels.
    private static let bytes = KernelWork(
        name: "byteSum", result: { set, data in [set.byteSum(data.rgb.span)] },
        repeated: { set, data, rounds in
            var sum: UInt64 = 0
            for _ in 0..<rounds { sum &+= set.byteSum(data.rgb.span) }
            withExtendedLifetime(sum) {}
        })

    /// Blocks of two rows, each row half of the pixels.
    private static let blocks = KernelWork(
        name: "blockColors",
        result: { set, data in
            blockValues(set, data).map { UInt64(UInt16(bitPattern: $0)) }
        },
        repeated: { set, data, rounds in
            for _ in 0..<rounds { _ = blockValues(set, data) }
        })

    private static let logarithm = (0..<BlockColors.levels).map { Int16($0) }

    private static func blockValues(_ set: KernelSet, _ data: PixelRows) -> [Int16] {
        let n = data.mask.count / 4
        var out = [Int16](repeating: 0, count: BlockColors.count * n)
        var span = out.mutableSpan
        set.blockColors(
            data.rgb.span.extracting(0..<6 * n), data.rgb.span.extracting(6 * n..<12 * n), logarithm.span, &span)
        return out
    }

    /// One value of five for each pixel.
    private static let blockSums = KernelWork(
        name: "blockSums",
        result: { set, data in
            let n = data.mask.count / BlockColors.count
            let values = data.rgb.prefix(BlockColors.count * n).map { Int16($0) }
            var sums = [Int32](repeating: 0, count: BlockSums.count * n)
            var span = sums.mutableSpan
            set.blockSums(values.span, false, &span)
            return sums.map { UInt64(UInt32(bitPattern: $0)) }
        },
        repeated: { set, data, rounds in
            let n = data.mask.count / BlockColors.count
            let values = data.rgb.prefix(BlockColors.count * n).map { Int16($0) }
            var sums = [Int32](repeating: 0, count: BlockSums.count * n)
            var span = sums.mutableSpan
            for _ in 0..<rounds { set.blockSums(values.span, false, &span) }
        })

    /// 64 outputs of 32 inputs; a "pixel" is one weight for all lanes.
    private static let layer = KernelWork(
        name: "denseLayer",
        result: { set, data in layerOutputs(set, data, rounds: 1).map { UInt64($0.bitPattern) } },
        repeated: { set, data, rounds in _ = layerOutputs(set, data, rounds: max(rounds * data.mask.count / 2048, 1)) })

    private static func layerOutputs(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> [Float] {
        let numbers = data.rgb.prefix(2048).map { Float($0) / 64 - 2 }
        var outputs = [Float](repeating: 0, count: 64 * DenseLayer.lanes)
        var span = outputs.mutableSpan
        for _ in 0..<rounds {
            set.denseLayer(
                numbers.span, numbers.span.extracting(0..<64), true,
                numbers.span.extracting(0..<32 * DenseLayer.lanes), &span)
        }
        return outputs
    }

    /// Reduced by three.
    private static let means = KernelWork(
        name: "boxMeans", result: { set, data in reduced(set, data, rounds: 1).map(UInt64.init) },
        repeated: { set, data, rounds in _ = reduced(set, data, rounds: rounds) })

    private static func reduced(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> [UInt8] {
        let width = data.mask.count / 3
        var work = [UInt16](repeating: 0, count: 3 * width), out = [UInt8](repeating: 0, count: width / 3 * 3)
        var room = work.mutableSpan, row = out.mutableSpan
        for _ in 0..<rounds { set.boxMeans(data.rgb.span.extracting(0..<9 * width), 3, &room, &row) }
        return out
    }

    /// Levels of one channel, in windows of 17.
    private static let normalized = KernelWork(
        name: "normalizedRow",
        result: { set, data in normalizedLevels(set, data, rounds: 1).map { UInt64($0.bitPattern) } },
        repeated: { set, data, rounds in _ = normalizedLevels(set, data, rounds: rounds) },
        longest: 10_922)

    private static func normalizedLevels(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> [Float] {
        let window = 17, n = data.mask.count
        let levels = data.rgb.prefix(n + window).map { Int32($0) * 8 }
        var sums: [Int32] = [0], squares: [Int32] = [0]
        for level in levels.dropLast() {
            sums.append(sums[sums.count - 1] &+ level)
            squares.append(squares[squares.count - 1] &+ level &* level)
        }
        var out = [Float](repeating: 0, count: n)
        var row = out.mutableSpan
        for _ in 0..<rounds {
            set.normalizedRow(
                levels.span.extracting(0..<n), sums.span, squares.span, window, 1 / Float(window), 9, &row)
        }
        return out
    }

    private static let changed = KernelWork(
        name: "changedRow",
        result: { set, data in changes(set, data, rounds: 1).map(UInt64.init) },
        repeated: { set, data, rounds in _ = changes(set, data, rounds: rounds) },
        longest: 10_922)

    private static func changes(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> [UInt8] {
        let n = data.mask.count
        func plane(_ channel: Int, _ scale: Float, _ offset: Float) -> [Float] {
            (0..<n).map { Float(data.rgb[3 * $0 + channel]) * scale + offset }
        }
        let luminance = plane(0, 1, 0), other = plane(1, 1, 0), deviation = plane(2, 0.2, 0)
        let ratio = plane(1, 0.004, -0.5), otherRatio = plane(2, 0.004, -0.5)
        let products = zip(luminance, other).map { $0 * $1 + 40 }
        let limits = ChangedRow.Limits(
            flat: 0.05, correlation: 0.4, red: 0.01, blue: 0.02, across: 0.15, along: 0.35, darkest: 24, hued: 0.15,
            sameHue: 0.94, explainsVeil: true)
        var out = [UInt8](repeating: 0, count: n)
        var row = out.mutableSpan
        luminance.withUnsafeBufferPointer { luminance in
            other.withUnsafeBufferPointer { other in
                deviation.withUnsafeBufferPointer { deviation in
                    ratio.withUnsafeBufferPointer { ratio in
                        otherRatio.withUnsafeBufferPointer { otherRatio in
                            guard let luminance = luminance.baseAddress, let other = other.baseAddress,
                                let deviation = deviation.baseAddress, let ratio = ratio.baseAddress,
                                let otherRatio = otherRatio.baseAddress
                            else { return }
                            let now = ChangedRow.View(
                                mean: luminance, deviation: deviation, redGreen: ratio, blueGreen: otherRatio)
                            let then = ChangedRow.View(
                                mean: other, deviation: deviation, redGreen: otherRatio, blueGreen: ratio)
                            for _ in 0..<rounds { set.changedRow(now, then, products.span, limits, &row) }
                        }
                    }
                }
            }
        }
        return out
    }

    private static let residuals = KernelWork(
        name: "pointResiduals",
        result: { set, data in pointResiduals(set, data, rounds: 1).map { UInt64($0.bitPattern) } },
        repeated: { set, data, rounds in _ = pointResiduals(set, data, rounds: rounds) },
        longest: 10_922)

    /// Every second sample of a plane of 640 columns, as the steep points of a picture lie.
    private static func pointResiduals(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> [Float] {
        let n = data.mask.count, width = 640, height = 360
        let picture = (0..<width * height).map { Float(data.rgb[$0 % data.rgb.count]) / 40 }
        let x = (0..<n).map { Float(2 * $0 % width) - 320 }, y = (0..<n).map { Float(2 * $0 / width % height) - 180 }
        let motion = PointResiduals.Motion(
            c: 0.99999, s: 0.0017, offsetX: 320.3, offsetY: 179.6, limitX: Float(width - 2), limitY: Float(height - 2))
        var out = [Float](repeating: 0, count: n)
        picture.withUnsafeBufferPointer { picture in
            x.withUnsafeBufferPointer { x in
                y.withUnsafeBufferPointer { y in
                    out.withUnsafeMutableBufferPointer { out in
                        guard let picture = picture.baseAddress, let x = x.baseAddress, let y = y.baseAddress,
                            let out = out.baseAddress
                        else { return }
                        for _ in 0..<rounds { set.pointResiduals(picture, width, x, y, x, motion, n, out) }
                    }
                }
            }
        }
        return out
    }

    /// Of the pixels as one row, with itself.
    private static let products = KernelWork(
        name: "productSum", result: { set, data in [productSum(set, data, rounds: 1)] },
        repeated: { set, data, rounds in
            let sum = productSum(set, data, rounds: rounds)
            withExtendedLifetime(sum) {}
        }, longest: 10_922)

    private static func productSum(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> UInt64 {
        let numbers = data.rgb.prefix(data.mask.count).map { Int16($0) - 128 }
        var sum: Int32 = 0
        numbers.withUnsafeBufferPointer { numbers in
            guard let start = numbers.baseAddress else { return }
            for _ in 0..<rounds { sum &+= set.productSum(start, start, 0, numbers.count, 1) }
        }
        return UInt64(UInt32(bitPattern: sum))
    }

    /// Windows of 17, of four rows of a quarter of the pixels each.
    private static let windows = KernelWork(
        name: "windowMeans",
        result: { set, data in windowMeans(set, data, rounds: 1).map { UInt64($0.bitPattern) } },
        repeated: { set, data, rounds in _ = windowMeans(set, data, rounds: rounds) },
        longest: 10_922)

    private static func windowMeans(_ set: KernelSet, _ data: PixelRows, rounds: Int) -> [Float] {
        let width = data.mask.count / 4, radius = 8
        let plane = data.rgb.prefix(8 * width).map { Float($0) }
        var columns = [Double](repeating: 0, count: width), sums = [Double](repeating: 0, count: 4 * (width + 1))
        let inverses = (0..<width).map { 1 / Double(min($0 + radius, width - 1) - max($0 - radius, 0) + 1) }
        var out = [Float](repeating: 0, count: 4 * width)
        plane.withUnsafeBufferPointer { plane in
            inverses.withUnsafeBufferPointer { inverses in
                columns.withUnsafeMutableBufferPointer { columns in
                    sums.withUnsafeMutableBufferPointer { sums in
                        out.withUnsafeMutableBufferPointer { out in
                            guard let plane = plane.baseAddress, let inverses = inverses.baseAddress,
                                let columns = columns.baseAddress, let sums = sums.baseAddress,
                                let out = out.baseAddress
                            else { return }
                            let rows = (0..<8).map { plane + $0 * width }
                            rows.withUnsafeBufferPointer { rows in
                                guard let rows = rows.baseAddress else { return }
                                let buffers = WindowMeans.Buffers(
                                    rows: rows, columns: columns, sums: sums, inverses: inverses)
                                let shares = SIMD4<Double>(repeating: 1 / 17)
                                for _ in 0..<rounds { set.windowMeans(buffers, width, radius, shares, 4, out) }
                            }
                        }
                    }
                }
            }
        }
        return out
    }
}
