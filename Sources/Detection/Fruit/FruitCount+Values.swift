import Pixels
import Village

extension FruitCount {
    /// Share of the plot in ripe colour below which no fruit is looked for.
    static let leastRipe = 0.001

    /// No count, for this reason.
    public static func absent(_ reason: String) -> [Quantity: Measured] {
        [.count: .absent(reason: reason), .countLow: .absent(reason: reason), .countHigh: .absent(reason: reason)]
    }

    /// `count` with its range, of an orchard's plot.
    ///
    /// - Parameter ripeColour: of the same picture and plot.
    public static func values(of image: RGBImage, in area: PlotArea, quality: Quality, ripeColour: Measured?)
        -> [Quantity: Measured]
    {
        func counted(_ count: Int, _ range: ClosedRange<Int>) -> [Quantity: Measured] {
            [
                .count: .value(Double(count)), .countLow: .value(Double(range.lowerBound)),
                .countHigh: .value(Double(range.upperBound)),
            ]
        }
        guard quality == .ok else { return absent("the capture is \(quality.rawValue)") }
        switch ripeColour {
        case .absent(let reason): return absent(reason)
        case nil: return absent("the colour of fruit was not measured")
        case .value(let share) where share < leastRipe: return counted(0, 0...0)
        case .value:
            let seen = area.bounds.expanded(by: margin).intersection(Region(image.size))
            let found = FruitCount(of: image.cropped(to: seen), inside: area.mask.cropped(to: seen))
            guard found.count > 0 else {
                return absent(
                    "fruit can be counted from \(2 * leastRadius) pixels across; what has its colour here is smaller")
            }
            return counted(found.count, found.range)
        }
    }
}
