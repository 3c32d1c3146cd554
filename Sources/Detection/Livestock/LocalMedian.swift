import Analysis
import Pixels

/// The median of a plane around every pixel: the light of the place, whatever stands in it.
///
/// At a quarter of the size, from seven by seven places of the window, smoothed.
enum LocalMedian {
    static let factor = 4
    /// Places on either side of the middle.
    static let reach = 3

    /// - Parameter radius: of the window, in pixels of `plane`.
    static func of(_ plane: Plane<Float>, radius: Float) -> Plane<Float> {
        let width = plane.width, height = plane.height
        let columns = max(1, width / factor), rows = max(1, height / factor)
        let step = max(1, Int(radius / Float(factor) / Float(reach)))
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
        var medians = small
        var values = [Float](repeating: 0, count: (2 * reach + 1) * (2 * reach + 1))
        for y in 0..<rows {
            for x in 0..<columns {
                var n = 0
                for v in -reach...reach {
                    let row = min(max(y + step * v, 0), rows - 1)
                    for u in -reach...reach {
                        values[n] = small[min(max(x + step * u, 0), columns - 1), row]
                        n += 1
                    }
                }
                medians[x, y] = values.element(ofRank: n / 2)
            }
        }
        return WindowSums(width: width, height: height) { i in
            medians[min(i % width / factor, columns - 1), min(i / width / factor, rows - 1)]
        }.means(radius: factor)
    }

    /// The median of every fourth pixel of every fourth row; of an even number the lower of the two in the middle.
    static func whole(_ plane: Plane<Float>) -> Float {
        var values: [Float] = []
        for y in stride(from: 0, to: plane.height, by: factor) {
            for x in stride(from: 0, to: plane.width, by: factor) { values.append(plane[x, y]) }
        }
        return values.isEmpty ? 0 : values.element(ofRank: (values.count - 1) / 2)
    }
}
