import Analysis
import Foundation
import Pixels
import Village

/// Dark spots of a fruit's skin, told from shade by their sharp outline.
///
/// Shade darkens a ball smoothly; a spot is darker than the skin all around it within some pixels. The shading of a ball
/// is taken out and dark things are filled to the level around them, narrow ones first: a small spot within unripe skin is
/// found before that is filled too. Where a fill is deepest, the piece of at least half that depth is a spot if light falls
/// steeply into it from most of the ring around and if it is not green.
///
/// - Note: a spot that the outline cuts is mostly not seen, nor one wider than the widest that is looked for.
struct SkinSpots {
    private let patch: SkinPatch
    private let parameters: FruitParameters
    /// Pixels per millimetre.
    private let scale: Double
    private let flat: Plane<Float>

    init(in patch: SkinPatch, pixelsPerMillimetre scale: Double, parameters: FruitParameters) {
        self.patch = patch
        self.parameters = parameters
        self.scale = scale
        flat = patch.flattened()
    }

    /// The largest first.
    ///
    /// - Parameter hasScale: whether `pixelsPerMillimetre` is known and not assumed.
    /// - Complexity: O(pixels × log radius), and O(pixels around) for each dark piece.
    func found(hasScale: Bool) -> [FruitFigures.Spot] {
        var taken = Mask(width: flat.width, height: flat.height, inside: false)
        var spots: [FruitFigures.Spot] = []
        for share in SkinSpots.fills {
            let widest = parameters.spotWidest * share
            let depth = filled(to: widest)
            for core in deepest(of: depth) {
                let piece = DarkPiece(
                    around: core, of: depth, light: flat, patch: patch, pixelsPerMillimetre: scale)
                guard let piece, piece.diameter <= SkinSpots.slack * widest,
                    !piece.pixels.contains(where: { taken.bytes[$0] != 0 }), isSharp(piece)
                else { continue }
                for i in piece.pixels { taken.bytes[i] = 255 }
                if !isGreen(piece), let spot = spot(of: piece, hasScale: hasScale) { spots.append(spot) }
            }
        }
        return spots.sorted { $0.areaInPixels > $1.areaInPixels }
    }

    /// By which share skin is darker than the level to which things up to `widest` millimetres are filled.
    private func filled(to widest: Double) -> Plane<Float> {
        let closed = flat.closed(radius: max(2, Int((widest / 2 * scale).rounded())), within: patch.mask)
        var depth = Plane<Float>(width: flat.width, height: flat.height, repeating: 0)
        for i in patch.inside where closed.samples[i] > 0 {
            depth.samples[i] = 1 - flat.samples[i] / closed.samples[i]
        }
        return depth
    }

    /// The deepest pixel of each dark part, with the part's box.
    private func deepest(of depth: Plane<Float>) -> [(pixel: Int, box: Region)] {
        var dark = Mask(width: flat.width, height: flat.height, inside: false)
        for i in patch.inside where depth.samples[i] > parameters.spotDepth { dark.bytes[i] = 255 }
        let components = Components(of: dark)
        var deepest = [Int?](repeating: nil, count: components.pieces.count + 1)
        for i in patch.inside where dark.bytes[i] != 0 {
            let label = Int(components.labels.samples[i])
            if deepest[label].map({ depth.samples[$0] < depth.samples[i] }) ?? true { deepest[label] = i }
        }
        return components.pieces.compactMap { piece in deepest[Int(piece.label)].map { ($0, piece.box) } }
    }

    /// Whether light falls steeply into a piece.
    private func isSharp(_ piece: DarkPiece) -> Bool {
        if piece.diameter < parameters.spotFine, piece.step < parameters.spotNoise * piece.noise { return false }
        guard piece.ringSeen < SkinSpots.wholeRing else { return piece.step >= parameters.spotStep }
        return piece.step >= (piece.diameter > parameters.spotWide ? parameters.spotWideStep : parameters.spotRimStep)
    }

    /// Whether a piece is the stalk's end or unripe skin: greener than what surrounds it, or as green and of that size.
    private func isGreen(_ piece: DarkPiece) -> Bool {
        let against = piece.greenToRed / max(piece.skinGreenToRed, 1e-3)
        let hasSize = piece.diameter > parameters.stalkSmallest
        // Shine makes colours pale.
        if piece.greenToRed > 1, against > SkinSpots.greenerUnderShine, hasSize,
            piece.saturation > parameters.greenSaturation / 2
        {
            return true
        }
        guard piece.saturation > parameters.greenSaturation else { return false }
        guard piece.skinGreenToRed >= parameters.greenSkin else {
            // Blur mixes the skin's full colour into a narrow piece.
            let isBlurred = piece.facing < SkinSpots.slanted && piece.saturation > SkinSpots.blurred
            let least = isBlurred ? parameters.greenAgainstSlant : parameters.greenAgainstSkin
            return against > least && piece.greenToRed > SkinSpots.leastGreen
        }
        return piece.greenToRed > parameters.greenRatio
            && (against > parameters.greenAgainstSkin
                || against > parameters.greenLikeSkin && hasSize && piece.step < parameters.stalkStep)
    }

    private func spot(of piece: DarkPiece, hasScale: Bool) -> FruitFigures.Spot? {
        let (weights, level) = piece.darkness(in: flat, least: parameters.spotDarkness)
        var area = 0.0, skin = 0.0, sum = SIMD2<Double>.zero
        for (i, dark) in weights {
            let weight = Double(dark / level)
            area += weight
            skin += weight / max(patch.facing[i], DarkPiece.leastFacing)
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

    /// The widths that are filled one after the other, as shares of the widest.
    private static let fills = [0.25, 0.5, 1]
    /// How much wider than a fill a piece may be measured.
    private static let slack = 1.05
    /// Share of the ring from which it counts as whole.
    private static let wholeRing = 0.75
    /// Cosine of the slant from which colours are blurred.
    private static let slanted = 0.5
    /// Saturation from which a slanted piece shows that of the skin around.
    private static let blurred = 0.6
    /// Green light against red of the brownest end of a stalk on ripe skin.
    private static let leastGreen = 0.42
    private static let greenerUnderShine = 1.12
}
