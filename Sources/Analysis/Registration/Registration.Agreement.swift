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
            let parts = Agreement.columns * Agreement.rows
            var dots = [Double](repeating: 0, count: parts)
            var own = dots
            var others = dots
            var seen = 0
            var considered = 0
            let rows = AgreementRows(reference, image, pose, centre: centre, ignoring: ignored)
            rows.forEach { part, sums, inside, counted in
                dots[part] += sums.dot
                own[part] += sums.own
                others[part] += sums.other
                seen += inside
                considered += counted
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
