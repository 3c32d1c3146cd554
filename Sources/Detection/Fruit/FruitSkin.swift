import Analysis
import Foundation
import Pixels
import Village

/// The visible skin of one fruit: how much of it is ripe, and its dark spots.
struct FruitSkin {
    /// `nil` where nothing but shine is seen.
    let colourShare: Double?
    let spots: [FruitFigures.Spot]

    /// - Parameters:
    ///   - isOwn: whether a pixel is this fruit's and not one's in front of it.
    ///   - pixelsPerMillimetre: at the fruit's middle; `nil` without a scale: then spots are judged against the radius.
    ///   - ripe: hues of ripe skin, degrees.
    ///   - balance: factors of red, green and blue that make white paper white.
    init(
        of image: RGBImage, outline: Ellipse, isOwn: (Int, Int) -> Bool, pixelsPerMillimetre: Double?,
        ripe: ClosedRange<Double>, balance: SIMD3<Float>, parameters: FruitParameters
    ) {
        let half = max(outline.axes.x, outline.axes.y) + 2
        let box = Region(
            x: Int(outline.centre.x - half), y: Int(outline.centre.y - half), width: Int(2 * half) + 2,
            height: Int(2 * half) + 2
        ).intersection(Region(image.size))
        let patch = SkinPatch(
            image, box: box, outline: outline, isOwn: isOwn, balance: balance, rim: parameters.rim)
        var ripePixels = 0, judged = 0
        for i in patch.inside {
            if patch.saturation[i] < parameters.shineSaturation, patch.value[i] > 0.5 { continue }
            judged += 1
            if FruitSkin.contains(ripe, patch.hue[i]) { ripePixels += 1 }
        }
        colourShare = judged > patch.inside.count / 4 ? Double(ripePixels) / Double(judged) : nil

        // Without a scale a fruit is taken for one of 80 mm.
        let scale = pixelsPerMillimetre ?? (outline.axes.x + outline.axes.y) / 80
        let flat = patch.flattened()
        let reach = max(2, Int((parameters.spotWidest / 2 * scale).rounded()))
        let closed = flat.closed(radius: reach, within: patch.mask)
        // Shade keeps the colour of the skin; a spot is paler or greyer as well as darker.
        let vivid = patch.vividness
        let around = patch.mean(of: vivid, radius: reach)
        var depth = [Float](repeating: 0, count: flat.samples.count)
        for i in patch.inside where closed.samples[i] > 0 {
            // Unripe skin and the stalk's end are green, not spotted.
            let isGreen =
                !FruitSkin.contains(ripe, patch.hue[i]) && patch.saturation[i] > parameters.greenSaturation
            let isFaded = around.samples[i] - vivid.samples[i] > parameters.spotFade / 2
            if !isGreen, isFaded { depth[i] = 1 - flat.samples[i] / closed.samples[i] }
        }
        var seeds = Mask(width: box.width, height: box.height, inside: false)
        for i in patch.inside where depth[i] > parameters.spotEdge { seeds.bytes[i] = 255 }
        let components = Components(of: seeds)
        var members = [[Int]](repeating: [], count: components.pieces.count + 1)
        for i in patch.inside where seeds.bytes[i] != 0 { members[Int(components.labels.samples[i])].append(i) }
        var spots: [FruitFigures.Spot] = []
        for piece in components.pieces {
            let pixels = members[Int(piece.label)]
            var levels = pixels.map { depth[$0] }
            let plateau = levels.element(ofRank: min(levels.count - 1, levels.count * 9 / 10))
            let deepest = levels.max() ?? 0
            let core = pixels.filter { 2 * depth[$0] >= deepest }
            let faded = core.reduce(Float(0)) { $0 + around.samples[$1] - vivid.samples[$1] } / Float(core.count)
            guard deepest >= parameters.spotDepth, faded >= parameters.spotFade else { continue }
            // A spot of a few pixels never shows its full depth.
            let isSmall = min(piece.box.width, piece.box.height) < 6
            let full = isSmall ? max(plateau, min(deepest, FruitSkin.fullDepth)) : plateau
            var area = 0.0, skin = 0.0, sum = SIMD2<Double>.zero
            for i in pixels {
                let share = Double(min(1, depth[i] / full))
                let weight = share >= 0.5 || isSmall ? share : 0
                area += weight
                skin += weight / max(patch.facing[i], 0.2)
                let x = Double(i % box.width) + 0.5, y = Double(i / box.width) + 0.5
                sum += weight * SIMD2(x, y)
            }
            guard area > 0 else { continue }
            let square = skin / (scale * scale), across = 2 * (square / Double.pi).squareRoot()
            guard across >= parameters.spotSmallest, across * scale >= parameters.spotSmallestPixels else { continue }
            let place = sum / area + SIMD2(Double(box.x), Double(box.y))
            spots.append(
                FruitFigures.Spot(
                    x: place.x, y: place.y, diameterInMillimetres: pixelsPerMillimetre == nil ? nil : across,
                    areaInSquareMillimetres: pixelsPerMillimetre == nil ? nil : square, areaInPixels: area))
        }
        self.spots = spots.sorted { $0.areaInPixels > $1.areaInPixels }
    }

    /// How much darker than skin a common spot is.
    private static let fullDepth: Float = 0.7

    /// A range that begins above 360° less its end goes through red: 330…420 is 330…360 and 0…60.
    static func contains(_ range: ClosedRange<Double>, _ hue: Double) -> Bool {
        range.contains(hue) || range.contains(hue + 360)
    }
}
