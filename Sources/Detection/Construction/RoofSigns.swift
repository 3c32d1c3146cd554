import Analysis
import Foundation
import Pixels

/// What tells a roof: a sheet of one strong colour, or a smooth bright plane that closes the top of what stands.
enum RoofSigns {
    /// Share of a region with sheet colours from which it can have a roof of painted sheet.
    static let sheetShare = 0.15
    /// Working pixels that a roof of painted sheet reaches to every side of its middle.
    static let sheetRadius = 4
    /// Gradient of luminance over its mean below which a pixel is smooth.
    static let smooth: Float = 0.10
    /// The middle of a slab lies above this share of the region's height.
    static let slabMiddle = 0.40

    /// A smooth piece in the upper part of a region.
    struct Slab: Sendable {
        /// Its share of the region.
        var share: Double
        /// Its width over the region's.
        var width: Double
        /// Its mean luminance over that of the rest: a level slab sees the whole sky.
        var brightness: Double

        /// Large enough to be seen as a roof by itself.
        var isWhole: Bool { share >= 0.10 && width >= 0.55 && brightness >= 1.08 }
        /// A roof seen at a low angle shows little more than its edge: bright where nothing goes up any more.
        var isEdge: Bool { share >= 0.03 && brightness >= 1.30 }
    }

    /// Whether painted sheet hangs together: crates and washing have its colours too, in small pieces.
    static func hasSheet(_ image: RGBImage, in region: Mask, share: Double) -> Bool {
        guard share > sheetShare else { return false }
        var sheet = Mask(width: region.width, height: region.height, inside: false)
        for i in region.bytes.indices where region.bytes[i] != 0 && ColourKind(of: image, at: i) == .sheet {
            sheet.bytes[i] = 255
        }
        return sheet.eroded(by: .disc(radius: sheetRadius)).count > 0
    }

    /// The largest smooth piece in the upper part.
    static func slab(_ view: SceneView, in region: Mask) -> Slab? {
        let box = region.bounds, count = region.count
        guard count > 0, box.width > 2, box.height > 2 else { return nil }
        let lowest = box.y + Int(2 * slabMiddle * Double(box.height))
        var plane = Mask(width: region.width, height: region.height, inside: false)
        for y in max(box.y, 1)..<min(lowest, region.height - 1) {
            for x in max(box.x, 1)..<min(box.maxX, region.width - 1) where region[x, y] {
                let dx = view.luminance[x + 1, y] - view.luminance[x - 1, y]
                let dy = view.luminance[x, y + 1] - view.luminance[x, y - 1]
                plane[x, y] = (dx * dx + dy * dy).squareRoot() < smooth * max(view.mean[x, y], 12)
            }
        }
        let pieces = Components(of: plane.opened(by: .disc(radius: 1)))
        guard let piece = pieces.pieces.max(by: { $0.areaInPixels < $1.areaInPixels }) else { return nil }
        guard piece.centroid.y < Double(box.y) + slabMiddle * Double(box.height) else { return nil }
        var inside = 0.0, outside = 0.0
        for i in region.bytes.indices where region.bytes[i] != 0 {
            if pieces.labels.samples[i] == piece.label {
                inside += Double(view.luminance.samples[i])
            } else {
                outside += Double(view.luminance.samples[i])
            }
        }
        let area = Double(piece.areaInPixels), rest = Double(count) - area
        guard rest > 0, outside > 0 else { return nil }
        return Slab(
            share: area / Double(count), width: Double(piece.box.width) / Double(box.width),
            brightness: inside / area / (outside / rest))
    }
}
