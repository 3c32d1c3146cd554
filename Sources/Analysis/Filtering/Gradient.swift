import Pixels

/// The slope of a plane along x and y, per pixel.
public struct Gradient: Sendable {
    public let dx: Plane<Float>
    public let dy: Plane<Float>

    public enum Operator: Sendable {
        /// 1 2 1 across, divided by 8.
        case sobel
        /// 3 10 3 across, divided by 32: rotates better.
        case scharr
        /// The plain central difference, divided by 2.
        case central
    }

    /// - Border: the edge sample is repeated.
    /// - Units: grey levels a pixel; a ramp of one level a pixel gives 1.
    public init(of plane: Plane<Float>, by kind: Operator = .scharr) {
        let width = plane.width, height = plane.height
        let (side, middle): (Float, Float) =
            switch kind {
            case .sobel: (1.0 / 8, 2.0 / 8)
            case .scharr: (3.0 / 32, 10.0 / 32)
            case .central: (0, 0.5)
            }
        var dx = [Float](repeating: 0, count: width * height), dy = dx
        plane.samples.withUnsafeBufferPointer { source in
            dx.withUnsafeMutableBufferPointer { dx in
                dy.withUnsafeMutableBufferPointer { dy in
                    func pixel(_ x: Int, _ left: Int, _ right: Int, _ up: Int, _ here: Int, _ down: Int) {
                        let nw = source[up &+ left], n = source[up &+ x], ne = source[up &+ right]
                        let w = source[here &+ left], e = source[here &+ right]
                        let sw = source[down &+ left], s = source[down &+ x], se = source[down &+ right]
                        dx[here &+ x] = side * (ne - nw + se - sw) + middle * (e - w)
                        dy[here &+ x] = side * (sw - nw + se - ne) + middle * (s - n)
                    }
                    for y in 0..<height where width > 0 {
                        let up = max(y - 1, 0) * width, here = y * width, down = min(y + 1, height - 1) * width
                        pixel(0, 0, min(1, width - 1), up, here, down)
                        var x = 1
                        while x < width &- 1 {
                            pixel(x, x &- 1, x &+ 1, up, here, down)
                            x &+= 1
                        }
                        if width > 1 { pixel(width - 1, width - 2, width - 1, up, here, down) }
                    }
                }
            }
        }
        self.dx = Plane(width: width, height: height, samples: dx)
        self.dy = Plane(width: width, height: height, samples: dy)
    }

    /// √(dx² + dy²).
    public var magnitude: Plane<Float> {
        dx.combined(with: dy) { ($0 * $0 + $1 * $1).squareRoot() }
    }
}
