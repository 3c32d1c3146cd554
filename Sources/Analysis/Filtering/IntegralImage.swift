import Pixels

/// Sums over any rectangle of a plane in four look-ups (Crow 1984).
public struct IntegralImage: Sendable {
    public let width: Int
    public let height: Int
    /// (width + 1) × (height + 1) sums of everything above and to the left.
    private let sums: [Double]

    public init(of plane: Plane<Float>) { self.init(plane.width, plane.height) { Double(plane.samples[$0]) } }

    public init(of plane: Plane<UInt8>) { self.init(plane.width, plane.height) { Double(plane.samples[$0]) } }

    /// Counts the inside pixels.
    public init(of mask: Mask) { self.init(mask.width, mask.height) { mask.bytes[$0] == 0 ? 0 : 1 } }

    private init(_ width: Int, _ height: Int, _ value: (Int) -> Double) {
        self.width = width
        self.height = height
        var sums = [Double](repeating: 0, count: (width + 1) * (height + 1))
        for y in 0..<height {
            var row = 0.0
            for x in 0..<width {
                row += value(y * width + x)
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
            }
        }
        self.sums = sums
    }

    /// The sum over the part of `region` that lies in the plane.
    ///
    /// - Exactness: exact for bytes; for floats within rounding of the whole plane's sum in `Double`.
    public func sum(over region: Region) -> Double {
        let part = region.intersection(Region(x: 0, y: 0, width: width, height: height))
        guard !part.isEmpty else { return 0 }
        let stride = width + 1
        return sums[part.maxY * stride + part.maxX] - sums[part.y * stride + part.maxX]
            - sums[part.maxY * stride + part.x]
            + sums[part.y * stride + part.x]
    }

    /// The mean over the part of `region` that lies in the plane; `nil` where none does.
    public func mean(over region: Region) -> Double? {
        let part = region.intersection(Region(x: 0, y: 0, width: width, height: height))
        return part.isEmpty ? nil : sum(over: part) / Double(part.area)
    }
}
