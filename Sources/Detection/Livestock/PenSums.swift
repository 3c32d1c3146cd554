import Pixels

/// Sums over any square of all that a pen's features take means of, side by side, so that one look takes them all;
/// see ``WindowSums``.
struct PenSums {
    typealias Lanes = SIMD16<Float>

    private let width: Int
    private let height: Int
    private let sums: [SIMD16<Double>]

    /// - Complexity: O(pixels), 128 bytes a pixel; one allocation.
    @inline(__always) init(width: Int, height: Int, _ values: (Int) -> Lanes) {
        self.width = width
        self.height = height
        let stride = width + 1, count = stride * (height + 1)
        sums = [SIMD16<Double>](unsafeUninitializedCapacity: count) { sums, initialized in
            for x in 0..<stride { sums[x] = .zero }
            for y in 0..<height {
                var row = SIMD16<Double>.zero, at = (y &+ 1) &* stride
                sums[at] = row
                at &+= 1
                for x in 0..<width {
                    row += SIMD16<Double>(values(y &* width &+ x))
                    sums[at] = sums[at &- stride] + row
                    at &+= 1
                }
            }
            initialized = count
        }
    }

    /// The means over the square around a pixel.
    @inline(__always) func means(_ x: Int, _ y: Int, radius: Int) -> Lanes {
        let window = WindowSums.Window(x, y, radius: radius, width: width, height: height)
        let sum = sums.withUnsafeBufferPointer { sums in
            sums[window.belowRight] - sums[window.aboveRight] - sums[window.belowLeft] + sums[window.aboveLeft]
        }
        return Lanes(sum / SIMD16(repeating: Double(window.count)))
    }
}
