import Analysis
import Foundation
import Pixels

/// Small things that stand out from the ground around them.
struct LitterMap {
    let mask: Mask

    /// - Parameter ground: where litter may lie.
    init(of view: ColourView, ground: Mask, parameters: CleanupParameters) {
        let size = view.size
        let radius = max(2, Int(parameters.litterScale * Double(size.width)))
        func step(_ plane: Plane<Float>) -> [Float] {
            let around = plane.boxMean(radius: 2 * radius)
            return zip(plane.samples, around.samples).map { $0 - $1 }
        }
        let light = step(view.lightness), red = step(view.redness), blue = step(view.blueness)
        var cut = Mask(width: size.width, height: size.height, inside: false)
        for i in cut.bytes.indices where ground.bytes[i] != 0 {
            let colour = (red[i] * red[i] + blue[i] * blue[i]).squareRoot()
            if abs(light[i]) > parameters.litterLightness || colour > parameters.litterColour { cut.bytes[i] = 255 }
        }
        let area = Double(size.area)
        mask = Components(of: cut.closed(by: .disc(radius: 1))).mask { piece in
            let share = Double(piece.areaInPixels) / area
            return share >= parameters.litterSmallest && share <= parameters.litterLargest
                && Double(piece.areaInPixels) >= parameters.litterFill * Double(piece.box.area)
                && max(piece.box.width, piece.box.height) <= 6 * radius
        }
    }

    /// The pieces that have none of `other`'s within `reach` pixels.
    func without(_ other: LitterMap, reach: Int) -> Mask {
        let near = other.mask.dilated(by: .disc(radius: reach))
        let components = Components(of: mask)
        var covered = [Int](repeating: 0, count: components.pieces.count + 1)
        for i in mask.bytes.indices where mask.bytes[i] != 0 && near.bytes[i] != 0 {
            covered[Int(components.labels.samples[i])] += 1
        }
        return components.mask { 3 * covered[Int($0.label)] < $0.areaInPixels }
    }
}
