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
        var colours = SkinColours(width: box.width, height: box.height)
        for i in patch.inside where patch.depth(i, outline: outline) > SkinPatch.colourEdge {
            if patch.saturation[i] < parameters.shineSaturation, patch.value[i] > 0.5 { continue }
            colours.set(i, isRipe: FruitSkin.contains(ripe, patch.hue[i]))
        }
        colourShare =
            colours.known > patch.inside.count / 4
            ? colours.ripeShare { x, y in
                let place = outline.unit(SIMD2(Double(box.x + x) + 0.5, Double(box.y + y) + 0.5))
                return (place * place).sum() < 1 && isOwn(box.x + x, box.y + y)
            } : nil

        // Without a scale a fruit is taken for one of 80 mm.
        let scale = pixelsPerMillimetre ?? (outline.axes.x + outline.axes.y) / 80
        spots = SkinSpots(in: patch, pixelsPerMillimetre: scale, parameters: parameters)
            .found(hasScale: pixelsPerMillimetre != nil)
    }

    /// A range that begins above 360° less its end goes through red: 330…420 is 330…360 and 0…60.
    static func contains(_ range: ClosedRange<Double>, _ hue: Double) -> Bool {
        range.contains(hue) || range.contains(hue + 360)
    }
}
