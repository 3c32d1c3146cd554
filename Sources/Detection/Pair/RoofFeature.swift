/// What a segment is measured by, to tell a roof from paving, soil and trees seen from above.
public enum RoofFeature: String, Sendable, CaseIterable {
    /// log(B + 12) − log(G + 12) less the picture's median.
    case blueness
    /// log(Y + 12) less the picture's median.
    case lightness
    /// Share of dark pixels around.
    case shade
    /// Share of dark pixels just across the outline: a thing that stands up throws a shadow.
    case shadowEdge
    /// Mean slope of log luminance, cut off at 0.2 a pixel.
    case roughness
    /// Standard deviation of log luminance over 17 × 17 pixels.
    case contrast
    /// log of the longer over the shorter axis.
    case elongation
    /// Normalised correlation with the other picture over 11 × 11 pixels.
    case correlation
    /// |blueness here − blueness in the other picture|.
    case bluenessChange
    /// Lightness less that of the 21 × 21 pixels around.
    case lightnessAround
    /// log of the width of the rectangle with the same moments, pixels.
    case width
    /// log(R + 12) − log(G + 12) less the picture's median.
    case redness
    /// Area over that of the rectangle with the same moments.
    case fill

    /// The products that are weighed besides the features themselves: the 24 of 91 with the greatest weights.
    static let products: [(RoofFeature, RoofFeature)] = [
        (.blueness, .blueness), (.blueness, .lightness), (.blueness, .shade), (.blueness, .correlation),
        (.lightness, .contrast), (.lightness, .lightnessAround), (.lightness, .width), (.lightness, .redness),
        (.shade, .shade), (.shade, .shadowEdge), (.shade, .contrast), (.shadowEdge, .width),
        (.roughness, .roughness), (.roughness, .lightnessAround), (.roughness, .redness), (.roughness, .fill),
        (.contrast, .elongation), (.contrast, .lightnessAround), (.elongation, .redness),
        (.correlation, .correlation), (.correlation, .bluenessChange), (.correlation, .width),
        (.lightnessAround, .redness), (.redness, .fill),
    ]

    var index: Int { RoofFeature.allCases.firstIndex(of: self) ?? 0 }
}
