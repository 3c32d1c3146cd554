import Analysis
import Foundation
import Pixels

extension PenWatch {
    /// A box of a detector, in pixels of the region.
    public struct Box: Sendable, Equatable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double

        public init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    private struct Piece {
        var piece: Components.Piece
        var foot: SIMD2<Double>
        /// Areas of one animal.
        var areas: Double
        var animals: Double
        /// Mean of how likely its pixels are an animal.
        var certainty: Double
        var isInside: Bool
    }

    /// - Parameter likely: how likely each pixel is an animal.
    mutating func count(_ likely: Plane<Float>, valid: Mask, scale: PenScale?) -> Outcome {
        let usable = counted.intersection(valid.eroded(by: .square(radius: PenWatch.border)))
        var bytes = [UInt8](repeating: 0, count: likely.samples.count)
        for i in bytes.indices where likely.samples[i] > parameters.likely { bytes[i] = usable.bytes[i] }
        let mask = Mask(width: likely.width, height: likely.height, bytes: bytes).closed(by: .square(radius: 1))
        let components = Components(of: mask), people = people(in: mask, scale: scale)
        var pieces: [Piece] = []
        for piece in components.pieces {
            let box = piece.box, foot = foot(of: box)
            let sure = certainty(of: piece, in: components, likely)
            guard sure.highest >= parameters.sure, sure.mean >= parameters.certain else { continue }
            guard let scale, let metre = scale.pixelsPerMetre(at: foot) else {
                learnSize(piece, foot: foot)
                continue
            }
            let areas = Double(piece.areaInPixels) / (animal.area * metre * metre)
            guard areas >= parameters.smallest, !people.contains(where: { $0.contains(box) }) else { continue }
            if areas < parameters.one { learnSize(piece, foot: foot) }
            pieces.append(
                Piece(
                    piece: piece, foot: foot, areas: areas, animals: animals(areas), certainty: sure.mean,
                    isInside: isInside(foot)))
        }
        guard let scale else {
            return .unknown("the size of the animals is not known yet: give the camera ground points")
        }
        let all = pieces.reduce(0) { $0 + $1.animals }
        if all < Double(parameters.few) { pieces.removeAll { $0.certainty < parameters.strong } }
        var inside = 0.0, outside = 0.0, feet: [SIMD2<Double>] = []
        for piece in pieces {
            if piece.isInside {
                inside += piece.animals
                feet += spots(
                    piece.piece, count: Int(piece.animals.rounded()), alone: piece.foot, in: components)
            } else {
                outside += piece.animals
            }
        }
        let margin = parameters.uncertainty * inside
        let total = Int(inside.rounded())
        return .counted(
            Count(
                inside: total, outside: Int(outside.rounded()), low: Int((inside - margin).rounded(.down)),
                high: total == 0 ? 0 : Int((inside + margin).rounded(.up)), spread: spread(feet, scale), feet: feet,
                boxes: pieces.map { $0.piece.box.moved(x: region.x, y: region.y) }))
    }

    /// Counts by colour alone, while the empty pen is not known; `nil` where nothing stands out.
    func countPale(_ image: RGBImage, valid: Mask) -> Count? {
        let usable = counted.intersection(inside).intersection(valid)
        guard let found = PaleAnimals(in: image, counted: usable, parameters: parameters.pale) else { return nil }
        let total = found.pieces.reduce(0) { $0 + $1.animals }
        let margin = parameters.pale.uncertainty * Double(total)
        let feet = found.pieces.flatMap { piece in
            spots(piece.piece, count: piece.animals, alone: foot(of: piece.piece.box), in: found.components)
        }
        return Count(
            inside: total, outside: 0, low: Int((Double(total) - margin).rounded(.down)),
            high: Int((Double(total) + margin).rounded(.up)), spread: nil, feet: feet,
            boxes: found.pieces.map { $0.piece.box.moved(x: region.x, y: region.y) })
    }

    func foot(of box: Region) -> SIMD2<Double> {
        SIMD2(Double(region.x + box.x) + Double(box.width) / 2, Double(region.y + box.maxY) - 0.5)
    }

    /// Counts what a detector of the user's own sees; its boxes touch the ground at their lower edge.
    ///
    /// - Parameters:
    ///   - boxes: of the animals that count.
    ///   - least: of those that are beyond doubt.
    ///   - most: of all that may be animals.
    public func count(_ boxes: [Box], least: [Box], most: [Box]) -> Count {
        func foot(_ box: Box) -> SIMD2<Double> {
            SIMD2(Double(region.x) + box.x + box.width / 2, Double(region.y) + box.y + box.height - 0.5)
        }
        func number(_ boxes: [Box], inside: Bool) -> Int {
            boxes.count { isCounted(foot($0)) && isInside(foot($0)) == inside }
        }
        let counted = boxes.filter { isCounted(foot($0)) }
        let feet = counted.map(foot).filter(isInside)
        let total = feet.count
        return Count(
            inside: total, outside: counted.count - total, low: min(total, number(least, inside: true)),
            high: max(total, number(most, inside: true)), spread: scale().flatMap { spread(feet, $0) }, feet: feet,
            boxes: counted.map { box in
                let x = Int(box.x.rounded(.down)), y = Int(box.y.rounded(.down))
                return Region(
                    x: region.x + x, y: region.y + y, width: Int((box.x + box.width).rounded(.up)) - x,
                    height: Int((box.y + box.height).rounded(.up)) - y)
            })
    }

    /// Pixels at the edge of what a picture shows that say nothing.
    static let border = 3

    /// Animals in a piece of so many areas: those in a crowd hide each other, the more the larger it is.
    private func animals(_ areas: Double) -> Double {
        areas < parameters.one ? 1 : max(1, parameters.perArea * pow(areas, parameters.crowding))
    }

    /// Where parts that lie close together stand taller than wide and than any animal.
    func people(in mask: Mask, scale: PenScale?) -> [Region] {
        guard let scale else { return [] }
        let middle = SIMD2(Double(region.x + region.width / 2), Double(region.y + region.height / 2))
        let gap = Int((PenWatch.gap * (scale.pixelsPerMetre(at: middle) ?? 0)).rounded())
        return Components(of: mask.closed(by: .square(radius: min(max(gap, 1), PenWatch.widestGap)))).pieces.map(\.box)
            .filter { box in
                guard let metre = scale.pixelsPerMetre(at: foot(of: box)) else { return false }
                return Double(box.height) > animal.tallest * metre
                    && Double(box.height) > PenWatch.upright * Double(box.width)
            }
    }

    /// Half of the room between the parts of a person, in metres, and in pixels at most.
    private static let gap = 0.1, widestGap = 24
    /// Height over width.
    private static let upright = 1.5

    func isInside(_ foot: SIMD2<Double>) -> Bool { isSet(inside, foot) }
    private func isCounted(_ foot: SIMD2<Double>) -> Bool { isSet(counted, foot) }

    private func isSet(_ mask: Mask, _ foot: SIMD2<Double>) -> Bool {
        let x = min(max(Int(foot.x) - region.x, 0), region.width - 1)
        let y = min(max(Int(foot.y) - region.y, 0), region.height - 1)
        return mask[x, y]
    }

    /// How likely a piece's pixels are an animal.
    private func certainty(of piece: Components.Piece, in components: Components, _ likely: Plane<Float>) -> (
        mean: Double, highest: Double
    ) {
        var sum = 0.0, highest = 0.0
        for y in piece.box.y..<piece.box.maxY {
            for x in piece.box.x..<piece.box.maxX where components.labels[x, y] == piece.label {
                let value = Double(likely[x, y])
                sum += value
                highest = max(highest, value)
            }
        }
        return (sum / Double(max(piece.areaInPixels, 1)), highest)
    }

    /// Places of the animals in a piece, spread over its pixels in order.
    func spots(
        _ piece: Components.Piece, count: Int, alone: SIMD2<Double>, in components: Components
    ) -> [SIMD2<Double>] {
        guard count > 1 else { return [alone] }
        var pixels: [SIMD2<Double>] = []
        let box = piece.box
        for x in box.x..<box.maxX {
            for y in box.y..<box.maxY where components.labels[x, y] == piece.label {
                pixels.append(SIMD2(Double(region.x + x) + 0.5, Double(region.y + y) + 0.5))
            }
        }
        return (0..<count).map { pixels[(2 * $0 + 1) * pixels.count / (2 * count)] }
    }

    func spread(_ feet: [SIMD2<Double>], _ scale: PenScale) -> Double? {
        guard feet.count >= parameters.spreadFrom else { return nil }
        let places = feet.map(scale.place)
        let bounds = inside.bounds
        let corners = [
            SIMD2(Double(bounds.x), Double(bounds.y)), SIMD2(Double(bounds.maxX), Double(bounds.y)),
            SIMD2(Double(bounds.maxX), Double(bounds.maxY)), SIMD2(Double(bounds.x), Double(bounds.maxY)),
        ].map { $0 + SIMD2(Double(region.x), Double(region.y)) }
        let area =
            ground.flatMap { areaInSquareMetres($0) } ?? Polygon(corners.map(scale.place)).area
        var sum = 0.0
        for (k, a) in places.enumerated() {
            var nearest = Double.infinity
            for (j, b) in places.enumerated() where j != k {
                let d = a - b
                nearest = min(nearest, (d.x * d.x + d.y * d.y).squareRoot())
            }
            sum += nearest
        }
        let expected = 0.5 * (area / Double(places.count)).squareRoot()
        return expected > 0 ? sum / Double(places.count) / expected : nil
    }

    private func areaInSquareMetres(_ ground: GroundPlane) -> Double? {
        guard let outline = Polygon(outlining: inside, tolerance: 2) else { return nil }
        let offset = SIMD2(Double(region.x), Double(region.y))
        return ground.areaInSquareMetres(of: Polygon(outline.vertices.map { $0 + offset }))
    }

    private mutating func learnSize(_ piece: Components.Piece, foot: SIMD2<Double>) {
        guard ground == nil, piece.areaInPixels >= 16 else { return }
        sizes.append(AnimalSize(y: foot.y, root: Double(piece.areaInPixels).squareRoot()))
        if sizes.count > PenWatch.sizesKept { sizes.removeFirst(sizes.count - PenWatch.sizesKept) }
    }
}
