import Analysis
import Foundation
import Pixels

/// A pen's part of a picture as logarithms.
struct PenView: Sendable {
    let image: RGBImage
    /// ln(level + 8) of red, green, blue.
    let logs: [Plane<Float>]
    /// Mean of the three, with mean and variance in the window.
    let level: Plane<Float>
    let mean: Plane<Float>
    let variance: Plane<Float>

    init(_ image: RGBImage, radius: Int) {
        self.image = image
        let width = image.width, height = image.height, n = width * height
        let table = (0...255).map { log(Float($0) + RoomView.lift) }
        logs = (0..<3).map { channel in
            Plane(width: width, height: height, samples: (0..<n).map { table[Int(image.bytes[3 * $0 + channel])] })
        }
        var level = logs[0]
        for i in 0..<n { level.samples[i] = (logs[0].samples[i] + logs[1].samples[i] + logs[2].samples[i]) / 3 }
        let mean = level.boxMean(radius: radius)
        var squares = level
        for i in 0..<n { squares.samples[i] *= squares.samples[i] }
        var variance = squares.boxMean(radius: radius)
        for i in 0..<n { variance.samples[i] = max(variance.samples[i] - mean.samples[i] * mean.samples[i], 0) }
        self.level = level
        self.mean = mean
        self.variance = variance
    }

    @inline(__always) func lowest(_ i: Int) -> UInt8 {
        min(image.bytes[3 * i], min(image.bytes[3 * i + 1], image.bytes[3 * i + 2]))
    }
}

/// The median of a plane around every pixel, at a quarter of the size and with a third of the window's samples.
enum LocalMedian {
    static let factor = 4
    static let step = 3

    /// - Parameter radius: of the window, in pixels of `plane`.
    static func of(_ plane: Plane<Float>, radius: Int) -> Plane<Float> {
        let width = plane.width, height = plane.height
        let columns = max(1, width / factor), rows = max(1, height / factor)
        var small = Plane<Float>(width: columns, height: rows, repeating: 0)
        for y in 0..<rows {
            for x in 0..<columns {
                var sum: Float = 0, count: Float = 0
                for v in y * factor..<min((y + 1) * factor, height) {
                    for u in x * factor..<min((x + 1) * factor, width) {
                        sum += plane[u, v]
                        count += 1
                    }
                }
                small[x, y] = sum / max(count, 1)
            }
        }
        let reach = max(1, radius / factor / step)
        var medians = small, values: [Float] = []
        for y in 0..<rows {
            for x in 0..<columns {
                values.removeAll(keepingCapacity: true)
                for v in -reach...reach {
                    for u in -reach...reach {
                        values.append(
                            small[
                                min(max(x + step * u, 0), columns - 1), min(max(y + step * v, 0), rows - 1)])
                    }
                }
                values.sort()
                medians[x, y] = values[values.count / 2]
            }
        }
        var result = plane
        for y in 0..<height {
            for x in 0..<width {
                result[x, y] = medians[min(x / factor, columns - 1), min(y / factor, rows - 1)]
            }
        }
        return result.boxMean(radius: factor)
    }
}
