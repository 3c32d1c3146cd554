import Kernels
import Testing

/// Every set against five-line definitions, at lengths around the vectors' and the blocks' ends, at every
/// misalignment.
@Suite struct EquivalenceTests {
    static let lengths = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 63, 65, 255, 1000, 2047, 2048, 2049, 4113]
    static let cases = KernelSet.all.flatMap { set in lengths.map { (set.name, $0) } }

    private func set(_ name: String) throws -> KernelSet { try #require(KernelSet(named: name)) }

    @Test(arguments: cases) func colorSums(name: String, length: Int) throws {
        let kernels = try set(name)
        for offset in [0, 1, 3, 13] {
            var random = Noise(seed: UInt64(length * 31 + offset))
            let rgb = random.bytes(3 * length + offset), mask = random.mask(length + offset)
            for extreme in [false, true] {
                let colors = extreme ? [UInt8](repeating: 255, count: rgb.count) : rgb
                var sums = ColorSums()
                sums.blueRed = 5
                kernels.colorSums(colors.span.extracting(offset...), mask.span.extracting(offset...), &sums)
                var expected = [UInt64](repeating: 0, count: 5)
                for i in 0..<length where mask[offset + i] != 0 {
                    let p = (0..<3).map { UInt64(colors[offset + 3 * i + $0]) }
                    let isClipped = p.contains { $0 == 0 || $0 == 255 }
                    let terms: [UInt64] = [1, p[0] * p[1], p[1] * p[2], p[2] * p[0], isClipped ? 1 : 0]
                    for k in 0..<5 { expected[k] += terms[k] }
                }
                let found = [sums.count, sums.redGreen, sums.greenBlue, sums.blueRed - 5, sums.clipped]
                #expect(found == expected, "seed \(length * 31 + offset), all white \(extreme)")
            }
        }
    }

    @Test(arguments: cases) func colorHistograms(name: String, length: Int) throws {
        let kernels = try set(name)
        for offset in [0, 1, 5] {
            var random = Noise(seed: UInt64(length * 17 + offset))
            let rgb = random.bytes(3 * length + offset), mask = random.mask(length + offset)
            var bins = [UInt32](repeating: 3, count: 768)
            var view = bins.mutableSpan
            kernels.colorHistograms(rgb.span.extracting(offset...), mask.span.extracting(offset...), &view)
            var expected = [UInt32](repeating: 3, count: 768)
            for i in 0..<length where mask[offset + i] != 0 {
                for channel in 0..<3 { expected[256 * channel + Int(rgb[offset + 3 * i + channel])] += 1 }
            }
            #expect(bins == expected, "seed \(length * 17 + offset)")
        }
    }

    @Test(arguments: cases) func luminance(name: String, length: Int) throws {
        let kernels = try set(name)
        for offset in [0, 1, 7] {
            var random = Noise(seed: UInt64(length * 13 + offset))
            let rgb = random.bytes(3 * length + offset)
            var out = [UInt8](repeating: 0xA5, count: length + offset + 16)
            guarded(&out, offset, length) { kernels.luminance(rgb.span.extracting(offset...), &$0) }
            let expected = (0..<length).map { i -> UInt8 in
                let p = (0..<3).map { Int(rgb[offset + 3 * i + $0]) }
                return UInt8((299 * p[0] + 587 * p[1] + 114 * p[2] + 500) / 1000)
            }
            #expect(Array(out[offset..<offset + length]) == expected, "seed \(length * 13 + offset)")
            #expect(
                out[..<offset].allSatisfy { $0 == 0xA5 } && out[(offset + length)...].allSatisfy { $0 == 0xA5 },
                "wrote outside its row")
        }
    }

    /// Every green and blue at some reds: all sums near whole levels are among them.
    @Test(arguments: KernelSet.all.dropLast().map(\.name)) func luminanceOfManyColours(name: String) throws {
        let kernels = try set(name)
        let reds: [UInt8] = [0, 1, 2, 100, 127, 201, 254, 255]
        let rgb = reds.flatMap { red in (0..<65536).flatMap { [red, UInt8($0 >> 8), UInt8($0 & 255)] } }
        var found = [UInt8](repeating: 0, count: rgb.count / 3), expected = found
        guarded(&found, 0, found.count) { kernels.luminance(rgb.span, &$0) }
        guarded(&expected, 0, expected.count) { KernelSet.reference.luminance(rgb.span, &$0) }
        #expect(found == expected)
    }

    @Test(arguments: cases) func byteSum(name: String, length: Int) throws {
        let kernels = try set(name)
        for offset in [0, 1, 7] {
            var random = Noise(seed: UInt64(length * 11 + offset))
            let bytes = random.bytes(length + offset), white = [UInt8](repeating: 255, count: 3 * length)
            let expected = bytes.dropFirst(offset).reduce(0) { $0 + Int($1) }
            #expect(kernels.byteSum(bytes.span.extracting(offset...)) == UInt64(expected))
            #expect(kernels.byteSum(white.span) == UInt64(3 * 255 * length))
        }
    }

    /// Whole numbers of 16 bits, the least and the greatest among them, in rows with something else between.
    @Test(arguments: cases) func productSum(name: String, length: Int) throws {
        let kernels = try set(name), stride = length + 3
        var random = Noise(seed: UInt64(length + 40))
        for (rows, isExtreme) in [(0, false), (1, false), (3, false), (2, true)] {
            func numbers() -> [Int16] {
                random.bytes(rows * stride + 1).map { isExtreme ? ($0 < 128 ? .min : .max) : Int16($0) * 7 - 900 }
            }
            let a = numbers(), b = numbers()
            var expected = 0
            for y in 0..<rows {
                for i in 0..<length { expected += Int(a[y * stride + i + 1]) * Int(b[y * stride + i]) }
            }
            let found = a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    guard let a = a.baseAddress, let b = b.baseAddress else { return Int32(0) }
                    return kernels.productSum(a + 1, b, stride, length, rows)
                }
            }
            #expect(found == Int32(truncatingIfNeeded: expected), "\(rows) rows")
        }
    }

    private static let logarithm = (0..<BlockColors.levels).map { Int16($0 * 7 % 1300) }

    private func blockColors(_ kernels: KernelSet, _ upper: [UInt8], _ lower: [UInt8], _ offset: Int) -> [Int16] {
        let n = (upper.count - offset) / 6
        var out = [Int16](repeating: 0x5A5A, count: 5 * n + 8)
        out.withUnsafeMutableBufferPointer { buffer in
            var span = UnsafeMutableBufferPointer(rebasing: buffer[..<(5 * n)]).mutableSpan
            kernels.blockColors(
                upper.span.extracting(offset..<offset + 6 * n), lower.span.extracting(offset..<offset + 6 * n),
                Self.logarithm.span, &span)
        }
        #expect(out[(5 * n)...].allSatisfy { $0 == 0x5A5A }, "wrote outside its room")
        return Array(out[..<(5 * n)])
    }

    @Test(arguments: cases) func blockColors(name: String, length: Int) throws {
        let kernels = try set(name)
        for offset in [0, 1, 5] {
            var random = Noise(seed: UInt64(length * 5 + offset))
            let upper = random.bytes(6 * length + offset), lower = random.bytes(6 * length + offset)
            let found = blockColors(kernels, upper, lower, offset)
            for i in 0..<length {
                var sums = [0, 0, 0], lights: [Int] = []
                for row in [upper, lower] {
                    for first in [offset + 6 * i, offset + 6 * i + 3] {
                        let p = (0..<3).map { Int(row[first + $0]) }
                        for k in 0..<3 { sums[k] += p[k] }
                        lights.append(77 * p[0] + 150 * p[1] + 29 * p[2])
                    }
                }
                let all: Int = lights.reduce(0, +), total = Float(sums[0] + sums[1] + sums[2] + 64)
                var away = 0
                for light in lights { away += abs(4 * light - all) }
                let level: Int16 = Self.logarithm[all / 256]
                let red = Float(2048 * (sums[1] - sums[0])) / total, blue = Float(2048 * (sums[1] - sums[2])) / total
                let spread = Float(away) / Float(all + 8192) * 1024
                let least: Int16 = Self.logarithm[min(sums[0], sums[1], sums[2])] - level
                let expected: [Int16] = [level, Int16(red), Int16(blue), Int16(spread), least]
                let values: [Int16] = (0..<5).map { found[$0 * length + i] }
                #expect(values == expected, "seed \(length * 5 + offset), block \(i)")
            }
        }
    }

    /// Corners of the colour cube in all four places: the greatest sums, differences and spreads.
    @Test(arguments: KernelSet.all.dropLast().map(\.name)) func blockColorsAtTheExtremes(name: String) throws {
        let kernels = try set(name),
            corners: [[UInt8]] = (0..<8).map { c in (0..<3).map { c >> $0 & 1 == 1 ? 255 : 0 } }
        let pairs = corners.flatMap { a in corners.map { a + $0 } }
        for below in pairs {
            let upper = pairs.flatMap { $0 }, lower = pairs.flatMap { _ in below }
            #expect(blockColors(kernels, upper, lower, 0) == blockColors(.reference, upper, lower, 0), "\(below)")
        }
    }

    @Test(arguments: cases) func blockSums(name: String, length: Int) throws {
        let kernels = try set(name)
        var random = Noise(seed: UInt64(length))
        let values = random.bytes(10 * length + 2).withUnsafeBytes { bytes in
            (0..<5 * length).map { bytes.loadUnaligned(fromByteOffset: 2 * $0, as: Int16.self) }
        }
        var sums = (0..<8 * length).map { Int32($0) &* 536_870_911 }
        let before = sums
        var view = sums.mutableSpan
        kernels.blockSums(values.span, false, &view)
        for k in 0..<8 {
            for i in 0..<length {
                let value = Int32(values[(k < 5 ? k : k - 5) * length + i])
                #expect(sums[k * length + i] == before[k * length + i] &+ (k < 5 ? value : value * value))
            }
        }
        var again = sums.mutableSpan
        kernels.blockSums(values.span, true, &again)
        #expect(sums == before)
    }

    @Test(arguments: KernelSet.all.map(\.name)) func denseLayer(name: String) throws {
        let kernels = try set(name)
        for (n, m) in [(0, 0), (1, 1), (3, 4), (29, 64), (64, 5), (7, 6), (5, 3)] {
            for isRectified in [false, true] {
                var random = Noise(seed: UInt64(100 * n + m))
                func numbers(_ count: Int) -> [Float] { random.bytes(count).map { (Float($0) - 127.3) / 7 } }
                let weights = numbers(n * m), biases = numbers(m), inputs = numbers(16 * n)
                var outputs = [Float](repeating: -1, count: 16 * m)
                var view = outputs.mutableSpan
                kernels.denseLayer(weights.span, biases.span, isRectified, inputs.span, &view)
                for j in 0..<m {
                    for l in 0..<16 {
                        var sum = biases[j]
                        for k in 0..<n { sum += inputs[16 * k + l] * weights[j * n + k] }
                        #expect(outputs[16 * j + l] == (isRectified ? max(sum, 0) : sum), "\(n) × \(m), output \(j)")
                    }
                }
            }
        }
    }

    @Test(arguments: KernelSet.all.map(\.name)) func boxMeans(name: String) throws {
        let kernels = try set(name)
        for factor in BoxMeans.factors {
            for width in [0, 1, factor, 17, 16 * factor, 16 * factor + 1, 333] {
                var random = Noise(seed: UInt64(100 * width + factor))
                for rows in [random.bytes(3 * width * factor), [UInt8](repeating: 255, count: 3 * width * factor)] {
                    let length = width / factor * 3
                    var work = [UInt16](repeating: 7, count: 3 * width),
                        out = [UInt8](repeating: 0xA5, count: length + 16)
                    var room = work.mutableSpan
                    guarded(&out, 0, length) { kernels.boxMeans(rows.span, factor, &room, &$0) }
                    for i in 0..<length {
                        var sum = 0
                        for k in 0..<factor * factor {
                            sum += Int(rows[k / factor * 3 * width + (i / 3 * factor + k % factor) * 3 + i % 3])
                        }
                        #expect(
                            Int(out[i]) == (2 * sum + factor * factor) / (2 * factor * factor), "\(factor), \(width)")
                    }
                    #expect(out[length...].allSatisfy { $0 == 0xA5 }, "wrote outside its row")
                }
            }
        }
    }

    @Test(arguments: cases) func normalizedRow(name: String, length: Int) throws {
        let kernels = try set(name), window = 7
        var random = Noise(seed: UInt64(length + 3))
        let levels = random.bytes(length + window).map { Int32($0) * 8 }
        // Running sums that pass 2³¹.
        var sums: [Int32] = [.max - 1000], squares: [Int32] = [.max - 5]
        for value in levels {
            sums.append(sums[sums.count - 1] &+ value)
            squares.append(squares[squares.count - 1] &+ value &* value)
        }
        sums.removeLast()
        squares.removeLast()
        var out = [Float](repeating: -9, count: length + 8)
        out.withUnsafeMutableBufferPointer { buffer in
            var span = UnsafeMutableBufferPointer(rebasing: buffer[..<length]).mutableSpan
            kernels.normalizedRow(
                levels.span.extracting(0..<length), sums.span, squares.span, window, 1 / Float(window), 9, &span)
        }
        for i in 0..<length {
            let around = levels[i..<i + window].map { Float($0) }
            let mean = around.reduce(0, +) * (1 / Float(window))
            let square = mean * mean
            let variance = around.reduce(0) { $0 + $1 * $1 } * (1 / Float(window)) - square
            let scaled = max(variance, 0) * 0.015625
            #expect(out[i] == (Float(levels[i]) - mean) * 0.125 / (scaled + 9).squareRoot())
        }
        #expect(out[length...].allSatisfy { $0 == -9 }, "wrote outside its row")
    }

    @Test(arguments: cases) func changedRow(name: String, length: Int) throws {
        let kernels = try set(name)
        for (k, explainsVeil) in [false, true].enumerated() {
            var random = Noise(seed: UInt64(length * 5 + k))
            func plane(_ low: Float, _ high: Float) -> [Float] {
                random.bytes(length + 1).map { low + (high - low) * Float($0) / 255 }
            }
            // Beginning at the second float: no multiple of a vector.
            let now = [plane(0, 255), plane(0, 60), plane(-0.6, 0.6), plane(-0.6, 0.6)]
            let then = [plane(0, 255), plane(0, 60), plane(-0.6, 0.6), plane(-0.6, 0.6)]
            let products: [Float] = (0...length).map { now[0][$0] * then[0][$0] + (Float($0 % 97) * 20 - 800) }
            let limits = ChangedRow.Limits(
                flat: 0.12, correlation: 0.4, red: 0.02, blue: -0.03, across: 0.3, along: 0.5, darkest: 24, hued: 0.15,
                sameHue: 0.94, explainsVeil: explainsVeil)
            var out = [UInt8](repeating: 0xA5, count: length + 8)
            lending(now) { now in
                lending(then) { then in
                    out.withUnsafeMutableBufferPointer { buffer in
                        var span = UnsafeMutableBufferPointer(rebasing: buffer[..<length]).mutableSpan
                        kernels.changedRow(now, then, products.span.extracting(1...), limits, &span)
                    }
                }
            }
            for i in 0..<length {
                let n: [Float] = now.map { $0[i + 1] }
                let t: [Float] = then.map { $0[i + 1] }
                let r: Float = n[2] - t[2] - 0.02, b: Float = n[3] - t[3] + 0.03
                let own: Float = n[2] * n[2] + n[3] * n[3], other: Float = t[2] * t[2] + t[3] * t[3]
                let dot: Float = n[2] * t[2] + n[3] * t[3]
                let sameHue: Float = 0.94 * 0.94, hued: Float = 0.15 * 0.15
                let isSameHue: Bool = min(own, other) > hued && dot > 0 && dot * dot > sameHue * (own * other)
                let isOther: Bool = abs(r + b) * 0.70710678 > 0.3 || abs(r - b) * 0.70710678 > 0.5
                let colour: Bool = isOther && min(n[0], t[0]) > 24 && !(explainsVeil && isSameHue)
                let structured: Bool = n[1] > 0.12 * max(n[0], 12) || t[1] > 0.12 * max(t[0], 12)
                let covariance: Float = products[i + 1] - n[0] * t[0]
                let structure: Bool = structured && covariance < 0.4 * (max(n[1], 0.5) * max(t[1], 0.5))
                #expect(out[i] == (colour || structure ? 255 : 0), "pixel \(i)")
            }
            #expect(out[length...].allSatisfy { $0 == 0xA5 }, "wrote outside its row")
        }
    }

    private func lending(_ planes: [[Float]], _ body: (ChangedRow.View) -> Void) {
        planes[0].withUnsafeBufferPointer { a in
            planes[1].withUnsafeBufferPointer { b in
                planes[2].withUnsafeBufferPointer { c in
                    planes[3].withUnsafeBufferPointer { d in
                        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress, let d = d.baseAddress
                        else { return }
                        body(.init(mean: a + 1, deviation: b + 1, redGreen: c + 1, blueGreen: d + 1))
                    }
                }
            }
        }
    }

    @Test(arguments: cases) func pointResiduals(name: String, length: Int) throws {
        let kernels = try set(name), width = 41, height = 23
        var random = Noise(seed: UInt64(length + 9))
        let picture = random.bytes(width * height).map { Float($0) / 40 - 3 }
        // Some of them far outside, and some on the border itself.
        let x = random.bytes(length + 1).map { Float($0) / 5 - 25 }
        let y = random.bytes(length + 1).map { Float($0) / 9 - 14 }
        let values = random.bytes(length + 1).map { Float($0) / 50 - 2 }
        for (c, s, dx) in [(Float(1), Float(0), Float(0)), (0.9994, 0.0347, 0.37)] {
            let motion = PointResiduals.Motion(
                c: c, s: s, offsetX: 20 + dx, offsetY: 11 - dx, limitX: Float(width - 2), limitY: Float(height - 2))
            var out = [Float](repeating: -9, count: length + 8)
            let first = min(1, length)
            picture.withUnsafeBufferPointer { picture in
                x.withUnsafeBufferPointer { x in
                    y.withUnsafeBufferPointer { y in
                        values.withUnsafeBufferPointer { values in
                            out.withUnsafeMutableBufferPointer { out in
                                guard let picture = picture.baseAddress, let x = x.baseAddress, let y = y.baseAddress,
                                    let values = values.baseAddress, let out = out.baseAddress
                                else { return }
                                kernels.pointResiduals(
                                    picture, width, x + first, y + first, values + first, motion, length, out)
                            }
                        }
                    }
                }
            }
            for i in 0..<length {
                let ax = x[i + first], ay = y[i + first]
                let px: Float = c * ax - s * ay + motion.offsetX, py: Float = s * ax + c * ay + motion.offsetY
                var expected = PointResiduals.outside
                if px >= 1, py >= 1, px < Float(width - 2), py < Float(height - 2) {
                    let k = Int(py) * width + Int(px)
                    let u: Float = px - px.rounded(.down), v: Float = py - py.rounded(.down)
                    let top: Float = picture[k] + u * (picture[k + 1] - picture[k])
                    let bottom: Float = picture[k + width] + u * (picture[k + width + 1] - picture[k + width])
                    expected = top + v * (bottom - top) - values[i + first]
                }
                #expect(out[i] == expected, "point \(px), \(py)")
            }
            #expect(out[length...].allSatisfy { $0 == -9 }, "wrote outside its row")
        }
    }

    /// Windows of 5 × 5 in a plane of five rows, of which the last stands alone in its four; below and above it are zeros.
    @Test(arguments: cases) func windowMeans(name: String, length: Int) throws {
        let kernels = try set(name), radius = 2, height = 5
        guard length > 0 else { return }
        var random = Noise(seed: UInt64(length + 21))
        let plane = random.bytes(length * height + 1).map { Float($0) / 3 - 40 }
        // The sums of the rows above the first row's windows, in the order in which they come.
        var columns = (0..<length).map { Double(plane[1 + $0]) + Double(plane[1 + length + $0]) }
        var expected = columns
        let inverses = (0..<length).map { 1 / Double(min($0 + radius, length - 1) - max($0 - radius, 0) + 1) }
        let zeros = [Float](repeating: 0, count: length)
        var sums = [Double](repeating: -1, count: 4 * (length + 1) + 4), out = [Float](repeating: -9, count: 5 * length)
        for (first, count) in [(0, 4), (4, 1)] {
            let shares = SIMD4<Double>(0.3, 0.25, 0.2, 0.19)
            plane.withUnsafeBufferPointer { plane in
                zeros.withUnsafeBufferPointer { zeros in
                    inverses.withUnsafeBufferPointer { inverses in
                        columns.withUnsafeMutableBufferPointer { columns in
                            sums.withUnsafeMutableBufferPointer { sums in
                                out.withUnsafeMutableBufferPointer { out in
                                    guard let plane = plane.baseAddress, let zeros = zeros.baseAddress,
                                        let inverses = inverses.baseAddress, let columns = columns.baseAddress,
                                        let sums = sums.baseAddress, let out = out.baseAddress
                                    else { return }
                                    // Beginning at the second float: no multiple of a vector.
                                    let rows = (0..<8).map { k -> UnsafePointer<Float> in
                                        let y = k < 4 ? first + k + radius : first + k - 4 - radius - 1
                                        return (0..<height).contains(y) ? plane + 1 + y * length : zeros
                                    }
                                    rows.withUnsafeBufferPointer { rows in
                                        guard let rows = rows.baseAddress else { return }
                                        kernels.windowMeans(
                                            .init(rows: rows, columns: columns, sums: sums, inverses: inverses),
                                            length, radius, shares, count, out + first * length)
                                    }
                                }
                            }
                        }
                    }
                }
            }
            for k in 0..<4 {
                func sample(_ y: Int, _ x: Int) -> Double {
                    (0..<height).contains(y) ? Double(plane[1 + y * length + x]) : 0
                }
                var running = [0.0]
                for x in 0..<length {
                    expected[x] = expected[x] + sample(first + k + radius, x) - sample(first + k - radius - 1, x)
                    running.append(running[x] + expected[x])
                }
                guard k < count else { continue }
                for x in 0..<length {
                    let window = running[min(x + radius + 1, length)] - running[max(x - radius, 0)]
                    let mean = Float(window * (shares[k] * inverses[x]))
                    #expect(out[(first + k) * length + x] == mean, "row \(first + k), column \(x)")
                }
            }
            #expect(out[((first + count) * length)...].allSatisfy { $0 == -9 }, "wrote outside its rows")
            #expect(sums[(4 * (length + 1))...].allSatisfy { $0 == -1 }, "wrote outside its room")
            #expect(columns == expected)
        }
    }

    static let rules = [
        GreenRule.livingPlants, GreenRule(level: -4000, slope: 0, redRatio: 128, blueRatio: 128),
        GreenRule(level: 8000, slope: 20, redRatio: 64, blueRatio: 64),
        GreenRule(level: 0, slope: 20, redRatio: 61, blueRatio: 0),
    ]

    @Test(arguments: cases) func greenMask(name: String, length: Int) throws {
        let kernels = try set(name)
        for (offset, rule) in zip([0, 1, 3, 7], EquivalenceTests.rules) {
            var random = Noise(seed: UInt64(length * 7 + offset))
            let rgb = random.bytes(3 * length + offset)
            try check(kernels, rgb, offset, length, rule)
        }
    }

    /// All corners of the colour cube and their neighbours: where a 16-bit lane would overflow first.
    @Test(arguments: KernelSet.all.map(\.name)) func greenMaskAtTheExtremes(name: String) throws {
        let kernels = try set(name)
        let levels: [UInt8] = [0, 1, 2, 64, 127, 128, 200, 254, 255]
        let rgb = levels.flatMap { r in levels.flatMap { g in levels.flatMap { b in [r, g, b] } } }
        for rule in EquivalenceTests.rules { try check(kernels, rgb, 0, rgb.count / 3, rule) }
    }

    private func check(_ kernels: KernelSet, _ rgb: [UInt8], _ offset: Int, _ length: Int, _ rule: GreenRule) throws {
        var out = [UInt8](repeating: 0xA5, count: length + offset + 16)
        var count = -1
        guarded(&out, offset, length) { count = kernels.greenMask(rgb.span.extracting(offset...), rule, &$0) }
        let expected = (0..<length).map { i -> UInt8 in
            let p = (0..<3).map { Int(rgb[offset + 3 * i + $0]) }
            let index = 80 * p[1] - 56 * p[0] - 24 * p[2]
            let isBright = index > Int(rule.level) + Int(rule.slope) * (p[0] + p[1] + p[2])
            return isBright && 64 * p[0] < Int(rule.redRatio) * p[1] && 64 * p[2] < Int(rule.blueRatio) * p[1] ? 255 : 0
        }
        #expect(Array(out[offset..<offset + length]) == expected, "\(rule), offset \(offset)")
        #expect(count == expected.count { $0 == 255 })
        #expect(
            out[..<offset].allSatisfy { $0 == 0xA5 } && out[(offset + length)...].allSatisfy { $0 == 0xA5 },
            "wrote outside its row")
    }

    private func guarded(_ out: inout [UInt8], _ offset: Int, _ length: Int, _ body: (inout MutableSpan<UInt8>) -> Void)
    {
        out.withUnsafeMutableBufferPointer { buffer in
            let row = UnsafeMutableBufferPointer(rebasing: buffer[offset..<offset + length])
            var span = row.mutableSpan
            body(&span)
        }
    }
}
