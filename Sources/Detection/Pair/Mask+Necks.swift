import Analysis
import Pixels

extension Mask {
    /// With the pieces of more than `limit` pixels cut apart at their necks, so that neighbours that touch are judged
    /// one by one.
    ///
    /// A piece is worn down, a little more every time, until it falls in two; every pixel then belongs to the core it
    /// reaches first
    /// inside the piece, and a line of one pixel between two cores is taken out.
    ///
    /// - Parameter least: pixels that a core must have to stand for itself.
    func cutAtNecks(above limit: Int, least: Int) -> Mask {
        var result = self
        for radius in Mask.neckRadii {
            let components = Components(of: result)
            let large = components.pieces.filter { $0.areaInPixels > limit }
            if large.isEmpty { break }
            for piece in large {
                let whole = components.mask(of: piece)
                let cores = Components(of: whole.eroded(by: .disc(radius: radius)))
                let kept = cores.pieces.filter { $0.areaInPixels >= least }
                guard kept.count > 1 else { continue }
                result = result.subtracting(whole.borders(between: cores, kept: kept))
            }
        }
        return result
    }

    /// Half the widths of the necks at which pieces are cut, working pixels.
    private static let neckRadii = [2, 3, 5, 7, 10, 14]

    /// The pixels of this piece where the areas of two cores meet.
    private func borders(between cores: Components, kept: [Components.Piece]) -> Mask {
        var owners = [Int32](repeating: 0, count: bytes.count)
        let numbers = Set(kept.map(\.label))
        var front: [Int] = []
        for (i, label) in cores.labels.samples.enumerated() where numbers.contains(label) {
            owners[i] = label
            front.append(i)
        }
        func neighbours(_ i: Int) -> [Int] {
            let x = i % width, y = i / width
            var found: [Int] = []
            for dy in -1...1 {
                for dx in -1...1
                where x + dx >= 0 && y + dy >= 0 && x + dx < width && y + dy < height && (dx, dy) != (0, 0) {
                    found.append((y + dy) * width + x + dx)
                }
            }
            return found
        }
        while !front.isEmpty {
            var next: [Int] = []
            for i in front {
                for j in neighbours(i) where bytes[j] != 0 && owners[j] == 0 {
                    owners[j] = owners[i]
                    next.append(j)
                }
            }
            front = next
        }
        var result = Mask(width: width, height: height, inside: false)
        for i in owners.indices where owners[i] != 0 {
            if neighbours(i).contains(where: { owners[$0] > owners[i] }) { result.bytes[i] = 255 }
        }
        return result
    }
}
