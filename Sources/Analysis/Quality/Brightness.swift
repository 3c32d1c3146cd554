import Pixels

/// How bright a picture is.
public struct Brightness: Sendable, Equatable {
    /// Levels up to this are dark.
    public static let darkLevel = 60
    /// Levels from this on are bright.
    public static let brightLevel = 245

    /// Mean level, 0…255.
    public let mean: Double
    /// Population standard deviation of the levels.
    public let contrast: Double
    /// Share of the pixels at `darkLevel` or below.
    public let darkShare: Double
    /// Share of the pixels at `brightLevel` or above.
    public let brightShare: Double

    /// - Returns: `nil` where no pixel counts.
    public init?(of plane: Plane<UInt8>, inside mask: Mask? = nil) {
        let histogram = Histogram(of: plane, inside: mask)
        guard let mean = histogram.mean else { return nil }
        let n = Double(histogram.count)
        self.mean = mean
        contrast =
            (histogram.bins.enumerated().reduce(0.0) {
                $0 + Double($1.element) * (Double($1.offset) - mean) * (Double($1.offset) - mean)
            } / n)
            .squareRoot()
        darkShare = Double(histogram.bins[...Brightness.darkLevel].reduce(0, +)) / n
        brightShare = Double(histogram.bins[Brightness.brightLevel...].reduce(0, +)) / n
    }
}
