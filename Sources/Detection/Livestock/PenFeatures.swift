import Analysis
import Foundation
import Pixels

/// What the pixels of a pen show against the empty pen, at the scale of an animal.
///
/// Level, warmth (red against blue) and tint (green against both) of logarithms; their difference from the empty pen
/// beyond the light of the place; texture before and now, and how far the two agree; how a pixel stood and stands out
/// from its surroundings; its colour before and now; how much the place varies by itself.
/// `scripts/flocktraining/features.py` computes the same.
struct PenFeatures {
    /// In the order of ``forEachDifference(_:)``.
    static let count = 44
    /// Radii of the windows in lengths of an animal, which is the root of its area, and in pixels at least.
    static let windows: [(lengths: Float, least: Int)] = [(0.3, 1), (0.8, 2), (2, 4)]
    /// Radius of the window whose median is the light of the place, in lengths.
    static let lightRadius: Float = 5
    /// Level, warmth and tint of a difference from which a pixel is looked at.
    static let gates: (level: Float, warmth: Float, tint: Float) = (0.10, 0.045, 0.03)

    let size: Size
    private let image: RGBImage
    private let pen: RGBImage
    private let spread: Plane<UInt8>
    private let lengths: [Float]
    private let seen: LogColour
    private let empty: LogColour
    /// Three by three pixels' means of what the light leaves of the differences.
    private let rests: [Plane<Float>]
    private let lights: [Plane<Float>]

    /// - Parameters:
    ///   - pen: the empty pen.
    ///   - spread: how much each pixel varies by itself, in grey levels.
    ///   - lengths: root of an animal's area in pixels, for each row.
    init(of image: RGBImage, against pen: RGBImage, spread: Plane<UInt8>, lengths: [Float]) {
        precondition(
            image.size == pen.size && spread.size == image.size && lengths.count == image.height, "one size for all")
        size = image.size
        self.image = image
        self.pen = pen
        self.spread = spread
        self.lengths = lengths
        let seen = LogColour(image), empty = LogColour(pen)
        let middle = lengths.isEmpty ? 1 : lengths.sorted()[(lengths.count - 1) / 2]
        var rests: [Plane<Float>] = [], lights: [Plane<Float>] = []
        for k in 0..<3 {
            let difference = seen.parts[k].combined(with: empty.parts[k]) { $0 - $1 }
            let light = LocalMedian.of(difference, radius: PenFeatures.lightRadius * middle)
            rests.append(WindowSums(of: difference.combined(with: light) { $0 - $1 }).means(radius: 1))
            lights.append(light)
        }
        self.seen = seen
        self.empty = empty
        self.rests = rests
        self.lights = lights
    }

    /// Calls `take` with the place and the features of every pixel that differs from the empty pen.
    ///
    /// - Parameter take: gets the pixel's index and ``count`` values.
    func forEachDifference(_ take: (Int, UnsafeBufferPointer<Float>) -> Void) {
        let width = size.width, sums = sums()
        let levelMiddle = LocalMedian.whole(seen.parts[0]), beforeMiddle = LocalMedian.whole(empty.parts[0])
        let whole = lights.map { LocalMedian.whole($0) }
        let level = rests[0].samples, warmth = rests[1].samples, tint = rests[2].samples
        withUnsafeTemporaryAllocation(of: Float.self, capacity: PenFeatures.count) { out in
            for y in 0..<size.height {
                let length = lengths[y], logLength = log(length)
                let radii = PenFeatures.windows.map {
                    max(Int(($0.lengths * length).rounded(.toNearestOrEven)), $0.least)
                }
                for x in 0..<width {
                    let i = y * width + x
                    let rest = (level[i], warmth[i], tint[i])
                    guard
                        abs(rest.0) > PenFeatures.gates.level || abs(rest.1) > PenFeatures.gates.warmth
                            || abs(rest.2) > PenFeatures.gates.tint
                    else { continue }
                    let near = sums.means(x, y, radius: 1)
                    let means = (
                        sums.means(x, y, radius: radii[0]), sums.means(x, y, radius: radii[1]),
                        sums.means(x, y, radius: radii[2])
                    )
                    var n = 0
                    @inline(__always) func put(_ value: Float) {
                        out[n] = value
                        n &+= 1
                    }
                    @inline(__always) func alike(_ mean: PenSums.Lanes, withTexture: Bool) {
                        let now = mean[Lane.seen], then = mean[Lane.empty]
                        let variance = max(mean[Lane.squares] - now * now, 0)
                        let otherVariance = max(mean[Lane.emptySquares] - then * then, 0)
                        let covariance = mean[Lane.products] - now * then
                        if withTexture {
                            put(variance.squareRoot())
                            put(otherVariance.squareRoot())
                        }
                        put(covariance / (variance * otherVariance + 1e-6).squareRoot())
                    }
                    @inline(__always) func contrast(_ first: Int) {
                        put(near[first] - means.1[first])
                        for k in 0..<3 { put(near[first + k] - means.2[first + k]) }
                    }
                    put(rest.0)
                    put(rest.1)
                    put(rest.2)
                    for k in 0..<3 { put(means.0[Lane.rests + k]) }
                    for k in 0..<3 { put(means.1[Lane.rests + k]) }
                    for k in 0..<3 { put(means.2[Lane.rests + k]) }
                    put(means.1[Lane.magnitude])
                    put(means.2[Lane.magnitude])
                    alike(means.0, withTexture: true)
                    alike(means.1, withTexture: true)
                    alike(means.2, withTexture: false)
                    contrast(Lane.seen)
                    contrast(Lane.empty)
                    put(near[Lane.seen] - levelMiddle)
                    put(near[Lane.seen + 1])
                    put(near[Lane.seen + 2])
                    put(near[Lane.empty] - beforeMiddle)
                    put(near[Lane.empty + 1])
                    put(near[Lane.empty + 2])
                    for k in 0..<3 { put(lights[k].samples[i] - whole[k]) }
                    put(near[Lane.spread] / exp(near[Lane.empty]))
                    put(LogColour.log(LogColour.lowest(image, i)))
                    put(LogColour.log(LogColour.lowest(pen, i)))
                    put(logLength)
                    put(whole[1])
                    put(whole[2])
                    take(i, UnsafeBufferPointer(out))
                }
            }
        }
    }

    /// The first lane of each group of sums.
    private enum Lane {
        static let rests = 0, magnitude = 3, squares = 4, emptySquares = 5, products = 6, spread = 7
        static let seen = 8, empty = 11
    }

    private func sums() -> PenSums {
        let rest = rests.map(\.samples), seen = seen.parts.map(\.samples), empty = empty.parts.map(\.samples)
        let level = rest[0], warmth = rest[1], tint = rest[2]
        let now = (seen[0], seen[1], seen[2]), then = (empty[0], empty[1], empty[2])
        let spread = spread.samples
        return PenSums(width: size.width, height: size.height) { i in
            PenSums.Lanes(
                level[i], warmth[i], tint[i], abs(level[i]), now.0[i] * now.0[i], then.0[i] * then.0[i],
                now.0[i] * then.0[i], Float(spread[i]), now.0[i], now.1[i], now.2[i], then.0[i], then.1[i], then.2[i],
                0, 0)
        }
    }
}

/// A picture as logarithms: level, warmth and tint.
struct LogColour {
    let parts: [Plane<Float>]

    private static let logOfLevel: [Float] = (0...255).map { Foundation.log(Float($0) + RoomView.lift) }

    init(_ image: RGBImage) {
        let n = image.size.area, table = LogColour.logOfLevel
        var level = Plane<Float>(width: image.width, height: image.height, repeating: 0)
        var warmth = level, tint = level
        for i in 0..<n {
            let red = table[Int(image.bytes[3 * i])], green = table[Int(image.bytes[3 * i + 1])]
            let blue = table[Int(image.bytes[3 * i + 2])]
            level.samples[i] = (red + green + blue) / 3
            warmth.samples[i] = red - blue
            tint.samples[i] = green - (red + blue) / 2
        }
        parts = [level, warmth, tint]
    }

    static func log(_ level: UInt8) -> Float { logOfLevel[Int(level)] }

    static func lowest(_ image: RGBImage, _ i: Int) -> UInt8 {
        min(image.bytes[3 * i], min(image.bytes[3 * i + 1], image.bytes[3 * i + 2]))
    }
}
