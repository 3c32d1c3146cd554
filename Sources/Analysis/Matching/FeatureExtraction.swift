import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds Harris corners at several sizes and describes each by the gradients around it, turned to their main
/// direction.
struct FeatureExtraction: Sendable {
    /// Sizes, each 1/√2 of the one before: a factor of 4 in all.
    static let levels = 5
    /// The most corners of the finest level; the others get as many as their area's share, but at least
    /// `leastCorners`.
    static let mostCorners = 1400
    static let leastCorners = 120
    /// Half the side of the described square, in samples of the level.
    static let reach = 12
    /// Cells of the grid over which corners are spread.
    static let cells = 8

    let features: [Feature]

    init(of image: Plane<UInt8>) {
        var features: [Feature] = []
        var size = image.size
        for level in 0..<FeatureExtraction.levels {
            guard size.width >= 4 * FeatureExtraction.reach, size.height >= 4 * FeatureExtraction.reach else { break }
            let plane = (level == 0 ? image : image.resized(to: size)).floats.blurred(sigma: 1)
            let share = Double(size.area) / Double(image.size.area)
            let wanted = max(FeatureExtraction.leastCorners, Int(Double(FeatureExtraction.mostCorners) * share))
            let scale = SIMD2(Double(image.width) / Double(size.width), Double(image.height) / Double(size.height))
            let gradient = Gradient(of: plane)
            for corner in FeatureExtraction.corners(gradient, count: wanted) {
                for angle in FeatureExtraction.directions(gradient, corner) {
                    guard let descriptor = FeatureExtraction.description(gradient, corner, angle) else { continue }
                    features.append(
                        Feature(
                            position: (corner + SIMD2(repeating: 0.5)) * scale, scale: scale.x, descriptor: descriptor))
                }
            }
            size = Size(
                width: Int(Double(size.width) / 2.0.squareRoot()), height: Int(Double(size.height) / 2.0.squareRoot()))
        }
        self.features = features
    }

    /// The features of the picture squeezed by `factors` along x and y, at their places in the picture itself.
    init(of image: Plane<UInt8>, squeezedBy factors: SIMD2<Double>) {
        let size = Size(width: Int(Double(image.width) / factors.x), height: Int(Double(image.height) / factors.y))
        guard size.width > 0, size.height > 0 else {
            features = []
            return
        }
        let scale = SIMD2(Double(image.width) / Double(size.width), Double(image.height) / Double(size.height))
        features = FeatureExtraction(of: image.resized(to: size)).features.map { feature in
            Feature(
                position: feature.position * scale, scale: feature.scale * scale.max(), descriptor: feature.descriptor)
        }
    }

    /// Local maxima of Harris and Stephens' response, the strongest of every cell of a grid, to a fraction of a
    /// sample.
    private static func corners(_ gradient: Gradient, count: Int) -> [SIMD2<Double>] {
        let width = gradient.dx.width, height = gradient.dx.height
        var xx = gradient.dx, yy = gradient.dx, xy = gradient.dx
        for i in xx.samples.indices {
            let dx = gradient.dx.samples[i], dy = gradient.dy.samples[i]
            xx.samples[i] = dx * dx
            yy.samples[i] = dy * dy
            xy.samples[i] = dx * dy
        }
        let a = xx.blurred(sigma: 1.5).samples, b = yy.blurred(sigma: 1.5).samples, c = xy.blurred(sigma: 1.5).samples
        var response = [Float](repeating: 0, count: width * height)
        for i in response.indices {
            let trace = a[i] + b[i]
            response[i] = trace > 0 ? (a[i] * b[i] - c[i] * c[i]) / (trace + 1e-6) : 0
        }
        var found = [[(score: Float, index: Int)]](repeating: [], count: cells * cells)
        let margin = reach + 2
        for y in margin..<height - margin {
            for x in margin..<width - margin {
                let i = y * width + x, here = response[i]
                // One grey level a sample in both directions: below is noise.
                guard here > 0.5 else { continue }
                var isPeak = true
                for v in -1...1 {
                    for u in -1...1 where (u, v) != (0, 0) {
                        let other = response[i + v * width + u]
                        isPeak = isPeak && (other < here || (other == here && (v, u) > (0, 0)))
                    }
                }
                if isPeak { found[y * cells / height * cells + x * cells / width].append((here, i)) }
            }
        }
        let each = max(1, count / (cells * cells))
        return found.flatMap { cell in
            cell.sorted { ($0.score, $1.index) > ($1.score, $0.index) }.prefix(each * 2).enumerated()
                .filter { $0.offset < each || $0.element.score > 20 }.map { peak(response, $0.element.index, width) }
        }
    }

    /// The top of the parabola through a maximum and its neighbours, along each axis.
    private static func peak(_ response: [Float], _ i: Int, _ width: Int) -> SIMD2<Double> {
        func offset(_ before: Float, _ here: Float, _ after: Float) -> Double {
            let curve = before - 2 * here + after
            return curve < 0 ? Double(min(max((before - after) / (2 * curve), -0.5), 0.5)) : 0
        }
        return SIMD2(
            Double(i % width) + offset(response[i - 1], response[i], response[i + 1]),
            Double(i / width) + offset(response[i - width], response[i], response[i + width]))
    }

    /// The main directions of the gradients around a corner: the strongest, and a second one that reaches 80 % of it.
    private static func directions(_ gradient: Gradient, _ corner: SIMD2<Double>) -> [Double] {
        let bins = 36, radius = 9
        var histogram = [Float](repeating: 0, count: bins)
        let width = gradient.dx.width, cx = Int(corner.x.rounded()), cy = Int(corner.y.rounded())
        for v in -radius...radius {
            for u in -radius...radius where u * u + v * v <= radius * radius {
                let i = (cy + v) * width + cx + u
                let dx = gradient.dx.samples[i], dy = gradient.dy.samples[i]
                let weight = exp(-Float(u * u + v * v) / (2 * 4.5 * 4.5)) * (dx * dx + dy * dy).squareRoot()
                let turn = (atan2(dy, dx) / (2 * .pi) + 1) * Float(bins)
                histogram[Int(turn) % bins] += weight
            }
        }
        for _ in 0..<2 {
            histogram = (0..<bins).map {
                (histogram[($0 + bins - 1) % bins] + histogram[$0] + histogram[($0 + 1) % bins]) / 3
            }
        }
        let top = histogram.max() ?? 0
        guard top > 0 else { return [] }
        let peaks = (0..<bins).filter {
            histogram[$0] >= 0.8 * top && histogram[$0] >= histogram[($0 + bins - 1) % bins]
                && histogram[$0] > histogram[($0 + 1) % bins]
        }
        return peaks.sorted { (histogram[$0], $1) > (histogram[$1], $0) }.prefix(2).map { bin in
            let before = histogram[(bin + bins - 1) % bins], after = histogram[(bin + 1) % bins]
            let curve = before - 2 * histogram[bin] + after
            let offset = curve < 0 ? (before - after) / (2 * curve) : 0
            return Double((Float(bin) + 0.5 + offset) / Float(bins)) * 2 * .pi
        }
    }

    /// 4 × 4 cells × 8 directions of gradient, turned by `angle`; `nil` for a flat spot.
    private static func description(_ gradient: Gradient, _ corner: SIMD2<Double>, _ angle: Double) -> [Float]? {
        let width = gradient.dx.width, height = gradient.dx.height
        let c = Float(cos(angle)), s = Float(sin(angle)), cx = Float(corner.x), cy = Float(corner.y)
        let samples = 16, step: Float = 1.1
        var histogram = [Float](repeating: 0, count: 128)
        for row in 0..<samples {
            for column in 0..<samples {
                let u = (Float(column) - 7.5) * step, v = (Float(row) - 7.5) * step
                let px = Int((c * u - s * v + cx).rounded()), py = Int((s * u + c * v + cy).rounded())
                guard px >= 0, py >= 0, px < width, py < height else { return nil }
                let i = py * width + px
                let dx = gradient.dx.samples[i], dy = gradient.dy.samples[i]
                let gx = c * dx + s * dy, gy = c * dy - s * dx
                let weight = (gx * gx + gy * gy).squareRoot() * exp(-(u * u + v * v) / (2 * 8 * 8))
                // Shared between the two nearest cells along each axis and the two nearest directions.
                let turn = (atan2(gy, gx) / (2 * .pi) + 1) * 8
                let x = (Float(column) + 0.5) / 4 - 0.5, y = (Float(row) + 0.5) / 4 - 0.5
                let x0 = Int(x.rounded(.down)), y0 = Int(y.rounded(.down)), t0 = Int(turn)
                let fx = x - Float(x0), fy = y - Float(y0), ft = turn - Float(t0)
                for (cellY, weightY) in [(y0, 1 - fy), (y0 + 1, fy)] where cellY >= 0 && cellY < 4 {
                    for (cellX, weightX) in [(x0, 1 - fx), (x0 + 1, fx)] where cellX >= 0 && cellX < 4 {
                        let base = 8 * (4 * cellY + cellX), part = weight * weightX * weightY
                        histogram[base + t0 % 8] += part * (1 - ft)
                        histogram[base + (t0 + 1) % 8] += part * ft
                    }
                }
            }
        }
        let length = histogram.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 1e-3 else { return nil }
        let clipped = histogram.map { min($0 / length, 0.2) }
        let total = clipped.reduce(0, +)
        return clipped.map { ($0 / total).squareRoot() }
    }
}
