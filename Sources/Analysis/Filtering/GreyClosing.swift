import Pixels

extension Plane where Sample == Float {
    /// Every dark thing narrower than 2 `radius` + 1 filled to the level around it: the greatest level of the square
    /// around each pixel, then the least of those. Only pixels inside the mask take part, and only they change.
    ///
    /// - Border: what lies outside, beyond the plane too, is darker than everything: a slope that falls toward the mask's
    ///   border is not filled, nor is a dark thing wider than the square that reaches it.
    /// - Complexity: O(pixels × log radius).
    public func closed(radius: Int, within mask: Mask) -> Plane<Float> {
        precondition(mask.size == size, "a mask of the plane's size")
        guard radius > 0, width > 0, height > 0 else { return self }
        let wide = width + 2 * radius
        var framed = Plane<Float>(width: wide, height: height + 2 * radius, repeating: -.infinity)
        func place(_ x: Int, _ y: Int) -> Int { (y + radius) * wide + x + radius }
        for y in 0..<height {
            for x in 0..<width where mask.bytes[y * width + x] != 0 { framed.samples[place(x, y)] = self[x, y] }
        }
        framed.samples = framed.extreme(framed.samples, radius: radius) { Swift.max($0, $1) }
        framed.samples = framed.extreme(framed.samples, radius: radius) { Swift.min($0, $1) }
        var result = self
        for y in 0..<height {
            for x in 0..<width where mask.bytes[y * width + x] != 0 { result[x, y] = framed.samples[place(x, y)] }
        }
        return result
    }

    /// The extreme of the (2 · radius + 1)² square around every sample; the edge sample is repeated.
    @inline(__always) private func extreme(_ source: [Float], radius: Int, _ pick: (Float, Float) -> Float) -> [Float] {
        let across = lines(source, count: height, length: width, stride: 1, next: width, radius, pick)
        return lines(across, count: width, length: height, stride: width, next: 1, radius, pick)
    }

    @inline(__always) private func lines(
        _ source: [Float], count: Int, length: Int, stride: Int, next: Int, _ radius: Int,
        _ pick: (Float, Float) -> Float
    ) -> [Float] {
        var result = source
        let span = 2 * radius + 1
        var line = [Float](repeating: 0, count: length + 2 * radius)
        for k in 0..<count {
            for i in line.indices {
                line[i] = source[k * next + Swift.min(Swift.max(i - radius, 0), length - 1) * stride]
            }
            var covered = 1
            while covered < span {
                let shift = Swift.min(covered, span - covered)
                for i in 0..<line.count - shift { line[i] = pick(line[i], line[i + shift]) }
                covered += shift
            }
            for i in 0..<length { result[k * next + i * stride] = line[i] }
        }
        return result
    }
}
