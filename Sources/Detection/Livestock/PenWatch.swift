import Analysis
import Foundation
import Pixels

/// Follows one pen and counts in each picture the animals that can be seen: a lower bound of those that are there.
///
/// The empty pen is the median of earlier looks. What differs from it in a way that light does not explain is cut into
/// animals by the area that one has at its distance.
///
/// - Note: pure and ordered: the same pictures in the same order give the same counts, wherever a run was cut.
public struct PenWatch: Sendable {
    let parameters: PenParameters
    let animal: PenParameters.Animal
    /// Of the camera's frame: the pen with some ground around it.
    public let region: Region
    /// In the region.
    let inside: Mask
    let counted: Mask
    let ground: GroundPlane?
    var looks: [Look] = []
    var sizes: [AnimalSize] = []
    private var pen: (view: PenView, spread: Plane<UInt8>)?

    struct Look: Sendable {
        var at: Date
        var image: RGBImage
    }

    /// An animal that stood alone: its foot's y in the frame and √pixels.
    struct AnimalSize: Sendable, Codable, Equatable {
        var y: Double
        var root: Double
    }

    /// What one picture says.
    public struct Count: Sendable, Equatable {
        public var inside: Int
        public var outside: Int
        public var low: Int
        public var high: Int
        /// Clark and Evans 1954: mean distance to the nearest over ½·√(area ÷ number); `nil` for too few.
        public var spread: Double?
        /// Where they stand, in pixels of the frame.
        public var feet: [SIMD2<Double>]
    }

    public enum Outcome: Sendable, Equatable {
        case counted(Count)
        /// Why not.
        case unknown(String)
    }

    static let sizesKept = 240, sizesNeeded = 24

    /// - Parameters:
    ///   - inside: the pen, in the camera's frame.
    ///   - ignored: where nothing counts, in the frame.
    public init(
        parameters: PenParameters, animal: PenParameters.Animal, inside: Mask, ignored: Mask, ground: GroundPlane?
    ) {
        self.parameters = parameters
        self.animal = animal
        self.ground = ground
        let bounds = inside.bounds
        region = bounds.expanded(by: max(8, bounds.width / 10)).intersection(Region(inside.size))
        self.inside = inside.cropped(to: region)
        counted = ignored.cropped(to: region).inverted
    }

    /// Takes the next picture, in order of time.
    ///
    /// - Parameters:
    ///   - image: the region, in the reference frame.
    ///   - valid: 255 where it shows the scene.
    public mutating func look(at: Date, image: RGBImage, valid: Mask) -> Outcome {
        precondition(image.size == region.size && valid.size == region.size, "pictures of the pen's region")
        defer { learn(at: at, image) }
        guard looks.count >= parameters.needed else {
            return .unknown("the empty pen is not known yet: \(looks.count) of \(parameters.needed) pictures were seen")
        }
        if pen == nil {
            let composite = MedianComposite(
                images: looks.map(\.image), valid: looks.map { _ in nil })
            pen = (PenView(composite.image, radius: parameters.radius), spread(around: composite.image))
        }
        guard let pen else { return .unknown("the empty pen is not known yet") }
        let view = PenView(image, radius: parameters.radius)
        let scale = scale()
        let centre = SIMD2(Double(region.x + region.width / 2), Double(region.y + region.height / 2))
        let metre = scale?.pixelsPerMetre(at: centre) ?? Double(region.width) / 20
        let difference = PenDifference(
            of: view, from: pen.view, spread: pen.spread, lightRadius: max(12, Int(parameters.lightMetres * metre)),
            parameters: parameters)
        return count(difference, valid: valid, scale: scale)
    }

    /// How much each pixel varies by itself: the mean of the looks' distances from their median, the greatest of the
    /// channels, in grey levels. An animal that passed is cut off at ``passing``.
    private func spread(around median: RGBImage) -> Plane<UInt8> {
        var sums = [Int](repeating: 0, count: median.bytes.count)
        for look in looks {
            for i in sums.indices {
                let a = look.image.bytes[i], b = median.bytes[i]
                sums[i] += min(Int(max(a, b) - min(a, b)), PenWatch.passing)
            }
        }
        let count = max(looks.count, 1)
        return Plane(
            width: median.width, height: median.height,
            samples: (0..<median.size.area).map {
                UInt8(max(sums[3 * $0], max(sums[3 * $0 + 1], sums[3 * $0 + 2])) / count)
            })
    }

    /// Grey levels.
    private static let passing = 24

    private func scale() -> PenScale? {
        if let ground { return PenScale(ground: ground) }
        return PenScale(
            animals: sizes.map { ($0.y, $0.root / animal.area.squareRoot()) }, needed: PenWatch.sizesNeeded)
    }

    // MARK: Counting

    private struct Piece {
        var piece: Components.Piece
        var strength: Double
        var foot: SIMD2<Double>
        /// Areas of one animal.
        var areas: Double
        var isInside: Bool
    }

    private mutating func count(_ difference: PenDifference, valid: Mask, scale: PenScale?) -> Outcome {
        let mask = difference.mask.intersection(counted).intersection(
            valid.eroded(by: .square(radius: parameters.radius)))
        let components = Components(of: mask)
        var pieces: [Piece] = []
        for piece in components.pieces {
            let box = piece.box
            let foot = SIMD2(Double(region.x + box.x) + Double(box.width) / 2, Double(region.y + box.maxY) - 0.5)
            guard let scale, let metre = scale.pixelsPerMetre(at: foot) else {
                learnSize(piece, foot: foot)
                continue
            }
            let areas = Double(piece.areaInPixels) / (animal.area * metre * metre)
            guard areas >= parameters.smallest else { continue }
            let isTall =
                Double(box.height) > animal.tallest * metre && Double(box.height) > 1.5 * Double(box.width)
            let means = means(of: piece, in: components, difference)
            guard !isTall, means.correlation < parameters.hidden else { continue }
            if areas > 0.5, areas < parameters.one { learnSize(piece, foot: foot) }
            let x = min(max(Int(foot.x) - region.x, 0), region.width - 1)
            let y = min(max(Int(foot.y) - region.y, 0), region.height - 1)
            pieces.append(
                Piece(piece: piece, strength: means.strength, foot: foot, areas: areas, isInside: inside[x, y]))
        }
        guard let scale else {
            return .unknown("the size of the animals is not known yet: give the camera ground points")
        }
        if pieces.count < parameters.few { pieces.removeAll { $0.strength < parameters.strong } }
        var inside = 0.0, outside = 0.0, feet: [SIMD2<Double>] = []
        for piece in pieces {
            let animals = piece.areas < parameters.one ? 1 : max(1, piece.areas * parameters.perArea)
            if piece.isInside {
                inside += animals
                feet += spots(piece, count: Int(animals.rounded()), in: components)
            } else {
                outside += animals
            }
        }
        let margin = parameters.uncertainty * inside
        let total = Int(inside.rounded())
        return .counted(
            Count(
                inside: total, outside: Int(outside.rounded()), low: Int((inside - margin).rounded(.down)),
                high: total == 0 ? 0 : Int((inside + margin).rounded(.up)), spread: spread(feet, scale), feet: feet))
    }

    private func means(of piece: Components.Piece, in components: Components, _ difference: PenDifference) -> (
        strength: Double, correlation: Double
    ) {
        var strength = 0.0, correlation = 0.0
        for y in piece.box.y..<piece.box.maxY {
            for x in piece.box.x..<piece.box.maxX where components.labels[x, y] == piece.label {
                strength += Double(difference.strength[x, y])
                correlation += Double(difference.correlation[x, y])
            }
        }
        let n = Double(piece.areaInPixels)
        return (strength / n, correlation / n)
    }

    /// Places of the animals in a piece, spread over its pixels in order.
    private func spots(_ piece: Piece, count: Int, in components: Components) -> [SIMD2<Double>] {
        guard count > 1 else { return [piece.foot] }
        var pixels: [SIMD2<Double>] = []
        let box = piece.piece.box
        for x in box.x..<box.maxX {
            for y in box.y..<box.maxY where components.labels[x, y] == piece.piece.label {
                pixels.append(SIMD2(Double(region.x + x) + 0.5, Double(region.y + y) + 0.5))
            }
        }
        return (0..<count).map { pixels[(2 * $0 + 1) * pixels.count / (2 * count)] }
    }

    private func spread(_ feet: [SIMD2<Double>], _ scale: PenScale) -> Double? {
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

    // MARK: Learning

    private mutating func learnSize(_ piece: Components.Piece, foot: SIMD2<Double>) {
        guard ground == nil, piece.areaInPixels >= 16 else { return }
        sizes.append(AnimalSize(y: foot.y, root: Double(piece.areaInPixels).squareRoot()))
        if sizes.count > PenWatch.sizesKept { sizes.removeFirst(sizes.count - PenWatch.sizesKept) }
    }

    private mutating func learn(at: Date, _ image: RGBImage) {
        if let last = looks.last, at.timeIntervalSince(last.at) < parameters.minutes * 60 { return }
        looks.append(Look(at: at, image: looks.first.map { image.inLight(of: $0.image) } ?? image))
        if looks.count > parameters.looks { looks.removeFirst(looks.count - parameters.looks) }
        pen = nil
    }

    /// After the looks were restored.
    mutating func forgetPen() { pen = nil }
}

extension RGBImage {
    /// This picture with each channel's light brought to another's by the median of their ratios.
    func inLight(of other: RGBImage) -> RGBImage {
        var result = self
        for channel in 0..<3 {
            // Ratios as logarithms in 1/64, so that the median is a count over bins.
            var bins = [Int](repeating: 0, count: 1024)
            let table = (0...255).map { log(Float($0) + RoomView.lift) }
            for i in stride(from: channel, to: bytes.count, by: 3) {
                let difference = table[Int(other.bytes[i])] - table[Int(bytes[i])]
                bins[min(max(512 + Int((difference * 64).rounded()), 0), 1023)] += 1
            }
            var seen = 0, median = 0
            while median < 1023, seen + bins[median] <= bytes.count / 6 {
                seen += bins[median]
                median += 1
            }
            let gain = exp(Float(median - 512) / 64)
            let levels = (0...255).map { level in
                UInt8(min(max(((Float(level) + RoomView.lift) * gain - RoomView.lift).rounded(), 0), 255))
            }
            for i in stride(from: channel, to: bytes.count, by: 3) { result.bytes[i] = levels[Int(bytes[i])] }
        }
        return result
    }
}
