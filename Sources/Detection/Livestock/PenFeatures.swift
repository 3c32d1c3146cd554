import Foundation
import Pixels

/// What the pixels of a pen show against the empty pen, at the scale of an animal.
///
/// Level, warmth (red against blue) and tint (green against both) of logarithms; their difference from the empty pen
/// beyond the light of the place; texture before and now, and how far the two agree; how a pixel stood and stands out
/// from its surroundings; its colour before and now; how much the place varies by itself. `scripts/flocktraining/features.py` computes the same.
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
            var difference = seen.parts[k]
            for i in difference.samples.indices { difference.samples[i] -= empty.parts[k].samples[i] }
            let light = LocalMedian.of(difference, radius: PenFeatures.lightRadius * middle)
            for i in difference.samples.indices { difference.samples[i] -= light.samples[i] }
            rests.append(WindowSums(of: difference).means(radius: 1))
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
        let width = size.width, level = seen.parts[0], before = empty.parts[0]
        let restSums = rests.map { WindowSums(of: $0) }
        func sums(_ value: (Int) -> Float) -> WindowSums { WindowSums(width: width, height: size.height, value) }
        let magnitude = sums { abs(rests[0].samples[$0]) }
        let squares = sums { level.samples[$0] * level.samples[$0] }
        let beforeSquares = sums { before.samples[$0] * before.samples[$0] }
        let products = sums { level.samples[$0] * before.samples[$0] }
        let own = seen.parts.map { WindowSums(of: $0) }, place = empty.parts.map { WindowSums(of: $0) }
        let now = own.map { $0.means(radius: 1) }, then = place.map { $0.means(radius: 1) }
        let spreads = sums { Float(spread.samples[$0]) }
        let levelMiddle = LocalMedian.whole(level), beforeMiddle = LocalMedian.whole(before)
        let whole = lights.map { LocalMedian.whole($0) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: PenFeatures.count) { out in
            for y in 0..<size.height {
                let length = lengths[y], logLength = log(length)
                let radii = PenFeatures.windows.map {
                    max(Int(($0.lengths * length).rounded(.toNearestOrEven)), $0.least)
                }
                for x in 0..<width {
                    let i = y * width + x
                    let rest = (rests[0].samples[i], rests[1].samples[i], rests[2].samples[i])
                    guard
                        abs(rest.0) > PenFeatures.gates.level || abs(rest.1) > PenFeatures.gates.warmth
                            || abs(rest.2) > PenFeatures.gates.tint
                    else { continue }
                    var n = 0
                    func put(_ value: Float) {
                        out[n] = value
                        n += 1
                    }
                    put(rest.0)
                    put(rest.1)
                    put(rest.2)
                    for radius in radii { for k in 0..<3 { put(restSums[k].mean(x, y, radius: radius)) } }
                    for radius in radii.dropFirst() { put(magnitude.mean(x, y, radius: radius)) }
                    for (n, radius) in radii.enumerated() {
                        let mean = own[0].mean(x, y, radius: radius), other = place[0].mean(x, y, radius: radius)
                        let variance = max(squares.mean(x, y, radius: radius) - mean * mean, 0)
                        let otherVariance = max(beforeSquares.mean(x, y, radius: radius) - other * other, 0)
                        let covariance = products.mean(x, y, radius: radius) - mean * other
                        if n < 2 {
                            put(variance.squareRoot())
                            put(otherVariance.squareRoot())
                        }
                        put(covariance / (variance * otherVariance + 1e-6).squareRoot())
                    }
                    func contrast(_ values: [Plane<Float>], _ sums: [WindowSums]) {
                        put(values[0].samples[i] - sums[0].mean(x, y, radius: radii[1]))
                        for k in 0..<3 { put(values[k].samples[i] - sums[k].mean(x, y, radius: radii[2])) }
                    }
                    contrast(now, own)
                    contrast(then, place)
                    put(now[0].samples[i] - levelMiddle)
                    put(now[1].samples[i])
                    put(now[2].samples[i])
                    let thenLevel = then[0].samples[i]
                    put(thenLevel - beforeMiddle)
                    put(then[1].samples[i])
                    put(then[2].samples[i])
                    for k in 0..<3 { put(lights[k].samples[i] - whole[k]) }
                    put(spreads.mean(x, y, radius: 1) / exp(thenLevel))
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
