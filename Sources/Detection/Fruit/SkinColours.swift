/// Which pixels of a fruit's box are ripe, where that is seen.
///
/// Along the outline and under shine no colour is seen; there the nearest that is seen holds. Left out they would make
/// fruit riper or greener than it is: the outermost 6 % of the radius are a ninth of what is visible.
struct SkinColours {
    private let width: Int
    private let height: Int
    /// `nil` where no colour is seen.
    private var ripe: [Bool?]
    /// How many pixels show their colour.
    private(set) var known = 0

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        ripe = [Bool?](repeating: nil, count: width * height)
    }

    mutating func set(_ pixel: Int, isRipe: Bool) {
        if ripe[pixel] == nil { known += 1 }
        ripe[pixel] = isRipe
    }

    /// The share of ripe pixels among those of the fruit.
    ///
    /// - Parameter isSkin: whether a pixel (x, y) is the fruit's.
    /// - Complexity: O(pixels).
    func ripeShare(isSkin: (Int, Int) -> Bool) -> Double? {
        var ripe = ripe
        // Rings of neighbours around what is known: near enough to the nearest for a band of some pixels.
        var front = ripe.indices.filter { ripe[$0] != nil }
        while !front.isEmpty {
            var next: [Int] = []
            for i in front {
                let x = i % width, y = i / width
                for (u, v) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
                where u >= 0 && v >= 0 && u < width && v < height && ripe[v * width + u] == nil {
                    ripe[v * width + u] = ripe[i]
                    next.append(v * width + u)
                }
            }
            front = next
        }
        var skin = 0, coloured = 0
        for y in 0..<height {
            for x in 0..<width {
                guard let isRipe = ripe[y * width + x], isSkin(x, y) else { continue }
                skin += 1
                if isRipe { coloured += 1 }
            }
        }
        return skin > 0 ? Double(coloured) / Double(skin) : nil
    }
}
