import Pixels

/// How much colour a picture has: an infrared picture has r ≈ g ≈ b.
public struct Colorfulness: Sendable, Equatable {
    /// A pixel whose channels differ by more than this, in grey levels, is coloured: JPEG's chroma rounding stays
    /// below it.
    public static let colouredSpread = 12

    /// Mean of the greatest channel minus the smallest, in grey levels.
    public let meanChroma: Double
    /// Share of the pixels whose channels differ by more than `colouredSpread`.
    public let colouredShare: Double

    /// - Returns: `nil` for an image without pixels.
    /// - Complexity: O(pixels); no allocation.
    public init?(of image: RGBImage) {
        let count = image.width * image.height
        guard count > 0 else { return nil }
        var chroma = 0, coloured = 0
        image.bytes.withUnsafeBufferPointer { rgb in
            var i = 0
            while i < count {
                let red = rgb[3 &* i], green = rgb[3 &* i &+ 1], blue = rgb[3 &* i &+ 2]
                let spread = Int(max(red, max(green, blue)) &- min(red, min(green, blue)))
                chroma &+= spread
                coloured &+= spread > Colorfulness.colouredSpread ? 1 : 0
                i &+= 1
            }
        }
        meanChroma = Double(chroma) / Double(count)
        colouredShare = Double(coloured) / Double(count)
    }
}
