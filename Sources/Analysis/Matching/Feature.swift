import Pixels

/// A corner of a picture with a description of its surroundings.
struct Feature: Sendable {
    /// In pixels of the picture, from the top left corner of the top left pixel.
    var position: SIMD2<Double>
    /// Pixels of the picture per sample of the level it was found in.
    var scale: Double
    /// 128 numbers with Σ x² = 1: square roots of a gradient histogram (Lowe 2004; Arandjelović and Zisserman 2012).
    var descriptor: [Float]
}
