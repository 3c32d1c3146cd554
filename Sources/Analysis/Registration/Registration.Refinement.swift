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
    /// A displacement at one level: a point at `p` from the centre goes to R(angle)·p + (x, y).
    struct Pose: Sendable, Equatable {
        var x = 0.0
        var y = 0.0
        /// Radians, clockwise on the screen.
        var angle = 0.0
    }

    /// The points of a reference level that fix its position, with the slope of the normalised levels there.
    struct Anchors: Sendable {
        /// Position of the picture's centre, in samples of this level from the first sample's centre.
        let centre: SIMD2<Float>
        private(set) var x: [Float] = []
        private(set) var y: [Float] = []
        private(set) var value: [Float] = []
        private(set) var slopeX: [Float] = []
        private(set) var slopeY: [Float] = []
        /// Every so many-th of them, whose residuals tell the scale of all.
        private var sampled = (x: [Float](), y: [Float](), value: [Float]())

        /// Points that the scale is told from, about.
        private static let scaled = 1024

        /// Share of the points of a level that are used: those with the steepest slope.
        static let share = 0.35
        /// Of them, so many at most lead to the pose, spread evenly; where leaves and light have changed, only all of
        /// them settle its last tenths of a pixel.
        static let few = 8192
        /// Steps that all of them take from there.
        static let lastSteps = 3

        /// - Parameter most: points taken at most.
        init(_ level: Level, ignoring ignored: Mask?, centre: SIMD2<Float>, most: Int = .max) {
            self.centre = centre
            let plane = level.normalized
            let slope = Gradient(of: plane, by: .central)
            let margin = 2
            guard plane.width > 2 * margin, plane.height > 2 * margin else { return }
            let steep = Anchors.steep(slope, margin: margin, ignoring: ignored)
            let every = (max(steep.count, 1) - 1) / most + 1
            let count = (steep.count + every - 1) / every
            x.reserveCapacity(count)
            y.reserveCapacity(count)
            value.reserveCapacity(count)
            slopeX.reserveCapacity(count)
            slopeY.reserveCapacity(count)
            for k in Swift.stride(from: 0, to: steep.count, by: every) {
                let i = steep[k], row = i / plane.width, column = i % plane.width
                x.append(Float(column) - centre.x)
                y.append(Float(row) - centre.y)
                value.append(plane.samples[i])
                slopeX.append(slope.dx.samples[i])
                slopeY.append(slope.dy.samples[i])
            }
            for i in Swift.stride(from: 0, to: x.count, by: max(1, x.count / Anchors.scaled)) {
                sampled.x.append(x[i])
                sampled.y.append(y[i])
                sampled.value.append(value[i])
            }
        }

        /// The places of the samples with the steepest slope, row by row.
        private static func steep(_ slope: Gradient, margin: Int, ignoring ignored: Mask?) -> [Int] {
            let steepness = slope.magnitude, width = steepness.width
            var some = Swift.stride(from: 0, to: steepness.samples.count, by: 7).map { steepness.samples[$0] }
            let rank = Int(Double(some.count - 1) * (1 - Anchors.share))
            let threshold = max(some.element(ofRank: rank), 0.02)
            var places: [Int] = []
            steepness.samples.withUnsafeBufferPointer { steepness in
                for row in margin..<slope.dx.height - margin {
                    for i in row * width + margin..<(row + 1) * width - margin
                    where steepness[i] >= threshold && ignored.map({ $0.bytes[i] == 0 }) ?? true {
                        places.append(i)
                    }
                }
            }
            return places
        }

        /// Improves `pose` by inverse compositional Gauss–Newton steps (Baker and Matthews 2004) with Geman–McClure
        /// weights, so that parts which changed lose their say.
        ///
        /// - Returns: the improved pose, and whether the last step was below a hundredth of a pixel.
        func refined(_ start: Pose, to image: Plane<Float>, iterations: Int) -> (pose: Pose, isSettled: Bool) {
            var pose = start
            let count = x.count
            guard count >= 32 else { return (pose, false) }
            let reach = Double(max(centre.x, centre.y))
            for _ in 0..<iterations {
                let scale = scale(at: pose, image)
                guard scale > 0 else { return (pose, false) }
                guard let step = step(at: pose, image, scale: scale) else { return (pose, false) }
                pose.angle -= step.angle
                let c = cos(pose.angle), s = sin(pose.angle)
                pose.x -= c * step.x - s * step.y
                pose.y -= s * step.x + c * step.y
                let moved = max(abs(step.x), abs(step.y), abs(step.angle) * reach)
                if moved < 0.002 { return (pose, true) }
                if !moved.isFinite || moved > reach { return (start, false) }
            }
            return (pose, true)
        }

        /// The robust scale of the residuals, of every so many anchors; 0 where too few are in the image.
        private func scale(at pose: Pose, _ image: Plane<Float>) -> Float {
            var sample = withBuffers(image, pose) { buffers in
                sampled.x.withUnsafeBufferPointer { x in
                    sampled.y.withUnsafeBufferPointer { y in
                        sampled.value.withUnsafeBufferPointer { value in
                            [Float](unsafeUninitializedCapacity: x.count) { out, initialized in
                                guard let x = x.baseAddress, let y = y.baseAddress, let value = value.baseAddress,
                                    let first = out.baseAddress
                                else { return }
                                KernelSet.best.pointResiduals(
                                    buffers.image, buffers.width, x, y, value, buffers.motion, sampled.x.count, first)
                                for i in 0..<sampled.x.count {
                                    let e = out[i]
                                    out[initialized] = abs(e)
                                    initialized &+= e == PointResiduals.outside ? 0 : 1
                                }
                            }
                        }
                    }
                }
            }
            guard sample.count >= 16 else { return 0 }
            return max(1.4826 * sample.element(ofRank: sample.count / 2), 0.01)
        }

        private func step(at pose: Pose, _ image: Plane<Float>, scale: Float) -> Pose? {
            let inverse = 1 / (2 * scale * 2 * scale)
            let m = withBuffers(image, pose) { $0.moments(inverse: inverse, count: x.count) }
            // Cramer's rule on the symmetric 3 × 3 system.
            let c00 = m.yy * m.aa - m.ya * m.ya, c01 = m.xa * m.ya - m.xy * m.aa, c02 = m.xy * m.ya - m.xa * m.yy
            let determinant = m.xx * c00 + m.xy * c01 + m.xa * c02
            guard determinant.isFinite, determinant > 1e-12 * m.xx * m.yy * m.aa else { return nil }
            let c11 = m.xx * m.aa - m.xa * m.xa, c12 = m.xy * m.xa - m.xx * m.ya, c22 = m.xx * m.yy - m.xy * m.xy
            return Pose(
                x: (c00 * m.bx + c01 * m.by + c02 * m.ba) / determinant,
                y: (c01 * m.bx + c11 * m.by + c12 * m.ba) / determinant,
                angle: (c02 * m.bx + c12 * m.by + c22 * m.ba) / determinant)
        }

        /// The weighted sums of one Gauss–Newton step.
        private struct Moments {
            var xx = 0.0, yy = 0.0, aa = 0.0, xy = 0.0, xa = 0.0, ya = 0.0, bx = 0.0, by = 0.0, ba = 0.0
        }

        /// The anchors and an image at a pose.
        private struct Buffers {
            let image: UnsafePointer<Float>
            let width: Int
            let x: UnsafePointer<Float>, y: UnsafePointer<Float>, value: UnsafePointer<Float>
            let slopeX: UnsafePointer<Float>, slopeY: UnsafePointer<Float>
            let motion: PointResiduals.Motion

            private typealias Eight = SIMD8<Float>

            /// Anchors whose sums are kept in single precision before they are added up.
            private static let block = 256

            func moments(inverse: Float, count: Int) -> Moments {
                var sums = Moments()
                let kernels = KernelSet.best
                withUnsafeTemporaryAllocation(of: Float.self, capacity: 5 * Buffers.block) { work in
                    guard let work = work.baseAddress else { return }
                    var first = 0
                    while first < count {
                        let length = min(Buffers.block, count - first)
                        kernels.pointResiduals(
                            image, width, x + first, y + first, value + first, motion, length, work)
                        let own = Terms(
                            slopeX: slopeX + first, slopeY: slopeY + first, x: x + first, y: y + first)
                        let terms = length & 7 == 0 ? own : filledUp(own, length, in: work)
                        add(work, terms, (length + 7) / 8, inverse, &sums)
                        first += Buffers.block
                    }
                }
                return sums
            }

            /// Slopes and positions of some anchors.
            private struct Terms {
                let slopeX: UnsafePointer<Float>, slopeY: UnsafePointer<Float>
                let x: UnsafePointer<Float>, y: UnsafePointer<Float>
            }

            /// The last eight of the last block filled up with anchors that weigh nothing.
            private func filledUp(_ own: Terms, _ length: Int, in work: UnsafeMutablePointer<Float>)
                -> Terms
            {
                let padded = (length + 7) & ~7
                let kinds = (1...4).map { work + $0 * Buffers.block }
                (work + length).update(repeating: PointResiduals.outside, count: padded - length)
                for (kind, source) in zip(kinds, [own.slopeX, own.slopeY, own.x, own.y]) {
                    kind.update(from: source, count: length)
                    (kind + length).update(repeating: 0, count: padded - length)
                }
                return Terms(slopeX: kinds[0], slopeY: kinds[1], x: kinds[2], y: kinds[3])
            }

            private func add(
                _ residuals: UnsafePointer<Float>, _ terms: Terms, _ eights: Int, _ inverse: Float,
                _ sums: inout Moments
            ) {
                @inline(__always) func eight(_ values: UnsafePointer<Float>, _ k: Int) -> Eight {
                    UnsafeRawPointer(values + 8 &* k).loadUnaligned(as: Eight.self)
                }
                var xx = Eight.zero
                var yy = xx
                var aa = xx
                var xy = xx
                var xa = xx
                var ya = xx
                var bx = xx
                var by = xx
                var ba = xx
                for k in 0..<eights {
                    let e = eight(residuals, k)
                    let jx = eight(terms.slopeX, k)
                    let jy = eight(terms.slopeY, k)
                    let px = eight(terms.x, k)
                    let py = eight(terms.y, k)
                    let ja = px * jy - py * jx
                    let spread = 1 + e * e * inverse, weight = 1 / (spread * spread)
                    let wx = weight * jx, wy = weight * jy, wa = weight * ja
                    xx += wx * jx
                    yy += wy * jy
                    aa += wa * ja
                    xy += wx * jy
                    xa += wx * ja
                    ya += wy * ja
                    bx += wx * e
                    by += wy * e
                    ba += wa * e
                }
                sums.xx += Double(xx.sum())
                sums.yy += Double(yy.sum())
                sums.aa += Double(aa.sum())
                sums.xy += Double(xy.sum())
                sums.xa += Double(xa.sum())
                sums.ya += Double(ya.sum())
                sums.bx += Double(bx.sum())
                sums.by += Double(by.sum())
                sums.ba += Double(ba.sum())
            }
        }

        private func withBuffers<Result>(_ image: Plane<Float>, _ pose: Pose, _ body: (Buffers) -> Result) -> Result {
            image.samples.withUnsafeBufferPointer { samples in
                x.withUnsafeBufferPointer { x in
                    y.withUnsafeBufferPointer { y in
                        value.withUnsafeBufferPointer { value in
                            slopeX.withUnsafeBufferPointer { slopeX in
                                slopeY.withUnsafeBufferPointer { slopeY in
                                    guard let samples = samples.baseAddress, let x = x.baseAddress,
                                        let y = y.baseAddress, let value = value.baseAddress,
                                        let slopeX = slopeX.baseAddress, let slopeY = slopeY.baseAddress
                                    else { preconditionFailure("anchors and an image that hold something") }
                                    return body(
                                        Buffers(
                                            image: samples, width: image.width, x: x, y: y, value: value,
                                            slopeX: slopeX, slopeY: slopeY,
                                            motion: PointResiduals.Motion(
                                                c: Float(cos(pose.angle)), s: Float(sin(pose.angle)),
                                                offsetX: Float(pose.x) + centre.x, offsetY: Float(pose.y) + centre.y,
                                                limitX: Float(image.width - 2), limitY: Float(image.height - 2))))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
