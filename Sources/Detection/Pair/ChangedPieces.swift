import Analysis
import Pixels

/// The pieces of a working frame that changed, with what they look like.
struct ChangedPieces: Sendable {
    let components: Components
    private var kept: [(piece: Components.Piece, kind: RegionJudgement.Kind, confidence: Double, measures: [Float])] =
        []

    init(components: Components) { self.components = components }

    mutating func keep(
        _ piece: Components.Piece, kind: RegionJudgement.Kind, confidence: Double, measures: [Float] = []
    ) {
        kept.append((piece, kind, min(max(confidence, 0), 1), measures))
    }

    /// Drops what is only displaced by parallax, and calls built only what is wide enough, seen whole and likely.
    ///
    /// No piece is surer than it is that nothing like it stood near by.
    mutating func leaveOutDisplaced(_ search: ParallaxSearch, parameters: PairParameters) {
        kept = kept.compactMap { entry in
            let finding = search.finding(of: components.mask(of: entry.piece))
            guard finding.agreement < parameters.parallaxAgreement else { return nil }
            var entry = entry
            entry.confidence = min(entry.confidence, 1 - finding.agreement)
            if entry.kind == .structure, finding.isCut || !finding.isWide {
                entry.kind = .unknown
                entry.confidence /= 2
            }
            if entry.confidence < parameters.parallaxConfidence, entry.kind == .structure { entry.kind = .unknown }
            return entry
        }
    }

    /// Corners of an outline that lie closer than this to the line that replaces them are dropped; pixels of the
    /// working frame.
    static let outlineTolerance = 1.0

    /// The pieces in the first picture: the mask, and the regions by falling area.
    ///
    /// - Parameter inside: pixels of the first picture that count.
    func enlarged(from frame: WorkingFrame, inside: Mask) -> (mask: Mask, regions: [ChangedRegion]) {
        var numbers = [Int](repeating: 0, count: components.pieces.count + 1)
        for (k, entry) in kept.enumerated() { numbers[Int(entry.piece.label)] = k + 1 }
        var mask = Mask(width: inside.width, height: inside.height, inside: false)
        var areas = [Int](repeating: 0, count: kept.count)
        var corners = [(left: Int, top: Int, right: Int, bottom: Int)](
            repeating: (Int.max, Int.max, -1, -1), count: kept.count)
        let columns = (0..<inside.width).map { min(Int((Double($0) + 0.5) / frame.scale.x), frame.size.width - 1) }
        let labels = components.labels.samples
        for y in 0..<inside.height {
            let row = min(Int((Double(y) + 0.5) / frame.scale.y), frame.size.height - 1) * frame.size.width
            for x in 0..<inside.width {
                let i = y &* inside.width &+ x
                let number = numbers[Int(labels[row &+ columns[x]])]
                guard number > 0, inside.bytes[i] != 0 else { continue }
                let k = number - 1
                mask.bytes[i] = 255
                areas[k] += 1
                corners[k] = (
                    min(corners[k].left, x), min(corners[k].top, y), max(corners[k].right, x), max(corners[k].bottom, y)
                )
            }
        }
        var regions: [ChangedRegion] = []
        for (k, entry) in kept.enumerated() where areas[k] > 0 {
            let (left, top, right, bottom) = corners[k]
            let outline = Polygon(outlining: entry.piece, of: components, tolerance: ChangedPieces.outlineTolerance)
            regions.append(
                ChangedRegion(
                    box: Region(x: left, y: top, width: right - left + 1, height: bottom - top + 1),
                    polygon: frame.enlarged(outline),
                    areaInPixels: areas[k], kind: entry.kind, confidence: entry.confidence,
                    measures: entry.measures))
        }
        // Sorting is not stable: the box settles ties.
        regions.sort { ($0.areaInPixels, $1.box.y, $1.box.x) > ($1.areaInPixels, $0.box.y, $0.box.x) }
        return (mask, regions)
    }
}
