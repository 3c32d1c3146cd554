import Analysis
import Foundation
import Pixels
import Village

/// Which part of a region is the thing that stands there.
///
/// A region is all that lasts and differs: trodden ground and heaped earth about the walls, grass that died under them, and
/// a rim as wide as the windows by which views are compared. The outline of works that have walls is drawn without these:
/// it is what an inspector measures.
struct BuiltOutline {
    /// Chromaticity (log ratio) across and along the daylight axis, and brightness (log), from which a pixel differs by
    /// itself. Darker by less is shade. Chosen on rendered scenes, where half and twice of each makes little difference.
    static let across: Float = 0.04
    static let along: Float = 0.12
    static let brighter: Float = 0.10
    static let darker: Float = 0.30
    /// Radius of the windows over which structure is compared, its contrast over their brightness, and the correlation
    /// below which it differs.
    static let radius = 3
    static let contrast: Float = 0.04
    static let correlation: Float = 0.3
    /// How far from the region's border the rim reaches that comparing adds, pixels: a window and its smoothing.
    static let rim = 5
    /// The ring about the region that tells what light has done, from its border; pixels.
    static let ring = (from: 6, to: 14)
    /// Parts smaller than this share of the largest are dropped.
    static let part = 0.1
    /// A thing that is less of its region than this was not told from the ground.
    static let least = 0.35

    /// The stages from which a thing stands; ground and heaps are their whole region.
    static func isDrawn(at stage: Flag.Stage) -> Bool {
        guard let rank = stage.rank, let walls = Flag.Stage.walls.rank else { return false }
        return rank >= walls
    }

    /// - Parameters:
    ///   - now, before: views of one size, with and without the thing.
    /// - Returns: `nil` where too little of the region is told from the ground.
    /// - Complexity: O(pixels of the box about the region).
    static func of(_ region: Mask, now: SceneView, before: SceneView) -> Mask? {
        let box = region.bounds.expanded(by: ring.to + radius + 1).intersection(Region(region.size))
        guard region.bounds.area > 0 else { return nil }
        let part = region.cropped(to: box)
        let differs = difference(close(now, box), close(before, box), part)
        guard let thing = peeled(part, differs: differs, image: now.image.cropped(to: box)) else { return nil }
        return thing.placed(at: box, in: region.size)
    }

    /// A part of a view, compared over small windows and by each pixel's own colour.
    private static func close(_ view: SceneView, _ box: Region) -> SceneView {
        SceneView(
            image: view.image.cropped(to: box), valid: view.valid.cropped(to: box), radius: radius, colourRadius: 0)
    }

    /// The region without what hangs together with its outside and is ground, or its rim where nothing differs.
    private static func peeled(_ region: Mask, differs: Mask, image: RGBImage) -> Mask? {
        let inner = region.eroded(by: .square(radius: rim))
        var loose = region.inverted.union(region.subtracting(differs).subtracting(inner))
        for i in loose.bytes.indices where ColourKind.isGround(image, at: i) { loose.bytes[i] = 255 }
        // A thread of ground-coloured pixels is no way into a wall.
        loose = loose.opened(by: .disc(radius: 1))
        let outside = loose.union(region.inverted).reconstructed(from: region.inverted)
        let parts = Components(of: region.subtracting(outside).opened(by: .disc(radius: 2)))
        let largest = parts.pieces.map(\.areaInPixels).max() ?? 0
        let kept = parts.pieces.filter { Double($0.areaInPixels) >= part * Double(largest) }
        guard Double(kept.reduce(0) { $0 + $1.areaInPixels }) >= least * Double(region.count) else { return nil }
        let labels = Set(kept.map(\.label))
        return Mask(
            width: region.width, height: region.height,
            bytes: parts.labels.samples.map { labels.contains($0) ? 255 : 0 })
    }

    /// Where a pixel differs by itself, the light about the region taken out, or the structure of its small window does.
    private static func difference(_ now: SceneView, _ before: SceneView, _ region: Mask) -> Mask {
        let ring = region.dilated(by: .disc(radius: ring.to)).subtracting(
            region.dilated(by: .disc(radius: ring.from))
        ).intersection(now.valid).intersection(before.valid)
        let products = now.products(with: before, radius: radius)
        var red: [Float] = [], blue: [Float] = [], light: [Float] = []
        for i in region.bytes.indices where ring.bytes[i] != 0 {
            let step = PixelStep(from: before, to: now, at: i)
            red.append(step.red)
            blue.append(step.blue)
            light.append(step.light)
        }
        func middle(_ steps: inout [Float]) -> Float {
            steps.isEmpty ? 0 : steps.element(ofRank: steps.count / 2)
        }
        let usual = PixelStep(red: middle(&red), blue: middle(&blue), light: middle(&light))
        var result = Mask(width: region.width, height: region.height, inside: false)
        for i in region.bytes.indices where region.bytes[i] != 0 {
            let step = PixelStep(from: before, to: now, at: i) - usual
            if step.isOther || isOtherStructure(now, before, product: products.samples[i], at: i) {
                result.bytes[i] = 255
            }
        }
        return result
    }

    private static func isOtherStructure(_ now: SceneView, _ before: SceneView, product: Float, at i: Int) -> Bool {
        let means = (now.mean.samples[i], before.mean.samples[i]),
            deviations = (now.deviation.samples[i], before.deviation.samples[i])
        let contrasts = (
            deviations.0 / max(means.0, SceneView.leastMean), deviations.1 / max(means.1, SceneView.leastMean)
        )
        let (low, high) = (min(contrasts.0, contrasts.1), max(contrasts.0, contrasts.1))
        guard high > contrast else { return false }
        guard low > contrast else { return low < contrast / 2 }
        return product - means.0 * means.1 < correlation * deviations.0 * deviations.1
    }
}

/// What a pixel's colour and brightness did between two views, as logarithms of ratios.
private struct PixelStep {
    var red: Float
    var blue: Float
    var light: Float

    init(red: Float, blue: Float, light: Float) {
        self.red = red
        self.blue = blue
        self.light = light
    }

    init(from before: SceneView, to now: SceneView, at i: Int) {
        self.init(
            red: now.redGreen.samples[i] - before.redGreen.samples[i],
            blue: now.blueGreen.samples[i] - before.blueGreen.samples[i],
            light: log((now.luminance.samples[i] + 8) / (before.luminance.samples[i] + 8)))
    }

    static func - (a: PixelStep, b: PixelStep) -> PixelStep {
        PixelStep(red: a.red - b.red, blue: a.blue - b.blue, light: a.light - b.light)
    }

    var isOther: Bool {
        let diagonal = Float(0.5).squareRoot()
        return abs(red + blue) * diagonal > BuiltOutline.across || abs(red - blue) * diagonal > BuiltOutline.along
            || light > BuiltOutline.brighter || light < -BuiltOutline.darker
    }
}
