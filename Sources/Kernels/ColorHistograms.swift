/// How often each value of each channel occurs in the pixels whose mask byte is 255: 3 × 256 bins, red first, then
/// green, then blue.
///
/// - Exactness: exact integers. Every set returns the same bins.
public struct ColorHistograms: Sendable, Equatable {
    public var bins: [UInt32]

    public init() { bins = [UInt32](repeating: 0, count: 768) }

    public var red: ArraySlice<UInt32> { bins[0..<256] }
    public var green: ArraySlice<UInt32> { bins[256..<512] }
    public var blue: ArraySlice<UInt32> { bins[512..<768] }

    /// Adds a row, or a whole packed image, to the bins.
    ///
    /// - Precondition: `rgb.count == 3 * mask.count`; every mask byte is 0 or 255; `bins.count == 768`; fewer than
    ///   2³² pixels in all.
    /// - Complexity: O(n); no allocation on the heap. Costs 768 additions beyond the pixels: hand over long
    ///   stretches.
    public typealias Row =
        @Sendable (_ rgb: Span<UInt8>, _ mask: Span<UInt8>, _ bins: inout MutableSpan<UInt32>) -> Void

    static let reference: Row = { rgb, mask, bins in
        precondition(
            rgb.count == 3 * mask.count && bins.count == 768, "three colour bytes for every mask byte, 3 × 256 bins")
        for i in mask.indices where mask[i] != 0 {
            bins[Int(rgb[3 * i])] += 1
            bins[256 + Int(rgb[3 * i + 1])] += 1
            bins[512 + Int(rgb[3 * i + 2])] += 1
        }
    }

    typealias Vector =
        @Sendable (
            UnsafePointer<UInt8>, UnsafePointer<UInt8>, Int, UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>
        ) -> Void

    static func row(_ vector: @escaping Vector) -> Row {
        { rgb, mask, bins in
            precondition(
                rgb.count == 3 * mask.count && bins.count == 768, "three colour bytes for every mask byte, 3 × 256 bins"
            )
            var work: InlineArray<768, UInt32> = .init(repeating: 0)
            var view = work.mutableSpan
            view.withUnsafeMutableBufferPointer { work in
                bins.withUnsafeMutableBufferPointer { bins in
                    rgb.withUnsafeBufferPointer { rgb in
                        mask.withUnsafeBufferPointer { mask in
                            guard let rgb = rgb.baseAddress, let first = mask.baseAddress, let bins = bins.baseAddress,
                                let work = work.baseAddress
                            else { return }
                            vector(rgb, first, mask.count, bins, work)
                        }
                    }
                }
            }
        }
    }
}
