import Analysis
import Foundation
import Pixels
import Village

/// Dark spots of a fruit's skin, told from shade by their sharp outline.
///
/// Shade darkens a ball smoothly or reaches its rim; a spot is darker than the skin all around it within some pixels.
/// The shading of a ball is taken out, what is dark and closed in by brighter skin is looked at piece by piece, and a
/// piece is a spot where the light falls steeply on the way in from most of the ring around it.
///
/// - Note: a spot that reaches the rim of what is judged is not seen, nor one wider than the widest that is looked for.
struct SkinSpots {
    private let patch: SkinPatch
    private let parameters: FruitParameters
    /// Pixels per millimetre.
    private let scale: Double
    private let flat: Plane<Float>
    private let depth: Plane<Float>

    /// - Complexity: O(pixels × log radius).
    init(in patch: SkinPatch, pixelsPerMillimetre scale: Double, parameters: FruitParameters) {
        self.patch = patch
        self.parameters = parameters
        self.scale = scale
        flat = patch.flattened()
        let reach = max(2, Int((parameters.spotWidest / 2 * scale).rounded()))
        let closed = flat.closed(radius: reach, within: patch.mask)
        var depth = Plane<Float>(width: flat.width, height: flat.height, repeating: 0)
        for i in patch.inside where closed.samples[i] > 0 {
            depth.samples[i] = 1 - flat.samples[i] / closed.samples[i]
        }
        self.depth = depth
    }

    /// The largest first.
    ///
    /// - Parameter hasScale: whether `pixelsPerMillimetre` is known and not assumed.
    func found(hasScale: Bool) -> [FruitFigures.Spot] {
        var seeds = Mask(width: flat.width, height: flat.height, inside: false)
        for i in patch.inside where depth.samples[i] > parameters.spotEdge { seeds.bytes[i] = 255 }
        let components = Components(of: seeds)
        var members = [[Int]](repeating: [], count: components.pieces.count + 1)
        for i in patch.inside where seeds.bytes[i] != 0 { members[Int(components.labels.samples[i])].append(i) }
        return components.pieces.compactMap { spot(of: members[Int($0.label)], in: $0.box, hasScale: hasScale) }
            .sorted { $0.areaInPixels > $1.areaInPixels }
    }

    private func spot(of pixels: [Int], in box: Region, hasScale: Bool) -> FruitFigures.Spot? {
        var levels = pixels.map { depth.samples[$0] }
        guard let deepest = levels.max(), deepest >= parameters.spotDepth else { return nil }
        let plateau = levels.element(ofRank: min(levels.count - 1, levels.count * 9 / 10))
        let core = pixels.filter { 2 * depth.samples[$0] >= deepest }
        guard !isGreen(core), step(into: core) >= parameters.spotStep else { return nil }
        // A spot of a few pixels never shows its full depth.
        let isSmall = min(box.width, box.height) < 6
        let full = isSmall ? max(plateau, min(deepest, SkinSpots.fullDepth)) : plateau
        var area = 0.0, skin = 0.0, sum = SIMD2<Double>.zero
        for i in pixels {
            let share = Double(min(1, depth.samples[i] / full))
            let weight = share >= 0.5 || isSmall ? share : 0
            area += weight
            skin += weight / max(patch.facing[i], 0.2)
            sum += weight * SIMD2(Double(i % flat.width) + 0.5, Double(i / flat.width) + 0.5)
        }
        guard area > 0 else { return nil }
        let square = skin / (scale * scale), across = 2 * (square / Double.pi).squareRoot()
        guard across >= parameters.spotSmallest, across * scale >= parameters.spotSmallestPixels,
            across <= parameters.spotWidest
        else { return nil }
        let place = sum / area + SIMD2(Double(patch.box.x), Double(patch.box.y))
        return FruitFigures.Spot(
            x: place.x, y: place.y, diameterInMillimetres: hasScale ? across : nil,
            areaInSquareMillimetres: hasScale ? square : nil, areaInPixels: area)
    }

    /// Natural logarithm of how much brighter the skin is in the darkest quarter of the ring around than the core is.
    private func step(into core: [Int]) -> Float {
        let xs = core.map { $0 % flat.width }, ys = core.map { $0 / flat.width }
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return 0 }
        let margin = Int(SkinSpots.ring.upperBound) + 1
        let box = Region(
            x: left - margin, y: top - margin, width: right - left + 1 + 2 * margin,
            height: bottom - top + 1 + 2 * margin)
        var around = Mask(width: box.width, height: box.height, inside: true)
        for i in core { around[i % flat.width - box.x, i / flat.width - box.y] = false }
        let away = Plane<Float>(distanceInside: around)
        var ring: [Float] = []
        for y in 0..<box.height {
            for x in 0..<box.width where SkinSpots.ring.contains(away[x, y]) {
                let px = x + box.x, py = y + box.y
                guard px >= 0, py >= 0, px < flat.width, py < flat.height, patch.mask[px, py] else { continue }
                ring.append(flat[px, py])
            }
        }
        var dark = core.map { flat.samples[$0] }
        guard !ring.isEmpty, !dark.isEmpty else { return 0 }
        let outer = ring.element(ofRank: ring.count / 4), inner = dark.element(ofRank: dark.count / 2)
        // At most a hundredfold: noise in the dark says nothing.
        return log(max(outer, 0.01) / max(inner, 0.01))
    }

    /// Whether the darkest third is green: the stalk's end or unripe skin. Black is not.
    private func isGreen(_ core: [Int]) -> Bool {
        let darkest = core.sorted { patch.value[$0] < patch.value[$1] }.prefix(max(3, core.count / 3))
        return patch.greenToRed(of: darkest) > parameters.greenRatio
            && patch.meanSaturation(of: darkest) > parameters.greenSaturation
    }

    /// How much darker than skin a common spot is.
    private static let fullDepth: Float = 0.7
    /// Pixels from the core: nearer the lens still blurs the outline, farther shade begins to matter.
    private static let ring: ClosedRange<Float> = 2...4.5
}
