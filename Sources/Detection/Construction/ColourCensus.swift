import Pixels

/// How many of a region's pixels were of one kind of colour before and are of another, or of the same, now.
struct ColourCensus: Sendable {
    /// Pixels of the region.
    private(set) var count = 0
    private var pairs = [Int](repeating: 0, count: ColourCensus.kinds * ColourCensus.kinds)

    private static let kinds = ColourKind.allCases.count

    /// - Complexity: O(box of the region).
    init(of region: Mask, now: RGBImage, before: RGBImage) {
        let box = region.bounds
        for y in box.y..<box.maxY {
            for i in y * region.width + box.x..<y * region.width + box.maxX where region.bytes[i] != 0 {
                count += 1
                pairs[ColourKind(of: before, at: i).place * ColourCensus.kinds + ColourKind(of: now, at: i).place] += 1
            }
        }
    }

    /// Share of the pixels that are of this kind now.
    func share(now kind: ColourKind) -> Double {
        share(ColourKind.allCases.reduce(0) { $0 + pairs[$1.place * ColourCensus.kinds + kind.place] })
    }

    /// Share of the pixels that were of this kind before.
    func share(before kind: ColourKind) -> Double {
        share(ColourKind.allCases.reduce(0) { $0 + pairs[kind.place * ColourCensus.kinds + $1.place] })
    }

    /// Share of the pixels whose kind is another than before.
    var novelty: Double {
        share(count - ColourKind.allCases.reduce(0) { $0 + pairs[$1.place * (ColourCensus.kinds + 1)] })
    }

    private func share(_ pixels: Int) -> Double { count == 0 ? 0 : Double(pixels) / Double(count) }
}
