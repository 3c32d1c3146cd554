import Analysis
import Foundation
import Pixels

/// A dark piece of skin and the ring of skin around it.
struct DarkPiece {
    /// Indices in the patch.
    let pixels: [Int]
    /// Of the disc with its area on the skin, millimetres.
    let diameter: Double
    /// Natural logarithm of how much brighter the skin is in the darkest quarter of the ring than in the core.
    let step: Float
    /// The same between the ring's middle and its darkest quarter.
    let noise: Float
    /// Share of the ring that is skin, 0…1.
    let ringSeen: Double
    /// Green light against red of the core and of the ring.
    let greenToRed: Double
    let skinGreenToRed: Double
    /// Of the core, 0…1.
    let saturation: Double
    /// Mean cosine of the core's slant.
    let facing: Double
    /// The middle of the ring's light.
    private let skin: Float
    /// Pixels just outside, into which the lens blurs the piece.
    private let seam: [Int]

    /// `nil` where hardly any skin is seen around it.
    ///
    /// - Parameters:
    ///   - core: the deepest pixel, and the box within which the piece is looked for.
    ///   - depth: by which share skin is darker than what surrounds it.
    ///   - light: of the skin without shading.
    init?(
        around core: (pixel: Int, box: Region), of depth: Plane<Float>, light: Plane<Float>, patch: SkinPatch,
        pixelsPerMillimetre scale: Double
    ) {
        let width = light.width, deepest = depth.samples[core.pixel]
        let box = core.box.expanded(by: 1).intersection(Region(x: 0, y: 0, width: width, height: light.height))
        pixels = DarkPiece.connected(to: core.pixel, of: depth, above: DarkPiece.half * deepest, in: box)
        let area = pixels.reduce(0) { $0 + 1 / max(patch.facing[$1], DarkPiece.leastFacing) } / (scale * scale)
        diameter = 2 * (area / Double.pi).squareRoot()
        let dark = pixels.filter { depth.samples[$0] >= DarkPiece.coreDepth * deepest }

        var ring: [Int] = [], seam: [Int] = [], count = 0
        DarkPiece.surroundings(of: pixels, width: width) { x, y, away in
            let isRing = DarkPiece.ring.contains(away)
            if isRing { count += 1 }
            guard x >= 0, y >= 0, x < width, y < light.height, patch.mask[x, y] else { return }
            if isRing { ring.append(y * width + x) }
            if away <= DarkPiece.blur { seam.append(y * width + x) }
        }
        guard ring.count >= DarkPiece.leastRing else { return nil }
        self.seam = seam
        ringSeen = Double(ring.count) / Double(count)
        var around = ring.map { light.samples[$0] }, inner = dark.map { light.samples[$0] }
        skin = around.element(ofRank: around.count / 2)
        // At most a hundredfold: noise in the dark says nothing.
        let quarter = max(around.element(ofRank: around.count / 4), 0.01)
        step = log(quarter / max(inner.element(ofRank: inner.count / 2), 0.01))
        noise = log(max(skin, 0.01) / quarter)
        greenToRed = patch.greenToRed(of: dark)
        skinGreenToRed = patch.greenToRed(of: ring)
        saturation = patch.meanSaturation(of: dark)
        facing = dark.reduce(0) { $0 + patch.facing[$1] } / Double(dark.count)
    }

    /// By which share each pixel of the piece and of its seam is darker than the skin around, and the share that a whole
    /// pixel of the spot is: what a wide piece shows itself, for a small one at least `least`.
    func darkness(in light: Plane<Float>, least: Float) -> (pixels: [(Int, Float)], full: Float) {
        let found = (pixels + seam).map { ($0, min(max(1 - light.samples[$0] / skin, 0), 1)) }
        var shares = found.map(\.1)
        let own = shares.element(ofRank: shares.count - max(1, shares.count / 8))
        return (found, max(least, own))
    }

    /// 8-connected pixels above a depth, within a box.
    private static func connected(to first: Int, of depth: Plane<Float>, above least: Float, in box: Region) -> [Int] {
        var seen = Mask(width: box.width, height: box.height, inside: false)
        var found: [Int] = [], waiting = [first]
        seen[first % depth.width - box.x, first / depth.width - box.y] = true
        while let i = waiting.popLast() {
            found.append(i)
            let x = i % depth.width, y = i / depth.width
            for v in max(box.y, y - 1)...min(box.maxY - 1, y + 1) {
                for u in max(box.x, x - 1)...min(box.maxX - 1, x + 1)
                where !seen[u - box.x, v - box.y] && depth[u, v] > least {
                    seen[u - box.x, v - box.y] = true
                    waiting.append(v * depth.width + u)
                }
            }
        }
        return found.sorted()
    }

    /// Every place up to the ring's end outside some pixels, with its distance.
    private static func surroundings(of pixels: [Int], width: Int, visit: (Int, Int, Float) -> Void) {
        let xs = pixels.map { $0 % width }, ys = pixels.map { $0 / width }
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return }
        let margin = Int(ring.upperBound) + 2
        var outside = Mask(width: right - left + 1 + 2 * margin, height: bottom - top + 1 + 2 * margin, inside: true)
        for i in pixels { outside[i % width - left + margin, i / width - top + margin] = false }
        let away = Plane<Float>(distanceInside: outside, borderIsEdge: false)
        for y in 0..<outside.height {
            for x in 0..<outside.width where away[x, y] > 0 && away[x, y] <= ring.upperBound {
                visit(x + left - margin, y + top - margin, away[x, y])
            }
        }
    }

    /// Least cosine by which areas are stretched.
    static let leastFacing = 0.2
    /// A piece reaches to this share of its greatest depth, its core to the other.
    private static let half: Float = 0.5
    private static let coreDepth: Float = 0.75
    /// Pixels from the piece: nearer the lens still blurs the outline, farther shade begins to matter.
    private static let ring: ClosedRange<Float> = 1.401...4.5
    private static let leastRing = 4
    /// How far the lens blurs a piece's darkness out of it, pixels.
    private static let blur: Float = 1.5
}
