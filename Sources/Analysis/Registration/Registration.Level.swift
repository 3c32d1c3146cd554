import Pixels

extension Registration {
    /// The finest level at which agreement is judged: the last that still has 240 columns.
    static func scoredLevel(_ widths: [Int]) -> Int { widths.lastIndex { $0 >= 240 } ?? 0 }

    /// One size of a picture in the forms that the alignment compares.
    struct Level: Sendable {
        /// How many pixels of the full picture one sample spans.
        let scale: Double
        /// The luminance, for the rotations of the coarse search.
        let plane: Plane<Float>
        /// The levels with the local mean taken away, divided by the local deviation: light drops out.
        let normalized: Plane<Float>
        /// Edge vectors g / (|g| + mean |g|): direction always, strength only while weak.
        /// Empty on levels finer than the one that is scored: they only refine.
        let edges: EdgeVectors

        init(_ plane: Plane<Float>, scale: Double, isCompared: Bool) {
            self.scale = scale
            self.plane = plane
            let smooth = plane.blurred(sigma: 0.8)
            normalized = smooth.locallyNormalized(
                radius: max(3, min(8, plane.width / 20)), noise: Level.noise, kernels: .best)
            edges = isCompared ? EdgeVectors(of: smooth) : .none
        }

        /// Grey levels added to the local deviation, so that noise in flat parts stays small: about the noise of a
        /// phone or an IP camera.
        static let noise: Float = 3
    }

    /// The edge vectors of a plane.
    struct EdgeVectors: Sendable {
        let width: Int
        let height: Int
        /// Row by row, with a border of one zero all round.
        let x: [Float]
        let y: [Float]
        /// Mean gradient, in levels a sample.
        let strength: Float

        /// From one row to the next.
        var stride: Int { width + 2 }

        static let none = EdgeVectors()

        private init() {
            width = 0
            height = 0
            x = []
            y = []
            strength = 0
        }

        init(of plane: Plane<Float>) {
            let gradient = Gradient(of: plane, by: .scharr)
            let magnitude = gradient.magnitude
            let mean = Float(
                magnitude.samples.reduce(0.0) { $0 + Double($1) } / Double(max(magnitude.samples.count, 1)))
            let floor = max(mean, 0.5)
            width = plane.width
            height = plane.height
            strength = mean
            x = EdgeVectors.bordered(gradient.dx, magnitude, floor: floor)
            y = EdgeVectors.bordered(gradient.dy, magnitude, floor: floor)
        }

        private static func bordered(_ slope: Plane<Float>, _ magnitude: Plane<Float>, floor: Float) -> [Float] {
            let width = slope.width, height = slope.height
            var result = [Float](repeating: 0, count: (width + 2) * (height + 2))
            result.withUnsafeMutableBufferPointer { out in
                slope.samples.withUnsafeBufferPointer { slope in
                    magnitude.samples.withUnsafeBufferPointer { magnitude in
                        for row in 0..<height {
                            let from = row * width, to = (row + 1) * (width + 2) + 1
                            var i = 0
                            while i < width {
                                out[to &+ i] = slope[from &+ i] * (1 / (magnitude[from &+ i] + floor))
                                i &+= 1
                            }
                        }
                    }
                }
            }
            return result
        }
    }

    /// The levels of a picture, finest first, then averaged down by two again and again.
    ///
    /// - Parameter reduced: the luminance averaged down by `factor`.
    static func pyramid(of reduced: Plane<UInt8>, factor: Int, coarsestWidth: Int) -> [Level] {
        var plane = reduced.floats
        var planes = [plane]
        while plane.width >= 2 * coarsestWidth, plane.height >= 32 {
            plane = plane.halved
            planes.append(plane)
        }
        let scored = scoredLevel(planes.map(\.width))
        return planes.enumerated().map { k, plane in
            Level(plane, scale: Double(factor << k), isCompared: k >= scored)
        }
    }
}

extension Plane where Sample == Float {
    /// Every 2 × 2 block averaged; an odd last column or row is dropped.
    var halved: Plane<Float> {
        let w = width / 2, h = height / 2
        var result = Plane(width: w, height: h, repeating: 0)
        samples.withUnsafeBufferPointer { source in
            result.samples.withUnsafeMutableBufferPointer { out in
                for y in 0..<h {
                    let top = 2 * y * width, bottom = top + width
                    var x = 0
                    while x < w {
                        let i = 2 &* x
                        out[y &* w &+ x] =
                            (source[top &+ i] + source[top &+ i &+ 1] + source[bottom &+ i] + source[bottom &+ i &+ 1])
                            * 0.25
                        x &+= 1
                    }
                }
            }
        }
        return result
    }
}
