import Pixels

/// Sums over any rectangle of a plane in constant time (Crow 1984).
struct WindowSums {
    private let width: Int
    private let height: Int
    /// Sum of what is above and left of a pixel's corner, a row and a column more than the plane.
    private let sums: [Double]

    /// - Complexity: O(pixels); one allocation.
    init(of plane: Plane<Float>) {
        self.init(width: plane.width, height: plane.height) { plane.samples[$0] }
    }

    @inline(__always) init(width: Int, height: Int, _ value: (Int) -> Float) {
        self.width = width
        self.height = height
        let stride = width + 1, count = stride * (height + 1)
        sums = [Double](unsafeUninitializedCapacity: count) { sums, initialized in
            for x in 0..<stride { sums[x] = 0 }
            for y in 0..<height {
                var row = 0.0, at = (y &+ 1) &* stride
                sums[at] = 0
                at &+= 1
                for x in 0..<width {
                    row += Double(value(y &* width &+ x))
                    sums[at] = sums[at &- stride] + row
                    at &+= 1
                }
            }
            initialized = count
        }
    }

    /// The mean over the square around a pixel.
    ///
    /// - Border: the square ends where the plane does.
    @inline(__always) func mean(_ x: Int, _ y: Int, radius: Int) -> Float {
        let window = Window(x, y, radius: radius, width: width, height: height)
        let sum = sums.withUnsafeBufferPointer { sums in
            sums[window.belowRight] - sums[window.aboveRight] - sums[window.belowLeft] + sums[window.aboveLeft]
        }
        return Float(sum / Double(window.count))
    }

    /// Where the sums stand whose differences are the sum over the square around a pixel.
    struct Window {
        let aboveLeft: Int, aboveRight: Int, belowLeft: Int, belowRight: Int
        /// Pixels of the square that the plane has.
        let count: Int

        @inline(__always) init(_ x: Int, _ y: Int, radius: Int, width: Int, height: Int) {
            let top = max(y &- radius, 0), bottom = min(y &+ radius &+ 1, height)
            let left = max(x &- radius, 0), right = min(x &+ radius &+ 1, width)
            let above = top &* (width &+ 1), below = bottom &* (width &+ 1)
            aboveLeft = above &+ left
            aboveRight = above &+ right
            belowLeft = below &+ left
            belowRight = below &+ right
            count = (bottom &- top) &* (right &- left)
        }
    }

    /// The means around every pixel.
    func means(radius: Int) -> Plane<Float> {
        let count = width * height
        let means = [Float](unsafeUninitializedCapacity: count) { means, initialized in
            for y in 0..<height { for x in 0..<width { means[y &* width &+ x] = mean(x, y, radius: radius) } }
            initialized = count
        }
        return Plane(width: width, height: height, samples: means)
    }
}
