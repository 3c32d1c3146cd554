import Foundation
import Pixels

/// Lines and numbers drawn on a picture.
struct PictureMarks {
    private(set) var image: RGBImage

    init(_ image: RGBImage) { self.image = image }

    /// The pixels whose centre lies within half of `width` of the outline.
    mutating func ellipse(
        centre: SIMD2<Double>, axes: SIMD2<Double>, angle: Double, width: Double, _ colour: SIMD3<UInt8>
    ) {
        let reach = max(axes.x, axes.y) + width + 1
        let box = Region(
            x: Int((centre.x - reach).rounded(.down)), y: Int((centre.y - reach).rounded(.down)),
            width: Int(2 * reach) + 2, height: Int(2 * reach) + 2
        ).intersection(Region(image.size))
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX {
                let d = SIMD2(Double(x) + 0.5, Double(y) + 0.5) - centre
                let u = (d.x * cos(angle) + d.y * sin(angle)) / axes.x
                let v = (d.y * cos(angle) - d.x * sin(angle)) / axes.y
                let k = (u * u + v * v).squareRoot(), away = (d * d).sum().squareRoot()
                guard k > 0, abs(away - away / k) <= width / 2 else { continue }
                set(x, y, colour)
            }
        }
    }

    /// Digits of 3 × 5 squares, rows from the top, three bits each.
    private static let digits: [[UInt8]] = [
        [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 7, 1, 7], [5, 5, 7, 1, 1], [7, 4, 7, 1, 7],
        [7, 4, 7, 5, 7], [7, 1, 1, 2, 2], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
    ]

    /// A number in white on black, its middle at `centre`.
    mutating func number(_ number: Int, at centre: SIMD2<Double>, height: Double) {
        let cell = max(1, Int(height / 7)), text = String(max(0, number)).compactMap(\.wholeNumberValue)
        let left = Int(centre.x) - cell * (4 * text.count + 1) / 2, top = Int(centre.y) - cell * 7 / 2
        fill(left, top, cell * (4 * text.count + 1), cell * 7, SIMD3(0, 0, 0))
        for (k, digit) in text.enumerated() {
            for (row, bits) in PictureMarks.digits[digit].enumerated() {
                for column in 0..<3 where bits & (4 >> UInt8(column)) != 0 {
                    fill(
                        left + cell * (4 * k + column + 1), top + cell * (row + 1), cell, cell, SIMD3(255, 255, 255))
                }
            }
        }
    }

    private mutating func fill(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ colour: SIMD3<UInt8>) {
        let box = Region(x: x, y: y, width: width, height: height).intersection(Region(image.size))
        for py in box.y..<box.maxY {
            for px in box.x..<box.maxX { set(px, py, colour) }
        }
    }

    private mutating func set(_ x: Int, _ y: Int, _ colour: SIMD3<UInt8>) {
        image[x, y] = (red: colour.x, green: colour.y, blue: colour.z)
    }
}
