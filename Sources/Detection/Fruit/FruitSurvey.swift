import Analysis
import Foundation
import Pixels
import Village

/// The fruits of one picture: one layer on a plain ground or belt, seen from above.
public struct FruitSurvey: Sendable {
    /// Where the scale comes from.
    public enum Source: Sendable, Equatable {
        case marker(ScaleMarker.Shape, millimetres: Double)
        /// At the fruit.
        case pixelsPerMillimetre(Double)
    }

    /// What is known of the camera.
    public struct Camera: Sendable, Equatable {
        /// Pixels; from the focal length that the file states.
        public var focalLength: Double?
        /// Millimetres above the ground.
        public var height: Double?
        /// Where the camera looks straight down, pixels; `nil` = the picture's middle, as it was not cut out of a larger one.
        public var middle: SIMD2<Double>?

        public init(focalLength: Double?, height: Double?, middle: SIMD2<Double>? = nil) {
            self.focalLength = focalLength
            self.height = height
            self.middle = middle
        }
    }

    public let fruit: [FruitFigures]
    public let marker: ScaleMarker?
    public let scale: FruitScale?
    /// Fruits that the picture's border cuts: seen, not measured.
    public let cutOff: Int
    /// Pieces that look like no single fruit: piled, covered or too little of them seen.
    public let unclear: Int

    public init(
        of image: RGBImage, source: Source?, camera: Camera, ripe: ClosedRange<Double>, parameters: FruitParameters
    ) {
        let ground = FruitGround(of: image, parameters: parameters)
        let factor = Double(ground.factor)
        let middle = camera.middle ?? SIMD2(Double(image.width) / 2, Double(image.height) / 2)
        var marker: ScaleMarker?
        var scale: FruitScale?
        switch source {
        case .marker(let shape, let millimetres)?:
            marker = ScaleMarker(shape, millimetres: millimetres, in: image, ground: ground)
            scale = marker.map { found in
                FruitScale(
                    pixelsPerMillimetre: found.pixelsPerMillimetre,
                    cameraHeight: camera.height ?? camera.focalLength.map { $0 / found.pixelsPerMillimetre },
                    middle: middle)
            }
        case .pixelsPerMillimetre(let value)?:
            scale = FruitScale(
                pixelsPerMillimetre: value, cameraHeight: camera.focalLength.map { $0 / value }, middle: middle)
        case nil: break
        }
        self.marker = marker

        let mask = FruitSurvey.pieces(ground.mask, image: image, factor: ground.factor, marker: marker, parameters)
        let smallest =
            scale.map { parameters.smallestMillimetres / 2 * $0.pixelsPerMillimetre / factor }
            ?? (parameters.smallestShare * Double(mask.width * mask.height) / Double.pi).squareRoot()
        let seeds = FruitSeeds(in: mask, smallest: max(4, smallest), neck: parameters.neck).seeds
        let edge = FruitEdge(image: image)
        var cut = 0, vague = 0
        var outlines: [(ellipse: Ellipse, seen: Double)] = []
        for (k, seed) in seeds.enumerated() {
            let touching = seeds.enumerated().filter { $0.offset != k }.map(\.element)
            func isFree(_ point: SIMD2<Double>) -> Bool {
                let x = Int(point.x / factor), y = Int(point.y / factor)
                guard x >= 0, y >= 0, x < mask.width, y < mask.height else { return false }
                return touching.allSatisfy { other in
                    let d = point / factor - other.centre
                    return (d * d).sum().squareRoot() > other.radius * 1.03 + 1
                }
            }
            guard let start = FruitSurvey.rough(seed, in: mask, others: touching) else {
                vague += 1
                continue
            }
            let whole = Ellipse(centre: start.centre * factor, axes: start.axes * factor, angle: start.angle)
            if FruitSurvey.leaves(whole, image.size) {
                cut += 1
                continue
            }
            guard let found = edge.outline(near: whole, isFree: isFree) else {
                vague += 1
                continue
            }
            let radius = (found.ellipse.axes.x * found.ellipse.axes.y).squareRoot()
            let misfit = found.points.map { abs(found.ellipse.excess($0)) }.reduce(0, +) / Double(found.points.count)
            guard found.seen >= parameters.outlineSeen, misfit < parameters.misfit * radius,
                radius > 0.7 * seed.radius * factor, radius < 1.6 * seed.radius * factor
            else {
                vague += 1
                continue
            }
            outlines.append((found.ellipse, found.seen))
        }
        cutOff = cut
        unclear = vague
        let balance = marker?.white.map { $0.sum() / 3 / $0 } ?? SIMD3(repeating: 1)
        outlines = FruitSurvey.inRows(outlines)
        if case .pixelsPerMillimetre(let value)? = source, !outlines.isEmpty {
            var radii = outlines.map { Float(min($0.ellipse.axes.x, $0.ellipse.axes.y) / value) }
            scale?.planeHeight = Double(radii.element(ofRank: radii.count / 2))
        }
        self.scale = scale
        let measure = scale
        fruit = outlines.indices.map { k in
            let outline = outlines[k].ellipse
            let others = outlines.indices.filter { $0 != k }.map { outlines[$0].ellipse }.filter { other in
                let d = other.centre - outline.centre
                return (d * d).sum().squareRoot() < 1.2
                    * (max(other.axes.x, other.axes.y) + max(outline.axes.x, outline.axes.y))
            }
            let widths = measure?.widths(of: outline)
            let skin = FruitSkin(
                of: image, outline: outline,
                isOwn: { x, y in
                    others.allSatisfy { $0.excess(SIMD2(Double(x) + 0.5, Double(y) + 0.5)) > 1 }
                },
                pixelsPerMillimetre: widths?.pixelsPerMillimetre, ripe: ripe, balance: balance, parameters: parameters)
            let isAcross = outline.axes.x >= outline.axes.y
            return FruitFigures(
                number: k + 1, x: outline.centre.x, y: outline.centre.y,
                radii: [max(outline.axes.x, outline.axes.y), min(outline.axes.x, outline.axes.y)],
                angle: isAcross ? outline.angle : outline.angle + Double.pi / 2,
                widestInMillimetres: widths?.widest, narrowestInMillimetres: widths?.narrowest,
                colourShare: skin.colourShare, spots: skin.spots, outlineSeen: outlines[k].seen)
        }
    }

    /// What may be fruit: not the marker, nothing grey, without holes and specks.
    private static func pieces(
        _ mask: Mask, image: RGBImage, factor: Int, marker: ScaleMarker?, _ parameters: FruitParameters
    ) -> Mask {
        var clean = mask.holesFilled.opened(by: .disc(radius: 2))
        if let marker {
            let reach = Int(marker.radius * 1.75) / factor, x = Int(marker.centre.x) / factor,
                y = Int(marker.centre.y) / factor
            for py in max(0, y - reach)..<min(clean.height, y + reach) {
                for px in max(0, x - reach)..<min(clean.width, x + reach)
                where (px - x) * (px - x) + (py - y) * (py - y) < reach * reach
                    && !hasColour(image, px * factor + factor / 2, py * factor + factor / 2, parameters)
                { clean[px, py] = false }
            }
        }
        let components = Components(of: clean)
        var sums = [SIMD3<Float>](repeating: .zero, count: components.pieces.count + 1)
        for y in 0..<clean.height {
            for x in 0..<clean.width where clean[x, y] {
                let pixel = image[
                    min(x * factor + factor / 2, image.width - 1), min(y * factor + factor / 2, image.height - 1)]
                sums[Int(components.labels[x, y])] += SIMD3(Float(pixel.red), Float(pixel.green), Float(pixel.blue))
            }
        }
        return components.mask { piece in
            colour(sums[Int(piece.label)] / Float(piece.areaInPixels)) > parameters.colour
        }
    }

    /// How far a mean of levels is from grey, logarithms.
    private static func colour(_ levels: SIMD3<Float>) -> Float {
        let mean = levels + ColourView.offset
        let a = log(mean.x / mean.y), b = log(mean.z / mean.y)
        return (a * a + b * b).squareRoot()
    }

    /// Fruit may lie on the marker's card.
    private static func hasColour(_ image: RGBImage, _ x: Int, _ y: Int, _ parameters: FruitParameters) -> Bool {
        let pixel = image[min(x, image.width - 1), min(y, image.height - 1)]
        return colour(SIMD3(Float(pixel.red), Float(pixel.green), Float(pixel.blue))) > 2 * parameters.colour
    }

    /// The ellipse through the mask's border around a seed, as far as no other fruit is nearer; reduced pixels.
    private static func rough(_ seed: FruitSeeds.Seed, in mask: Mask, others: [FruitSeeds.Seed]) -> Ellipse? {
        var points: [SIMD2<Double>] = []
        for k in 0..<180 {
            let direction = 2 * Double.pi * Double(k) / 180, ray = SIMD2(cos(direction), sin(direction))
            var t = 0.8 * seed.radius
            while t < 1.7 * seed.radius {
                let p = seed.centre + ray * t
                let isOthers = others.contains { other in
                    let d = p - other.centre
                    return (d * d).sum().squareRoot() - other.radius < t - seed.radius
                }
                if isOthers { break }
                guard p.x >= 0, p.y >= 0, p.x < Double(mask.width), p.y < Double(mask.height) else { break }
                if !mask[Int(p.x), Int(p.y)] {
                    points.append(seed.centre + ray * (t - 0.25))
                    break
                }
                t += 0.5
            }
        }
        let disc = Ellipse(centre: seed.centre, axes: SIMD2(seed.radius * 1.02, seed.radius * 0.98), angle: 0)
        return Ellipse(through: points, from: disc, tolerance: max(1, 0.06 * seed.radius))
            ?? (points.isEmpty ? nil : disc)
    }

    private static func leaves(_ ellipse: Ellipse, _ size: Size) -> Bool {
        let reach = 2.0
        let wide = max(ellipse.radius(toward: 0), ellipse.radius(toward: Double.pi))
        let high = max(ellipse.radius(toward: Double.pi / 2), ellipse.radius(toward: -Double.pi / 2))
        return ellipse.centre.x - wide < reach || ellipse.centre.y - high < reach
            || ellipse.centre.x + wide > Double(size.width) - reach
            || ellipse.centre.y + high > Double(size.height) - reach
    }

    /// Row by row: what lies within half a fruit of one height is one row.
    private static func inRows(_ outlines: [(ellipse: Ellipse, seen: Double)]) -> [(ellipse: Ellipse, seen: Double)] {
        guard !outlines.isEmpty else { return [] }
        let radii = outlines.map { $0.ellipse.axes.y }.sorted(), height = max(1, radii[radii.count / 2])
        return outlines.sorted { a, b in
            let rows = ((a.ellipse.centre.y / height).rounded(.down), (b.ellipse.centre.y / height).rounded(.down))
            return (rows.0, a.ellipse.centre.x) < (rows.1, b.ellipse.centre.x)
        }
    }
}
