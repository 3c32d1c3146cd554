import Analysis
import Pixels

/// Pale animals on darker ground in a single picture: for a camera whose empty ground is not known, and seen about
/// equally large, as from the air.
///
/// What is far paler than the ground and not small is an animal; the size that most of it has is one animal's. Brown
/// and black ones are not seen.
struct PaleAnimals {
    struct Piece {
        var piece: Components.Piece
        var animals: Int
    }

    let pieces: [Piece]
    let components: Components

    /// - Parameter counted: where animals count, in the picture.
    /// - Returns: `nil` where too few pieces are of one size, so that nothing tells what they are.
    init?(in image: RGBImage, counted: Mask, parameters p: PenParameters.Pale) {
        let lowest = Plane(
            width: image.width, height: image.height,
            samples: (0..<image.size.area).map { LogColour.lowest(image, $0) })
        let ranked = lowest.samples.indices.filter { counted.bytes[$0] != 0 }.map { lowest.samples[$0] }.sorted()
        guard !ranked.isEmpty else { return nil }
        func level(_ share: Double) -> Double { Double(ranked[Int(Double(ranked.count - 1) * share)]) }
        let ground = level(0.5), pale = level(PaleAnimals.palest)
        guard pale - ground >= p.contrast else { return nil }
        let limit = ground + p.step * (pale - ground)
        var bytes = [UInt8](repeating: 0, count: ranked.isEmpty ? 0 : lowest.samples.count)
        for i in bytes.indices where Double(lowest.samples[i]) > limit { bytes[i] = counted.bytes[i] }
        components = Components(
            of: Mask(width: image.width, height: image.height, bytes: bytes).opened(by: .square(radius: 1)))
        let bySize = components.pieces.filter { $0.areaInPixels >= p.leastPixels }.sorted {
            $0.areaInPixels < $1.areaInPixels
        }
        let total = bySize.reduce(0) { $0 + $1.areaInPixels }
        var below = 0
        let middle = bySize.first { piece in
            below += piece.areaInPixels
            return 2 * below >= total
        }
        guard let middle else { return nil }
        let one = Double(middle.areaInPixels)
        pieces = bySize.filter { Double($0.areaInPixels) >= p.smallest * one }.map {
            Piece(piece: $0, animals: max(1, Int((Double($0.areaInPixels) / one).rounded())))
        }
        let alike = pieces.filter { $0.animals == 1 }
        guard alike.count >= p.alike, alike.count * 2 >= pieces.count else { return nil }
    }

    /// Share of the pixels that are darker than the palest animals.
    private static let palest = 0.995
}
