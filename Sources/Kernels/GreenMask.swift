/// `out[i] = 255` where pixel i is green by a `GreenRule`, else 0; returns how many are.
///
/// - Exactness: bit-exact. Every set returns the same bytes and count.
public enum GreenMask {
    /// - Precondition: `rgb.count == 3 * out.count`.
    /// - Complexity: O(n); no allocation.
    public typealias Row = @Sendable (_ rgb: Span<UInt8>, _ rule: GreenRule, _ out: inout MutableSpan<UInt8>) -> Int

    static let reference: Row = { rgb, rule, out in
        precondition(rgb.count == 3 * out.count, "three colour bytes for every mask byte")
        var total = 0
        for i in out.indices {
            let red = Int(rgb[3 * i]), green = Int(rgb[3 * i + 1]), blue = Int(rgb[3 * i + 2])
            let isGreen =
                8 * (10 * green - 7 * red - 3 * blue) > Int(rule.level) + Int(rule.slope) * (red + green + blue)
                && 64 * red < Int(rule.redRatio) * green && 64 * blue < Int(rule.blueRatio) * green
            out[i] = isGreen ? 255 : 0
            total += isGreen ? 1 : 0
        }
        return total
    }

    typealias Vector =
        @Sendable (UnsafePointer<UInt8>, Int, Int16, Int16, Int16, Int16, UnsafeMutablePointer<UInt8>) -> Int

    static func row(_ vector: @escaping Vector) -> Row {
        { rgb, rule, out in
            precondition(rgb.count == 3 * out.count, "three colour bytes for every mask byte")
            return out.withUnsafeMutableBufferPointer { out in
                rgb.withUnsafeBufferPointer { rgb in
                    guard let rgb = rgb.baseAddress, let first = out.baseAddress else { return 0 }
                    return vector(rgb, out.count, rule.level, rule.slope, rule.redRatio, rule.blueRatio, first)
                }
            }
        }
    }
}
