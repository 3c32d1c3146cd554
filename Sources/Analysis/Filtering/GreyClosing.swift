import Pixels

extension Plane where Sample == Float {
    /// Every dark thing narrower than 2 `radius` + 1 filled to the level around it: the greatest level of the square
    /// around each pixel, then the least of those. Only pixels inside the mask take part, and only they change.
    ///
    /// - Complexity: O(pixels × log radius).
    public func closed(radius: Int, within mask: Mask) -> Plane<Float> {
        precondition(mask.size == size, "a mask of the plane's size")
        guard radius > 0, width > 0, height > 0 else { return self }
        func masked(_ plane: [Float], _ outside: Float) -> [Float] {
            plane.indices.map { mask.bytes[$0] != 0 ? plane[$0] : outside }
        }
        let grown = extreme(masked(samples, -.infinity), radius: radius) { Swift.max($0, $1) }
        let shrunk = extreme(masked(grown, .infinity), radius: radius) { Swift.min($0, $1) }
        return Plane(
            width: width, height: height,
            samples: samples.indices.map { mask.bytes[$0] != 0 ? shrunk[$0] : samples[$0] })
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
