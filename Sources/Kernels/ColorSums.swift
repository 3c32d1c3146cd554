/// The sums over a row of pixels that, with the channels' histograms, give correlations and exposure: n, ΣRG, ΣGB, ΣBR
/// over the pixels whose mask byte is 255, and how many of them are clipped.
///
/// - Exactness: exact integers. Every set adds the same numbers.
public struct ColorSums: Sendable, Equatable {
    public var count: UInt64 = 0
    public var redGreen: UInt64 = 0
    public var greenBlue: UInt64 = 0
    public var blueRed: UInt64 = 0
    /// Pixels with any channel at 0 or 255.
    public var clipped: UInt64 = 0

    public init() {}

    /// Adds one row to `sums`.
    ///
    /// - Precondition: `rgb.count == 3 * mask.count`; every mask byte is 0 or 255.
    /// - Complexity: O(n); no allocation.
    public typealias Row = @Sendable (_ rgb: Span<UInt8>, _ mask: Span<UInt8>, _ sums: inout ColorSums) -> Void

    static let reference: Row = { rgb, mask, sums in
        precondition(rgb.count == 3 * mask.count, "three colour bytes for every mask byte")
        for i in mask.indices where mask[i] != 0 {
            let red = UInt64(rgb[3 * i]), green = UInt64(rgb[3 * i + 1]), blue = UInt64(rgb[3 * i + 2])
            sums.count += 1
            sums.redGreen += red * green
            sums.greenBlue += green * blue
            sums.blueRed += blue * red
            if min(red, green, blue) == 0 || max(red, green, blue) == 255 { sums.clipped += 1 }
        }
    }

    typealias Vector = @Sendable (UnsafePointer<UInt8>, UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt64>) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { rgb, mask, sums in
            precondition(rgb.count == 3 * mask.count, "three colour bytes for every mask byte")
            var added: InlineArray<5, UInt64> = .init(repeating: 0)
            var view = added.mutableSpan
            view.withUnsafeMutableBufferPointer { out in
                rgb.withUnsafeBufferPointer { rgb in
                    mask.withUnsafeBufferPointer { mask in
                        guard let rgb = rgb.baseAddress, let first = mask.baseAddress, let out = out.baseAddress else {
                            return
                        }
                        vector(rgb, first, mask.count, out)
                    }
                }
            }
            sums.count += added[0]
            sums.redGreen += added[1]
            sums.greenBlue += added[2]
            sums.blueRed += added[3]
            sums.clipped += added[4]
        }
    }
}
