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

        /// Share of the points of a level that are used: those with the steepest slope.
        static let share = 0.35

        init(_ level: Level, ignoring ignored: Mask?, centre: SIMD2<Float>) {
            self.centre = centre
            let plane = level.normalized
            let slope = Gradient(of: plane, by: .central)
            let steepness = slope.magnitude.samples
            let margin = 2
            guard plane.width > 2 * margin, plane.height > 2 * margin else { return }
            let sorted = steepness.enumerated().filter { $0.offset % 7 == 0 }.map(\.element).sorted()
            let threshold = max(sorted[Int(Double(sorted.count - 1) * (1 - Anchors.share))], 0.02)
            for row in margin..<plane.height - margin {
                for column in margin..<plane.width - margin {
                    let i = row * plane.width + column
                    guard steepness[i] >= threshold, ignored.map({ $0.bytes[i] == 0 }) ?? true else { continue }
                    x.append(Float(column) - centre.x)
                    y.append(Float(row) - centre.y)
                    value.append(plane.samples[i])
                    slopeX.append(slope.dx.samples[i])
                    slopeY.append(slope.dy.samples[i])
                }
            }
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
            var residuals = [Float](repeating: .nan, count: count)
            var sample: [Float] = []
            for _ in 0..<iterations {
                let scale = measure(pose, image, &residuals, &sample)
                guard scale > 0 else { return (pose, false) }
                guard let step = step(residuals, scale: scale) else { return (pose, false) }
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

        /// Fills `residuals` (image minus reference; not a number outside the image) and returns their robust scale.
        private func measure(_ pose: Pose, _ image: Plane<Float>, _ residuals: inout [Float], _ sample: inout [Float])
            -> Float
        {
            let c = Float(cos(pose.angle)), s = Float(sin(pose.angle))
            let offsetX = Float(pose.x) + centre.x, offsetY = Float(pose.y) + centre.y
            let width = image.width, limitX = Float(image.width - 2), limitY = Float(image.height - 2)
            sample.removeAll(keepingCapacity: true)
            let every = max(1, x.count / 2048)
            image.samples.withUnsafeBufferPointer { image in
                residuals.withUnsafeMutableBufferPointer { out in
                    x.withUnsafeBufferPointer { x in
                        y.withUnsafeBufferPointer { y in
                            value.withUnsafeBufferPointer { value in
                                var i = 0
                                while i < x.count {
                                    let px = c * x[i] - s * y[i] + offsetX, py = s * x[i] + c * y[i] + offsetY
                                    if px >= 1, py >= 1, px < limitX, py < limitY {
                                        let ix = Int(px), iy = Int(py)
                                        let u = px - Float(ix), v = py - Float(iy), k = iy &* width &+ ix
                                        let top = image[k] + u * (image[k &+ 1] - image[k])
                                        let bottom =
                                            image[k &+ width] + u * (image[k &+ width &+ 1] - image[k &+ width])
                                        out[i] = top + v * (bottom - top) - value[i]
                                    } else {
                                        out[i] = .nan
                                    }
                                    i &+= 1
                                }
                            }
                        }
                    }
                }
            }
            for i in stride(from: 0, to: residuals.count, by: every) where !residuals[i].isNaN {
                sample.append(abs(residuals[i]))
            }
            guard sample.count >= 16 else { return 0 }
            return max(1.4826 * sample.element(ofRank: sample.count / 2), 0.01)
        }

        private func step(_ residuals: [Float], scale: Float) -> Pose? {
            var xx = 0.0, yy = 0.0, aa = 0.0, xy = 0.0, xa = 0.0, ya = 0.0, bx = 0.0, by = 0.0, ba = 0.0
            let inverse = 1 / (2 * scale * 2 * scale)
            for i in residuals.indices {
                let e = residuals[i]
                guard !e.isNaN else { continue }
                let k = 1 + e * e * inverse, weight = 1 / (k * k)
                let jx = slopeX[i], jy = slopeY[i], ja = x[i] * jy - y[i] * jx
                let wx = weight * jx, wy = weight * jy, wa = weight * ja
                xx += Double(wx * jx)
                yy += Double(wy * jy)
                aa += Double(wa * ja)
                xy += Double(wx * jy)
                xa += Double(wx * ja)
                ya += Double(wy * ja)
                bx += Double(wx * e)
                by += Double(wy * e)
                ba += Double(wa * e)
            }
            // Cramer's rule on the symmetric 3 × 3 system.
            let c00 = yy * aa - ya * ya, c01 = xa * ya - xy * aa, c02 = xy * ya - xa * yy
            let determinant = xx * c00 + xy * c01 + xa * c02
            guard determinant.isFinite, determinant > 1e-12 * xx * yy * aa else { return nil }
            let c11 = xx * aa - xa * xa, c12 = xy * xa - xx * ya, c22 = xx * yy - xy * xy
            return Pose(
                x: (c00 * bx + c01 * by + c02 * ba) / determinant, y: (c01 * bx + c11 * by + c12 * ba) / determinant,
                angle: (c02 * bx + c12 * by + c22 * ba) / determinant)
        }
    }
}
