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
                var expected = [UInt64](repeating: 0, count: 11)
                for i in 0..<length where mask[offset + i] != 0 {
                    let p = (0..<3).map { UInt64(colors[offset + 3 * i + $0]) }
                    let terms = [
                        1, p[0], p[1], p[2], p[0] * p[0], p[1] * p[1], p[2] * p[2], p[0] * p[1], p[1] * p[2],
                        p[2] * p[0], p.contains { $0 == 0 || $0 == 255 } ? 1 : 0,
                    ]
                    for k in 0..<11 { expected[k] += terms[k] }
                }
                let found = [
                    sums.count, sums.red, sums.green, sums.blue, sums.redSquares, sums.greenSquares, sums.blueSquares,
                    sums.redGreen,
                    sums.greenBlue, sums.blueRed - 5, sums.clipped,
                ]
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
