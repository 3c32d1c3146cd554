import Pixels

extension Plane where Sample == Float {
    /// How far every inside pixel's centre lies from the nearest outside pixel's, in pixels; 0 outside.
    ///
    /// Exact Euclidean distances (Felzenszwalb and Huttenlocher 2012): lower envelopes of parabolas, rows after columns.
    ///
    /// - Border: beyond the image is outside, or inside without end if `borderIsEdge` is false: for things that the border only
    ///   hides in part. A mask without any outside pixel is then 10⁶ pixels from it everywhere.
    /// - Complexity: O(pixels).
    public init(distanceInside mask: Mask, borderIsEdge isEdge: Bool = true) {
        // A frame of pixels stands for what lies beyond.
        let width = mask.width + 2, height = mask.height + 2
        let far: Float = 1e12
        var squares = [Float](repeating: isEdge ? 0 : far, count: width * height)
        for y in 0..<mask.height {
            for x in 0..<mask.width {
                squares[(y + 1) * width + x + 1] = mask.bytes[y * mask.width + x] == 0 ? 0 : far
            }
        }
        var line = [Float](repeating: 0, count: max(width, height))
        for x in 0..<width {
            for y in 0..<height { line[y] = squares[y * width + x] }
            let swept = Plane.envelope(line, count: height)
            for y in 0..<height { squares[y * width + x] = swept[y] }
        }
        for y in 0..<height {
            for x in 0..<width { line[x] = squares[y * width + x] }
            let swept = Plane.envelope(line, count: width)
            for x in 0..<width { squares[y * width + x] = swept[x] }
        }
        var samples = [Float](repeating: 0, count: mask.width * mask.height)
        for y in 0..<mask.height {
            for x in 0..<mask.width { samples[y * mask.width + x] = squares[(y + 1) * width + x + 1].squareRoot() }
        }
        self.init(width: mask.width, height: mask.height, samples: samples)
    }

    /// `min over q of (p - q)² + f(q)` for every p.
    private static func envelope(_ f: [Float], count: Int) -> [Float] {
        var places = [Int](repeating: 0, count: count)
        var bounds = [Double](repeating: 0, count: count + 1)
        var last = 0
        bounds[0] = -.infinity
        bounds[1] = .infinity
        for q in 1..<count {
            func crossing(_ p: Int) -> Double {
                (Double(f[q]) + Double(q * q) - Double(f[p]) - Double(p * p)) / Double(2 * (q - p))
            }
            var at = crossing(places[last])
            while at <= bounds[last] {
                last -= 1
                at = crossing(places[last])
            }
            last += 1
            places[last] = q
            bounds[last] = at
            bounds[last + 1] = .infinity
        }
        var result = [Float](repeating: 0, count: count)
        var k = 0
        for p in 0..<count {
            while bounds[k + 1] < Double(p) { k += 1 }
            let away = Float(p - places[k])
            result[p] = away * away + f[places[k]]
        }
        return result
    }
}
