import Analysis
import Pixels

/// How steep the steepest edges of a plain scene are.
///
/// Between smooth things on a plain ground nothing is fine, so that the ratio of fine to coarse detail calls every picture
/// blurred; but a sharp outline rises within a pixel or two, and defocus spreads it.
enum EdgeSteepness {
    /// The gradient (half the difference of the neighbours, the larger of the two directions) that one pixel in a thousand
    /// exceeds, over the range of luminance from the 1st to the 99th per cent.
    ///
    /// - Returns: about 0.2 to 0.4 for a sharp picture, 0 for one without any edge.
    /// - Border: the outermost pixels have no gradient.
    /// - Complexity: O(pixels).
    static func of(_ plane: Plane<UInt8>) -> Double {
        guard plane.width > 2, plane.height > 2 else { return 0 }
        var gradients = [UInt32](repeating: 0, count: 256)
        let width = plane.width
        plane.samples.withUnsafeBufferPointer { samples in
            for y in 1..<plane.height - 1 {
                for x in 1..<width - 1 {
                    let i = y * width + x
                    let across = abs(Int(samples[i + 1]) - Int(samples[i - 1]))
                    let down = abs(Int(samples[i + width]) - Int(samples[i - width]))
                    gradients[max(across, down)] += 1
                }
            }
        }
        let levels = Histogram(of: plane)
        let range = levels.quantile(0.99) - levels.quantile(0.01)
        return Histogram(gradients).quantile(0.999) / 2 / max(range, 1)
    }
}
