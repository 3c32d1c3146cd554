import Analysis
import Foundation
import Pixels

/// A thing of known size that lies beside the fruit.
public struct ScaleMarker: Sendable, Equatable {
    public enum Shape: String, Sendable, CaseIterable {
        /// A black square printed on white, its side stated.
        case square
        /// A coin or another grey disc, its diameter stated.
        case coin
    }

    public var shape: Shape
    /// Side or diameter.
    public var millimetres: Double
    public var centre: SIMD2<Double>
    /// Half the diagonal or the radius, pixels: what lies within is no fruit.
    public var radius: Double
    public var pixelsPerMillimetre: Double
    /// How much longer one side or axis is than the other: the camera's tilt shows here; from 1.
    public var stretch: Double
    /// Light of the white around a square, by which colours are balanced; `nil` for coins.
    public var white: SIMD3<Float>?

    /// Levels of brightness at which the picture is cut to find pieces.
    static let levels = stride(from: 25, through: 225, by: 20)

    /// The one that is clearest; `nil` where none is found.
    ///
    /// - Parameter ground: of the same picture.
    init?(_ shape: Shape, millimetres: Double, in image: RGBImage, ground: FruitGround) {
        let fruit = ground.mask, factor = ground.factor
        let small = factor == 1 ? image : image.downscaled(by: factor)
        let luminance = Plane<UInt8>(luminanceOf: small)
        let edge = FruitEdge(image: image)
        var best: (marker: ScaleMarker, score: Double)?
        func look(in cut: Mask) {
            let components = Components(of: cut)
            for piece in components.pieces {
                let box = piece.box, longer = max(box.width, box.height), shorter = min(box.width, box.height)
                guard shorter >= 7, longer * 4 < luminance.width, Double(shorter) > 0.75 * Double(longer),
                    box.x > 0, box.y > 0, box.maxX < luminance.width, box.maxY < luminance.height
                else { continue }
                let found =
                    shape == .square
                    ? ScaleMarker.square(piece, of: components, millimetres, image, factor)
                    : ScaleMarker.coin(piece, components, millimetres, edge, fruit: fruit, factor: factor)
                if let found, best.map({ found.score < $0.score }) ?? true { best = found }
            }
        }
        for level in ScaleMarker.levels {
            for isDark in shape == .square ? [true] : [true, false] {
                look(
                    in: Mask(
                        width: luminance.width, height: luminance.height,
                        bytes: luminance.samples.map { (Int($0) < level) == isDark ? 255 : 0 }))
            }
        }
        // As bright as its ground, a coin still has another colour.
        if shape == .coin { look(in: ground.unlike.holesFilled.opened(by: .disc(radius: 2))) }
        guard let best else { return nil }
        self = best.marker
    }

    init(
        shape: Shape, millimetres: Double, centre: SIMD2<Double>, radius: Double, pixelsPerMillimetre: Double,
        stretch: Double, white: SIMD3<Float>?
    ) {
        self.shape = shape
        self.millimetres = millimetres
        self.centre = centre
        self.radius = radius
        self.pixelsPerMillimetre = pixelsPerMillimetre
        self.stretch = stretch
        self.white = white
    }

    /// Grey: the greatest and the least of the three colours differ by less than this share.
    static func isGrey(_ light: SIMD3<Float>) -> Bool { light.max() - light.min() < 0.38 * light.max() }

    // MARK: Coins

    /// Places of a coin of which the middle light is taken: its print is darker and lighter.
    private static let innerSamples = 65

    private static func coin(
        _ piece: Components.Piece, _ components: Components, _ millimetres: Double, _ edge: FruitEdge, fruit: Mask,
        factor: Int
    ) -> (marker: ScaleMarker, score: Double)? {
        let outline = Polygon(outlining: piece, of: components)
        let full = Double.pi / 4 * Double(piece.box.width * piece.box.height)
        guard abs(outline.area / full - 1) < 0.10 else { return nil }
        let scale = Double(factor)
        let middle = SIMD2(
            Double(piece.box.x) + Double(piece.box.width) / 2, Double(piece.box.y) + Double(piece.box.height) / 2)
        let start = Ellipse(
            centre: middle * scale, axes: SIMD2(Double(piece.box.width), Double(piece.box.height)) * scale / 2, angle: 0
        )
        let inner = (0..<ScaleMarker.innerSamples).map { k in
            let turn = Double(k) * 2.4, share = (Double(k) / Double(ScaleMarker.innerSamples)).squareRoot()
            let away = 0.85 * share * min(start.axes.x, start.axes.y)
            return LinearLight.sampled(edge.image, at: start.centre + away * SIMD2(cos(turn), sin(turn)))
        }
        func median(_ values: [Float]) -> Float {
            var values = values
            return values.element(ofRank: values.count / 2)
        }
        let light = SIMD3(median(inner.map(\.x)), median(inner.map(\.y)), median(inner.map(\.z)))
        guard isGrey(light),
            let found = edge.outline(
                near: start, isFree: { _ in true },
                finder: { centre, direction, near, _ in
                    edge.outermost(from: centre, toward: direction, near: near, inside: light)
                }),
            found.seen > 0.75
        else { return nil }
        let axes = found.ellipse.axes, radius = (axes.x * axes.y).squareRoot()
        let stretch = max(axes.x, axes.y) / min(axes.x, axes.y)
        let misfit = found.points.map { abs(found.ellipse.excess($0)) }.reduce(0, +) / Double(found.points.count)
        guard stretch < 1.12, misfit < max(0.7, 0.02 * radius), radius >= 6 else { return nil }
        // Within a fruit, shine and the stalk's end are round too.
        let x = Int(found.ellipse.centre.x) / factor, y = Int(found.ellipse.centre.y) / factor
        let around = Int(1.6 * radius) / factor
        for (dx, dy) in [(around, 0), (-around, 0), (0, around), (0, -around)] {
            let px = x + dx, py = y + dy
            if px >= 0, py >= 0, px < fruit.width, py < fruit.height, fruit[px, py] { return nil }
        }
        let marker = ScaleMarker(
            shape: .coin, millimetres: millimetres, centre: found.ellipse.centre, radius: radius,
            pixelsPerMillimetre: 2 * radius / millimetres, stretch: stretch, white: nil)
        return (marker, misfit / radius + (1 - found.seen))
    }

    // MARK: Squares

    private static func square(
        _ piece: Components.Piece, of components: Components, _ millimetres: Double, _ image: RGBImage, _ factor: Int
    ) -> (marker: ScaleMarker, score: Double)? {
        let side = Double(piece.areaInPixels).squareRoot()
        var corners = Polygon(outlining: piece, of: components, tolerance: 0.09 * side).vertices
        corners = ScaleMarker.withoutFlatCorners(corners, tolerance: 0.12 * side)
        guard corners.count == 4, abs(Polygon(corners).area / Double(piece.areaInPixels) - 1) < 0.18 else { return nil }
        var quad = corners.map { $0 * Double(factor) }
        func length(_ v: SIMD2<Double>) -> Double { (v * v).sum().squareRoot() }
        // Each side as a line through the places where light is halfway between ink and paper.
        for _ in 0..<2 {
            guard let lines = sides(of: quad, in: image) else { return nil }
            let crossings = (0..<4).map { k in crossing(lines[(k + 3) % 4], lines[k]) }
            guard crossings.allSatisfy({ $0 != nil }) else { return nil }
            quad = crossings.compactMap { $0 }
        }
        let lengths = (0..<4).map { length(quad[($0 + 1) % 4] - quad[$0]) }
        guard let longest = lengths.max(), let shortest = lengths.min(), shortest > 10, longest < 1.12 * shortest else {
            return nil
        }
        let centre = quad.reduce(SIMD2<Double>.zero, +) / 4
        func ring(_ share: Double) -> [SIMD3<Float>] {
            var lights: [SIMD3<Float>] = []
            for k in 0..<4 {
                let corner: SIMD2<Double> = quad[k], side: SIMD2<Double> = (corner + quad[(k + 1) % 4]) / 2
                for place in [corner, side] {
                    lights.append(LinearLight.sampled(image, at: centre + (place - centre) * share))
                }
            }
            return lights
        }
        let paper = ring(1.22), ink = ring(0.7)
        let inkLight = ink.map { $0.sum() }.max() ?? 1, paperLight = paper.map { $0.sum() }.min() ?? 0
        let white = paper.reduce(SIMD3<Float>.zero, +) / Float(paper.count)
        guard paperLight > 2.5 * inkLight, isGrey(white) else { return nil }
        let area = Polygon(quad).area
        let diagonals: [Double] = [length(quad[2] - quad[0]), length(quad[3] - quad[1])].sorted()
        // A perfect square scores 0; of two, the larger is measured better.
        let score: Double = longest / shortest + diagonals[1] / diagonals[0] - 2 - 1e-5 * area.squareRoot()
        let marker = ScaleMarker(
            shape: .square, millimetres: millimetres, centre: centre, radius: diagonals[1] / 2,
            pixelsPerMillimetre: area.squareRoot() / millimetres, stretch: longest / shortest, white: white)
        return (marker, score)
    }

    private static func withoutFlatCorners(_ corners: [SIMD2<Double>], tolerance: Double) -> [SIMD2<Double>] {
        let count = corners.count
        var kept: [SIMD2<Double>] = []
        for i in 0..<count {
            let a = corners[(i + count - 1) % count], b = corners[(i + 1) % count]
            let line = b - a, d = corners[i] - a
            let length: Double = (line * line).sum().squareRoot()
            let away: Double = length == 0 ? .infinity : abs(d.x * line.y - d.y * line.x) / length
            if away > tolerance { kept.append(corners[i]) }
        }
        return kept
    }

    private static func sides(
        of quad: [SIMD2<Double>], in image: RGBImage
    ) -> [(point: SIMD2<Double>, along: SIMD2<Double>)]? {
        let edge = FruitEdge(image: image)
        let centre = quad.reduce(SIMD2<Double>.zero, +) / 4
        var lines: [(point: SIMD2<Double>, along: SIMD2<Double>)] = []
        for k in 0..<4 {
            let a = quad[k], d = quad[(k + 1) % 4] - a, length = (d * d).sum().squareRoot()
            guard length > 8 else { return nil }
            var normal = SIMD2(d.y, -d.x) / length
            if (normal * (a - centre)).sum() < 0 { normal = -normal }
            let direction = atan2(normal.y, normal.x), reach = max(3, 0.10 * length)
            var points: [SIMD2<Double>] = []
            for step in 0..<40 {
                let on = a + d * (0.15 + 0.7 * Double(step) / 39), from = on - normal * (2 * reach + 2)
                let near = 2 * reach + 2
                if let at = edge.distance(from: from, toward: direction, near: near, reach: reach) {
                    points.append(from + normal * at)
                }
            }
            guard points.count >= 20 else { return nil }
            let mean = points.reduce(SIMD2<Double>.zero, +) / Double(points.count)
            var xx = 0.0, yy = 0.0, xy = 0.0
            for p in points {
                let e = p - mean
                xx += e.x * e.x
                yy += e.y * e.y
                xy += e.x * e.y
            }
            let angle = 0.5 * atan2(2 * xy, xx - yy)
            lines.append((mean, SIMD2(cos(angle), sin(angle))))
        }
        return lines
    }

    private static func crossing(
        _ a: (point: SIMD2<Double>, along: SIMD2<Double>), _ b: (point: SIMD2<Double>, along: SIMD2<Double>)
    ) -> SIMD2<Double>? {
        let turn = a.along.x * b.along.y - a.along.y * b.along.x
        guard abs(turn) > 0.3 else { return nil }
        let d = b.point - a.point
        return a.point + a.along * ((d.x * b.along.y - d.y * b.along.x) / turn)
    }
}
