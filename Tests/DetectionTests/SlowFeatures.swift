import Foundation
import Pixels

@testable import Detection

/// The plant features straight from their definition, one block at a time.
struct SlowFeatures {
    private let size: Size
    private var values: [[Int]] = []

    init(of image: RGBImage) {
        size = Size(width: (image.width + 1) / 2, height: (image.height + 1) / 2)
        let logarithm = { (v: Int) in Int((256 * (log2(Double(v) / 4 + 8) - 3)).rounded()) }
        for y in 0..<size.height {
            for x in 0..<size.width {
                var sums = [0, 0, 0], lights: [Int] = []
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let p = image[min(2 * x + dx, image.width - 1), min(2 * y + dy, image.height - 1)]
                    let colour = [Int(p.red), Int(p.green), Int(p.blue)]
                    for k in 0..<3 { sums[k] += colour[k] }
                    lights.append(77 * colour[0] + 150 * colour[1] + 29 * colour[2])
                }
                let all = lights.reduce(0, +), total = Float(sums.reduce(0, +) + 64)
                let away = lights.map { abs(4 * $0 - all) }.reduce(0, +)
                let level = logarithm(all / 256)
                values.append([
                    level, Int(Float(2048 * (sums[1] - sums[0])) / total),
                    Int(Float(2048 * (sums[1] - sums[2])) / total), Int(Float(away) / Float(all + 8192) * 1024),
                    logarithm(sums.min() ?? 0) - level,
                ])
            }
        }
    }

    func median(in region: Region) -> Int {
        let levels = (region.y..<region.maxY).flatMap { y in
            (region.x..<region.maxX).map { values[y * size.width + $0][0] }
        }
        return levels.sorted()[(levels.count - 1) / 2]
    }

    func features(_ x: Int, _ y: Int, middle: Int) -> [Float] {
        let own = values[y * size.width + x]
        var result = own.map { Float($0) }
        result[0] = Float(own[0] - middle)
        for radius in PlantFeatures.radii {
            let around = Region(x: x - radius, y: y - radius, width: 2 * radius + 1, height: 2 * radius + 1)
                .intersection(Region(size))
            var sums = [0, 0, 0, 0, 0], squares = [0, 0, 0]
            for v in around.y..<around.maxY {
                for u in around.x..<around.maxX {
                    for k in 0..<5 { sums[k] += values[v * size.width + u][k] }
                    for k in 0..<3 { squares[k] += values[v * size.width + u][k] * values[v * size.width + u][k] }
                }
            }
            let share = 1 / Float(around.area), mean = sums.map { Float($0) * share }
            result += [Float(own[0]) - mean[0], mean[1], mean[2], mean[3], mean[4]]
            result += (0..<3).map { max(Float(squares[$0]) * share - mean[$0] * mean[$0], 0).squareRoot() }
        }
        return result
    }
}
