import Foundation
import Pixels

extension RoomWatch {
    /// A picture beside the look that it is most like.
    struct Comparison {
        /// Of the looks.
        var look: Int
        var difference: RoomDifference
        /// Whether the look has the picture's light.
        var isFamiliar: Bool
        /// All that is big enough for somebody far off.
        var shapes: [RoomDifference.Shape]
        /// Pixels of the signs in those shapes.
        var unexplained: Int { shapes.reduce(0) { $0 + $1.signs } }
    }

    /// The best of the looks nearest in light: one of the same light before others, then the one that leaves least
    /// unexplained.
    func comparison(of view: RoomView, with looks: [Look], smallest: Double) -> Comparison {
        let distances = looks.map { $0.view.lightDistance(to: view) }
        let near = looks.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
            .prefix(max(parameters.looksTried, 1))
        let least = smallest * min(1, parameters.uprightShare / parameters.smallestShare)
        let tried = near.map { index in
            let difference = RoomDifference(
                of: view, from: looks[index].view, parameters.difference, parameters: parameters)
            let shapes = difference.shapes(smallest: least, parameters: parameters)
            let covered = shapes.reduce(Mask(width: size.width, height: size.height, inside: false)) {
                $0.union($1.mask)
            }.dilated(by: .square(radius: RoomWatch.stretched))
            return Comparison(
                look: index, difference: difference,
                isFamiliar: RoomLight(difference.field, except: covered).isFamiliar(parameters), shapes: shapes)
        }
        var best = tried[0]
        for other in tried.dropFirst()
        where (other.isFamiliar ? 0 : 1, other.difference.solid.count)
            < (best.isFamiliar ? 0 : 1, best.difference.solid.count)
        {
            best = other
        }
        return best
    }

    /// Pixels around a shape in which the field of light is its neighbour's.
    private static let stretched = 8

    /// Whether a picture in a light that the look does not have says anything all the same.
    func tells(_ found: Comparison, _ look: Look, smallest: Double) -> Bool {
        let signs = Double(found.unexplained), area = smallest / parameters.smallestShare
        if signs <= parameters.quietShare * smallest { return true }
        guard !look.isProven else { return signs <= parameters.scatteredShare * area }
        return found.shapes.contains {
            Double($0.area) >= smallest && Double($0.signs) >= parameters.compactShare * signs
        }
    }

    /// Whether a shape may be somebody by its size. A small one must be upright and no patch of sun.
    func isPerson(
        _ shape: RoomDifference.Shape, _ found: Comparison, _ look: Look, _ view: RoomView, smallest: Double
    ) -> Bool {
        if Double(shape.area) >= smallest { return true }
        let ratio = Double(shape.box.height) / Double(shape.box.width)
        let isUpright = ratio >= parameters.uprightRatio && ratio <= parameters.uprightMost
        return found.isFamiliar && isUpright && !isGlare(shape, found, look, view)
    }

    /// Whether the shape's box is lit up far beyond what the light around does.
    private func isGlare(
        _ shape: RoomDifference.Shape, _ found: Comparison, _ look: Look, _ view: RoomView
    ) -> Bool {
        let field = found.difference.field
        var glare = 0
        for y in shape.box.y..<shape.box.maxY {
            for x in shape.box.x..<shape.box.maxX {
                let i = y * size.width + x
                guard Int(view.highest(i)) >= parameters.glareLevel else { continue }
                let expected = (0..<3).map { look.view.logs[$0].samples[i] + field.channels[$0].samples[i] }.max() ?? 0
                if exp(expected) - RoomView.lift < Float(parameters.glareFormer) { glare += 1 }
            }
        }
        return Double(glare) > parameters.glareShare * Double(shape.area)
    }

    // MARK: What was in the look and is no more

    /// Leaves out, and takes from the look, what was in it and has gone: somebody was there when it was learnt.
    func withoutGhosts(
        _ shapes: [RoomDifference.Shape], _ found: Comparison, _ view: RoomView, in room: inout Room
    ) -> [RoomDifference.Shape] {
        let look = room.looks[found.look].view
        let proven = room.looks.indices.filter { $0 != found.look && room.looks[$0].isProven }
            .map { room.looks[$0].view }
        guard !proven.isEmpty, !shapes.isEmpty else { return shapes }
        let texture = parameters.difference.texture * parameters.difference.texture
        let pairs = proven.map { (base: $0, now: view.correlation(with: $0), former: look.correlation(with: $0)) }
        /// The share of textured pixels that are as in the proven look.
        func kept(_ seen: RoomView, _ correlation: Plane<Float>, _ base: RoomView, _ shape: Mask) -> Double {
            var all = 0, same = 0
            for i in shape.bytes.indices where shape.bytes[i] != 0 {
                guard max(base.variance.samples[i], seen.variance.samples[i]) > texture else { continue }
                all += 1
                if correlation.samples[i] > parameters.difference.kept { same += 1 }
            }
            return all > RoomWatch.leastTexture ? Double(same) / Double(all) : 0
        }
        return shapes.filter { shape in
            let hasGone = pairs.contains {
                kept(view, $0.now, $0.base, shape.mask) - kept(look, $0.former, $0.base, shape.mask)
                    > parameters.ghostLead
            }
            if hasGone { room.looks[found.look].take(view, where: shape.mask, found.difference) }
            return !hasGone
        }
    }

    /// Textured pixels from which a share of them says something.
    private static let leastTexture = 20

    /// Leaves out a thing that stood in one place and stands in another.
    func withoutMovedThings(
        _ shapes: [RoomDifference.Shape], _ found: Comparison, _ view: RoomView, in room: Room
    ) -> [RoomDifference.Shape] {
        guard shapes.count > 1, room.looks[found.look].confirmed >= parameters.movedPictures else { return shapes }
        let look = room.looks[found.look].view
        let hasGone = shapes.map { self.hasGone($0.mask, from: look, in: view) }
        var left = Set(shapes.indices)
        for gone in shapes.indices where hasGone[gone] {
            let former = colour(of: look, in: shapes[gone].mask, field: nil)
            let new = shapes.indices.first {
                guard left.contains($0), !hasGone[$0] else { return false }
                let ratio = Double(shapes[$0].area) / Double(shapes[gone].area)
                guard max(ratio, 1 / ratio) < parameters.movedSize else { return false }
                let now = colour(of: view, in: shapes[$0].mask, field: found.difference.field)
                return max(abs(now.0 - former.0), abs(now.1 - former.1)) < parameters.movedColour
            }
            guard let new else { continue }
            left.subtract([gone, new])
        }
        return shapes.indices.filter { left.contains($0) }.map { shapes[$0] }
    }

    /// Mean logarithms of red over green and green over blue, without the field of light.
    private func colour(of view: RoomView, in shape: Mask, field: LightField?) -> (Float, Float) {
        var sums: [Float] = [0, 0, 0], count: Float = 0
        for i in shape.bytes.indices where shape.bytes[i] != 0 {
            count += 1
            for k in 0..<3 { sums[k] += view.logs[k].samples[i] - (field?.channels[k].samples[i] ?? 0) }
        }
        return ((sums[0] - sums[1]) / max(count, 1), (sums[1] - sums[2]) / max(count, 1))
    }
}
