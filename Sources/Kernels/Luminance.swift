/// `out[i]` = the luminance of pixel i by ITU-R BT.601, in whole numbers: (299·R + 587·G + 114·B + 500) / 1000.
///
/// - Exactness: bit-exact. Every set returns the same bytes.
public enum Luminance {
    /// - Precondition: `rgb.count == 3 * out.count`.
    /// - Complexity: O(n); no allocation.
    public typealias Row = @Sendable (_ rgb: Span<UInt8>, _ out: inout MutableSpan<UInt8>) -> Void

    static let reference: Row = { rgb, out in
        precondition(rgb.count == 3 * out.count, "three colour bytes for every sample")
        for i in out.indices {
            let red = Int(rgb[3 * i]), green = Int(rgb[3 * i + 1]), blue = Int(rgb[3 * i + 2])
            out[i] = UInt8((299 * red + 587 * green + 114 * blue + 500) / 1000)
        }
    }

    typealias Vector = @Sendable (UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt8>) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { rgb, out in
            precondition(rgb.count == 3 * out.count, "three colour bytes for every sample")
            out.withUnsafeMutableBufferPointer { out in
                rgb.withUnsafeBufferPointer { rgb in
                    guard let rgb = rgb.baseAddress, let first = out.baseAddress else { return }
                    vector(rgb, out.count, first)
                }
            }
        }
    }
}
