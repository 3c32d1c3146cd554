import Pixels

/// A picture cut into pieces of like colour (Felzenszwalb and Huttenlocher 2004).
///
/// Two pieces grow together where the step between them is no greater than what either has inside, plus `coarseness`
/// over its
/// size. Colour counts three times as much as brightness, so that the lit and the shaded side of one roof stay
/// together.
///
/// - Exactness: the same pieces for the same picture; steps are compared in 1/4096.
/// - Complexity: O(pixels), by counting sort; eight-neighbourhood.
struct ColourSegments: Sendable {
    /// The number of each pixel's piece, from 0, in the order of their first pixels.
    let labels: [Int32]
    let count: Int
    let size: Size

    /// How much a step of colour counts against one of brightness.
    static let colourWeight: Float = 3

    /// - Parameters:
    ///   - coarseness: the step, in log units times pixels, that a piece of one pixel bears.
    ///   - least: pieces of fewer pixels join a neighbour.
    init(of view: ColourView, coarseness: Float, least: Int) {
        let size = view.size
        let order = ColourSegments.steps(of: view)
        var forest = Forest(count: size.area, coarseness: coarseness)
        let offsets = [1, size.width, size.width + 1, size.width - 1]
        for (edge, step) in zip(order.edges, order.steps) {
            let i = Int(edge >> 2)
            forest.join(
                i, i + offsets[Int(edge & 3)], step: Float(step) / ColourSegments.stepsPerUnit, coarseness: coarseness)
        }
        for edge in order.edges {
            let i = Int(edge >> 2)
            forest.joinSmall(i, i + offsets[Int(edge & 3)], least: least)
        }
        var numbers = [Int32](repeating: -1, count: size.area), labels = numbers
        var next: Int32 = 0
        for i in 0..<size.area {
            let root = forest.root(i)
            if numbers[root] < 0 {
                numbers[root] = next
                next += 1
            }
            labels[i] = numbers[root]
        }
        self.labels = labels
        count = Int(next)
        self.size = size
    }

    private static let stepsPerUnit: Float = 4096

    /// Every pair of neighbours, pixel × 4 + direction, by rising step.
    private static func steps(of view: ColourView) -> (edges: [UInt32], steps: [UInt16]) {
        let width = view.size.width, height = view.size.height
        var edges: [UInt32] = [], steps: [UInt16] = []
        edges.reserveCapacity(4 * width * height)
        steps.reserveCapacity(4 * width * height)
        let offsets = [1, width, width + 1, width - 1]
        view.lightness.samples.withUnsafeBufferPointer { l in
            view.redness.samples.withUnsafeBufferPointer { r in
                view.blueness.samples.withUnsafeBufferPointer { b in
                    for y in 0..<height {
                        for x in 0..<width {
                            let i = y &* width &+ x
                            for d in 0..<4 {
                                if d != 0, y + 1 == height { continue }
                                if d == 0 || d == 2, x + 1 == width { continue }
                                if d == 3, x == 0 { continue }
                                let j = i &+ offsets[d]
                                let dl = l[i] - l[j], dr = (r[i] - r[j]) * colourWeight,
                                    db = (b[i] - b[j]) * colourWeight
                                let step = (dl * dl + dr * dr + db * db).squareRoot() * stepsPerUnit
                                edges.append(UInt32(i) &* 4 &+ UInt32(d))
                                steps.append(UInt16(min(step, 65535)))
                            }
                        }
                    }
                }
            }
        }
        var starts = [Int](repeating: 0, count: 65537)
        for step in steps { starts[Int(step) + 1] += 1 }
        for i in 1...65536 { starts[i] += starts[i - 1] }
        var sorted = [UInt32](repeating: 0, count: edges.count), levels = [UInt16](repeating: 0, count: edges.count)
        for (edge, step) in zip(edges, steps) {
            let place = starts[Int(step)]
            sorted[place] = edge
            levels[place] = step
            starts[Int(step)] += 1
        }
        return (sorted, levels)
    }
}

/// Disjoint sets of pixels with the step each still bears.
private struct Forest {
    private var parents: [Int32]
    private var sizes: [Int32]
    private var bearable: [Float]

    init(count: Int, coarseness: Float) {
        parents = (0..<Int32(count)).map { $0 }
        sizes = [Int32](repeating: 1, count: count)
        bearable = [Float](repeating: coarseness, count: count)
    }

    mutating func root(_ start: Int) -> Int {
        var i = start
        while Int(parents[i]) != i {
            parents[i] = parents[Int(parents[i])]
            i = Int(parents[i])
        }
        return i
    }

    mutating func join(_ i: Int, _ j: Int, step: Float, coarseness: Float) {
        let a = root(i), b = root(j)
        guard a != b, step <= bearable[a], step <= bearable[b] else { return }
        let kept = unite(a, b)
        bearable[kept] = step + coarseness / Float(sizes[kept])
    }

    mutating func joinSmall(_ i: Int, _ j: Int, least: Int) {
        let a = root(i), b = root(j)
        if a != b, Int(sizes[a]) < least || Int(sizes[b]) < least { _ = unite(a, b) }
    }

    private mutating func unite(_ a: Int, _ b: Int) -> Int {
        let (large, small) = sizes[a] >= sizes[b] ? (a, b) : (b, a)
        parents[small] = Int32(large)
        sizes[large] += sizes[small]
        return large
    }
}
