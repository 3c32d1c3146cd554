import Pixels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Registration {
    /// How well the edges of two pictures agree at one pose: over all, and part by part.
    struct Agreement: Sendable {
        /// Correlation of the edge vectors, −1…1.
        let score: Double
        /// Share of the parts (a grid of 8 × 6) whose own correlation reaches `agreeing`.
        let share: Double
        /// Share of the reference's samples that the picture shows.
        let overlap: Double

        static let columns = 8
        static let rows = 6
        /// Every second row is compared: edges are longer than a row is high.
        static let every = 2
        /// Correlation from which a part agrees: unrelated parts scatter around 0 within about ±0.1.
        static let agreeing = 0.25

        init(
            _ reference: EdgeVectors, _ image: EdgeVectors, _ pose: Pose, centre: SIMD2<Float>, ignoring ignored: Mask?
        ) {
            let width = reference.x.width, height = reference.x.height
            let parts = Agreement.columns * Agreement.rows
            var dots = [Double](repeating: 0, count: parts)
            var own = dots
            var others = dots
            let c = Float(cos(pose.angle))
            let s = Float(sin(pose.angle))
            var seen = 0
            var considered = 0
            // Column x belongs to part x · columns / width.
            let borders = (0...Agreement.columns).map {
                ($0 * width + Agreement.columns - 1) / Agreement.columns
            }
            reference.withBuffers { referenceX, referenceY in
                image.withBuffers { imageX, imageY in
                    for y in stride(from: 0, to: height, by: Agreement.every) {
                        let py = Float(y) - centre.y
                        for k in 0..<Agreement.columns {
                            // Dot products, own and others' energies.
                            var sums = SIMD4<Double>.zero
                            for x in borders[k]..<borders[k + 1] {
                                let i = y &* width &+ x
                                if let ignored, ignored.bytes[i] != 0 { continue }
                                considered &+= 1
                                let px = Float(x) - centre.x
                                let qx = c * px - s * py + centre.x + Float(pose.x)
                                let qy = s * px + c * py + centre.y + Float(pose.y)
                                guard qx >= 0, qy >= 0, qx <= Float(width - 1), qy <= Float(height - 1) else {
                                    continue
                                }
                                seen &+= 1
                                let point = BilinearPoint(qx, qy, width: width, height: height)
                                let ex = point.value(of: imageX)
                                let ey = point.value(of: imageY)
                                // Turned back into the reference's frame.
                                let ox = c * ex + s * ey
                                let oy = c * ey - s * ex
                                let rx = referenceX[i]
                                let ry = referenceY[i]
                                sums += SIMD4(
                                    Double(rx * ox + ry * oy), Double(rx * rx + ry * ry), Double(ox * ox + oy * oy), 0
                                )
                            }
                            let part = y * Agreement.rows / height * Agreement.columns + k
                            dots[part] += sums[0]
                            own[part] += sums[1]
                            others[part] += sums[2]
                        }
                    }
                }
            }
            let scale = (own.reduce(0, +) * others.reduce(0, +)).squareRoot()
            score = scale > 0 ? dots.reduce(0, +) / scale : 0
            overlap = considered > 0 ? Double(seen) / Double(considered) : 0
            let shown = (0..<parts).filter { own[$0] > 0 && others[$0] > 0 }
            let agreeing = shown.filter { dots[$0] / (own[$0] * others[$0]).squareRoot() >= Agreement.agreeing }
            share = shown.isEmpty ? 0 : Double(agreeing.count) / Double(shown.count)
        }
    }
}
