/// The colours of the 2 × 2 blocks of two rows of pixels, as whole numbers whose sums are exact.
///
/// Let R, G, B be the sums of a block's channels over its four pixels, Lₖ = 77·r + 150·g + 29·b the light of pixel k
/// (Rec. 601, in 256ths of a grey level), L their sum. Five values a block:
/// 0. level: `logarithm[L / 256]`
/// 1. `2048·(G − R) / (R + G + B + 64)`
/// 2. `2048·(G − B) / (R + G + B + 64)`
/// 3. spread: `Σ|4·Lₖ − L| / (L + 8192) · 1024`
/// 4. least channel: `logarithm[min(R, G, B)]` − level
///
/// - Exactness: bit-exact. Quotients are of `Float` and cut toward zero; every set returns the same numbers.
public enum BlockColors {
    /// Values of a block.
    public static let count = 5
    /// Entries of the table of logarithms: one for each sum of four bytes.
    public static let levels = 1021

    /// - Shape: value k of block i is `out[k * n + i]`.
    /// - Precondition: `upper.count == lower.count == 6n`, `logarithm.count == levels`, `out.count == count * n`; the
    ///   logarithms lie within ±16383.
    /// - Complexity: O(n); no allocation.
    public typealias Row =
        @Sendable (
            _ upper: Span<UInt8>, _ lower: Span<UInt8>, _ logarithm: Span<Int16>, _ out: inout MutableSpan<Int16>
        ) -> Void

    static let reference: Row = { upper, lower, logarithm, out in
        let n = BlockColors.blocks(upper, lower, logarithm, out)
        for i in 0..<n {
            func sum(_ k: Int) -> Int {
                Int(upper[6 * i + k]) + Int(upper[6 * i + 3 + k]) + Int(lower[6 * i + k]) + Int(lower[6 * i + 3 + k])
            }
            func light(_ row: Span<UInt8>, _ k: Int) -> Int {
                77 * Int(row[6 * i + k]) + 150 * Int(row[6 * i + k + 1]) + 29 * Int(row[6 * i + k + 2])
            }
            let red = sum(0), green = sum(1), blue = sum(2), total = Float(red + green + blue + 64)
            let lights = [light(upper, 0), light(upper, 3), light(lower, 0), light(lower, 3)]
            let all = lights.reduce(0, +), away = lights.reduce(0) { $0 + abs(4 * $1 - all) }
            let level = logarithm[all / 256]
            out[i] = level
            out[n + i] = Int16(Float(2048 * (green - red)) / total)
            out[2 * n + i] = Int16(Float(2048 * (green - blue)) / total)
            out[3 * n + i] = Int16(Float(away) / Float(all + 8192) * 1024)
            out[4 * n + i] = logarithm[min(red, green, blue)] - level
        }
    }

    private static func blocks(
        _ upper: Span<UInt8>, _ lower: Span<UInt8>, _ logarithm: Span<Int16>, _ out: borrowing MutableSpan<Int16>
    ) -> Int {
        let n = upper.count / 6
        precondition(
            upper.count == 6 * n && lower.count == 6 * n && out.count == count * n,
            "two rows of whole blocks and room for their values")
        precondition(logarithm.count == levels, "a logarithm for each sum of four bytes")
        return n
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<UInt8>, UnsafePointer<UInt8>, Int, UnsafePointer<Int16>, UnsafeMutablePointer<Int16>
        ) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { upper, lower, logarithm, out in
            let n = BlockColors.blocks(upper, lower, logarithm, out)
            out.withUnsafeMutableBufferPointer { out in
                upper.withUnsafeBufferPointer { upper in
                    lower.withUnsafeBufferPointer { lower in
                        logarithm.withUnsafeBufferPointer { logarithm in
                            guard let upper = upper.baseAddress, let lower = lower.baseAddress,
                                let logarithm = logarithm.baseAddress, let out = out.baseAddress
                            else { return }
                            vector(upper, lower, n, logarithm, out)
                        }
                    }
                }
            }
        }
    }
}
