import Pixels

/// How abrupt the strongest edges of a picture are, in the direction in which they are least so.
///
/// The 99th percentile of luminance differences over two pixels, over that of differences over eight, for rows and for
/// columns;
/// the smaller counts, because motion blurs one direction only. Noise does not raise it as it raises a Laplacian: it is
/// not
/// among the strongest hundredth.
///
/// - Units: a ratio; about 0.45 to 0.95 for pictures in focus, 0.28 to 0.42 for blurred ones (docs/accuracy.md).
/// - Complexity: O(pixels), one pass; no allocation but the histograms.
public struct Sharpness: Sendable, Equatable {
    public let edgeRatio: Double

    /// `nil` for a picture smaller than 16 pixels either way, or without any edge.
    public init?(of plane: Plane<UInt8>) {
        let width = plane.width, height = plane.height
        guard width >= 16, height >= 16 else { return nil }
        var fineAcross = [Int](repeating: 0, count: 256), coarseAcross = fineAcross, fineDown = fineAcross,
            coarseDown = fineAcross
        plane.samples.withUnsafeBufferPointer { p in
            for y in 4..<height - 4 {
                var i = y * width + 4
                let end = (y + 1) * width - 4
                while i < end {
                    fineAcross[Sharpness.distance(p[i &- 1], p[i &+ 1])] &+= 1
                    coarseAcross[Sharpness.distance(p[i &- 4], p[i &+ 4])] &+= 1
                    fineDown[Sharpness.distance(p[i &- width], p[i &+ width])] &+= 1
                    coarseDown[Sharpness.distance(p[i &- 4 &* width], p[i &+ 4 &* width])] &+= 1
                    i &+= 1
                }
            }
        }
        let across = Sharpness.ratio(fineAcross, coarseAcross), down = Sharpness.ratio(fineDown, coarseDown)
        guard let least = [across, down].compactMap({ $0 }).min() else { return nil }
        edgeRatio = least
    }

    @inline(__always) private static func distance(_ a: UInt8, _ b: UInt8) -> Int { Int(max(a, b) &- min(a, b)) }

    private static func ratio(_ fine: [Int], _ coarse: [Int]) -> Double? {
        let strongest = percentile99(coarse)
        return strongest > 0 ? Double(percentile99(fine)) / Double(strongest) : nil
    }

    /// The least value that 99 of 100 do not exceed.
    private static func percentile99(_ bins: [Int]) -> Int {
        let needed = (bins.reduce(0, +) * 99 + 99) / 100
        var seen = 0
        for (value, count) in bins.enumerated() {
            seen += count
            if seen >= needed { return value }
        }
        return 255
    }
}
