import Pixels

/// How far each inside pixel of a mask lies from the outside.
///
/// Two passes of the chamfer distance with weights 1 and √2 (Borgefors 1986): at most 8 % above the Euclidean distance.
struct EdgeDistance {
    /// In pixels, 0 outside; beyond the picture is outside.
    let plane: Plane<Float>

    /// - Complexity: O(pixels); one allocation.
    init(of mask: Mask) {
        let width = mask.width, height = mask.height, diagonal = Float(2).squareRoot()
        var far = [Float](repeating: 0, count: width * height)
        func at(_ x: Int, _ y: Int) -> Float {
            x < 0 || y < 0 || x >= width || y >= height ? 0 : far[y * width + x]
        }
        for y in 0..<height {
            for x in 0..<width where mask.bytes[y * width + x] != 0 {
                far[y * width + x] = min(
                    at(x - 1, y) + 1, at(x, y - 1) + 1, at(x - 1, y - 1) + diagonal, at(x + 1, y - 1) + diagonal)
            }
        }
        for y in stride(from: height - 1, through: 0, by: -1) {
            for x in stride(from: width - 1, through: 0, by: -1) where far[y * width + x] > 0 {
                far[y * width + x] = min(
                    far[y * width + x],
                    min(at(x + 1, y) + 1, at(x, y + 1) + 1, at(x + 1, y + 1) + diagonal, at(x - 1, y + 1) + diagonal))
            }
        }
        plane = Plane(width: width, height: height, samples: far)
    }
}
