import Kernels
import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Registration {
    /// The coarsest level of the reference, ready for the exhaustive search over shifts and rotations.
    struct Search: Sendable {
        /// Edge vectors, x and y interleaved, in 1/100, in rows of ``stride`` with zeros behind each.
        private let edges: [Int16]
        private let width: Int
        private let height: Int
        private let centre: SIMD2<Float>

        init(_ level: Level, ignoring ignored: Mask?, centre: SIMD2<Float>) {
            width = level.plane.width
            height = level.plane.height
            self.centre = centre
            edges = Search.quantized(level.edges) { ignored.map { $0.bytes } ?? [] }
        }

        /// Numbers from one row to the next: products are taken by 16, past the end of a row into its zeros.
        private static func stride(_ width: Int) -> Int { 2 * width + 15 }

        private static func quantized(_ edges: EdgeVectors, ignored: () -> [UInt8]) -> [Int16] {
            let ignored = ignored(), stride = stride(edges.width)
            var result = [Int16](repeating: 0, count: stride * edges.height)
            for y in 0..<edges.height {
                for x in 0..<edges.width {
                    let k = (y + 1) * edges.stride + x + 1
                    guard ignored.isEmpty || ignored[y * edges.width + x] == 0 else { continue }
                    result[y * stride + 2 * x] = Int16((edges.x[k] * 100).rounded())
                    result[y * stride + 2 * x + 1] = Int16((edges.y[k] * 100).rounded())
                }
            }
            return result
        }

        /// The best poses, best first, no two of them neighbours.
        func poses(in image: Level, _ parameters: Parameters, count: Int) -> [Pose] {
            let reach = Int((parameters.range * Double(width)).rounded(.up))
            let turns = Int((parameters.rotationRange / parameters.rotationStep).rounded(.down))
            var found: [(pose: Pose, score: Double)] = []
            for turn in -turns...turns {
                let angle = Double(turn) * parameters.rotationStep * .pi / 180
                let turned = turn == 0 ? image.plane : rotatedBack(image.plane, angle: angle)
                let other = Search.quantized(EdgeVectors(of: turned.blurred(sigma: 0.8))) { [] }
                let scores = correlations(with: other, reach: reach)
                let side = 2 * reach + 1
                for y in 0..<side {
                    for x in 0..<side {
                        let score = scores[y * side + x]
                        guard score > 0, found.count < count || score > found[found.count - 1].score else { continue }
                        // In the turned picture the shift is seen turned back.
                        let sx = Double(x - reach), sy = Double(y - reach)
                        let pose = Pose(
                            x: cos(angle) * sx - sin(angle) * sy, y: sin(angle) * sx + cos(angle) * sy, angle: angle)
                        insert((pose, score), into: &found, count: count, step: parameters.rotationStep * .pi / 180)
                    }
                }
            }
            return found.map(\.pose)
        }

        /// How far the best shift without rotation stands out among all shifts, in standard deviations, and that
        /// shift.
        ///
        /// Unrelated pictures have a best shift too; it does not stand out.
        func distinctness(of image: Level, reach: Int) -> (deviations: Double, pose: Pose) {
            let scores = correlations(with: Search.quantized(image.edges) { [] }, reach: reach)
            let n = Double(scores.count), mean = scores.reduce(0, +) / n
            let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
            guard variance > 0, let best = scores.indices.max(by: { scores[$0] < scores[$1] }) else {
                return (0, Pose())
            }
            let side = 2 * reach + 1
            return (
                (scores[best] - mean) / variance.squareRoot(),
                Pose(x: Double(best % side - reach), y: Double(best / side - reach))
            )
        }

        private func insert(
            _ candidate: (pose: Pose, score: Double), into found: inout [(pose: Pose, score: Double)], count: Int,
            step: Double
        ) {
            func isNeighbour(_ other: Pose) -> Bool {
                abs(other.x - candidate.pose.x) < 2.5 && abs(other.y - candidate.pose.y) < 2.5
                    && abs(other.angle - candidate.pose.angle) < 1.5 * step
            }
            if let k = found.firstIndex(where: { isNeighbour($0.pose) }) {
                guard found[k].score < candidate.score else { return }
                found.remove(at: k)
            }
            let place = found.firstIndex { $0.score < candidate.score } ?? found.count
            found.insert(candidate, at: place)
            if found.count > count { found.removeLast() }
        }

        /// The plane as it would be without the rotation: sample p of the result is sample R(angle)·p of the plane.
        private func rotatedBack(_ plane: Plane<Float>, angle: Double) -> Plane<Float> {
            let c = Float(cos(angle)), s = Float(sin(angle))
            var result = plane
            for y in 0..<height {
                for x in 0..<width {
                    let px = Float(x) - centre.x, py = Float(y) - centre.y
                    result.samples[y * width + x] = plane.bilinear(
                        c * px - s * py + centre.x, s * px + c * py + centre.y)
                }
            }
            return result
        }

        /// Vectors are no longer than 100: as many of their products as fit 32 bits.
        private static let mostVectors = 200_000

        /// For every whole shift the correlation of the edge vectors over the part that both show.
        private func correlations(with other: [Int16], reach: Int) -> [Double] {
            let side = 2 * reach + 1
            let own = Search.energies(edges, width, height), others = Search.energies(other, width, height)
            // Once: a set is a dozen closures, each counted when it is copied.
            let productSum = KernelSet.best.productSum
            let stride = Search.stride(width), rowsAtOnce = max(1, Search.mostVectors / width)
            var result = [Double](repeating: 0, count: side * side)
            edges.withUnsafeBufferPointer { a in
                other.withUnsafeBufferPointer { b in
                    guard let a = a.baseAddress, let b = b.baseAddress else { return }
                    for sy in -reach...reach {
                        for sx in -reach...reach {
                            // Reference sample (x, y) lies at (x + sx, y + sy) of the picture.
                            let region = Region(x: 0, y: 0, width: width, height: height)
                            let part = region.intersection(Region(x: -sx, y: -sy, width: width, height: height))
                            guard part.area * 2 > width * height else { continue }
                            var total = 0
                            let count = (2 * part.width + 15) & ~15
                            for y in Swift.stride(from: part.y, to: part.maxY, by: rowsAtOnce) {
                                total += Int(
                                    productSum(
                                        a + y * stride + 2 * part.x, b + (y + sy) * stride + 2 * (part.x + sx),
                                        stride, count, min(rowsAtOnce, part.maxY - y)))
                            }
                            let seen = Region(x: part.x + sx, y: part.y + sy, width: part.width, height: part.height)
                            let scale = (own.sum(over: part) * others.sum(over: seen)).squareRoot()
                            if scale > 0 { result[(sy + reach) * side + sx + reach] = Double(total) / scale }
                        }
                    }
                }
            }
            return result
        }

        private static func energies(_ edges: [Int16], _ width: Int, _ height: Int) -> IntegralImage {
            var squares = [Float](repeating: 0, count: width * height)
            for y in 0..<height {
                for x in 0..<width {
                    let k = y * stride(width) + 2 * x, vector = SIMD2(Float(edges[k]), Float(edges[k + 1]))
                    squares[y * width + x] = (vector * vector).sum()
                }
            }
            return IntegralImage(of: Plane(width: width, height: height, samples: squares))
        }
    }
}

extension Plane where Sample == Float {
    /// The level at a point of the plane, bilinear between the samples' centres; the edge is repeated outside.
    ///
    /// - Precondition: the plane is not empty.
    public func sampled(at point: SIMD2<Double>) -> Float { bilinear(Float(point.x - 0.5), Float(point.y - 0.5)) }

    /// As `sampled(at:)`, counted from the first sample's centre.
    @inline(__always) func bilinear(_ x: Float, _ y: Float) -> Float {
        samples.withUnsafeBufferPointer { BilinearPoint(x, y, width: width, height: height).value(of: $0) }
    }
}

/// A point between four samples of planes of one size; the edge is repeated outside.
struct BilinearPoint {
    private let first: Int, right: Int, down: Int
    private let u: Float, v: Float

    /// - Parameters x, y: counted from the first sample's centre.
    @inline(__always) init(_ x: Float, _ y: Float, width: Int, height: Int) {
        let cx = min(max(x, 0), Float(width &- 1)), cy = min(max(y, 0), Float(height &- 1))
        let left = min(Int(cx), max(width &- 2, 0)), top = min(Int(cy), max(height &- 2, 0))
        u = cx - Float(left)
        v = cy - Float(top)
        right = width > 1 ? 1 : 0
        down = height > 1 ? width : 0
        first = top &* width &+ left
    }

    @inline(__always) func value(of samples: UnsafeBufferPointer<Float>) -> Float {
        let a = samples[first], c = samples[first &+ down]
        let above = a + u * (samples[first &+ right] - a)
        let below = c + u * (samples[first &+ down &+ right] - c)
        return above + v * (below - above)
    }
}
